"""A colleague is reported, and what staff do about it."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from network.accounts.models import User
from network.accounts.staff import staff_who_may
from network.activity.actors import Actor
from network.activity.models import Event
from network.activity.recorder import record
from network.clinicians.actions.lock import lock
from network.clinicians.actions.membership import (
    lock_user,
    reinstate_member,
    suspend_member,
)
from network.clinicians.events import InquiryEvent
from network.clinicians.models import Clinician, Inquiry, Report
from network.clinicians.moderation.permissions import require, require_impartial
from network.clinicians.moderation.states import TRANSITIONS, State
from network.clinicians.permissions import require as require_of_profile
from network.privacy.actions import keep_words
from network.privacy.reasons import reason

EVENTS = {
    "triage": InquiryEvent.TRIAGED,
    "ask for a remedy": InquiryEvent.REMEDY_ASKED,
    "propose a suspension": InquiryEvent.PROPOSED,
    "confirm the suspension": InquiryEvent.SUSPENDED,
    "reject the suspension": InquiryEvent.REJECTED,
    "appeal": InquiryEvent.APPEALED,
    "lift the suspension": InquiryEvent.LIFTED,
    "uphold the suspension": InquiryEvent.UPHELD,
    "resolve": InquiryEvent.RESOLVED,
}
# Who is told of it; of a suspension itself the profile's own event tells.
TELLS_REPORTERS = {"triage", "confirm the suspension", "resolve"}
TELLS_THE_REPORTED = {"ask for a remedy", "uphold the suspension"}
TELLS_MODERATORS = {"propose a suspension", "appeal"}
MOST_A_DAY = 5
DAY = timedelta(days=1)


class TooManyReportsError(Exception):
    """As many reports as somebody files in a day have been filed."""


@dataclass(frozen=True)
class Place:
    """Where it was said: a message of a conversation, or the profile itself."""

    conversation: UUID | None = None
    message: int | None = None


PROFILE = Place()


@transaction.atomic
def report_profile(
    clinician: Clinician, *, reporter: Clinician, ground: str, words: str, by: User
) -> Report:
    lock_user(by)
    lock(clinician)
    require_of_profile("report", by, clinician)
    return file_report(clinician, PROFILE, reporter, ground, words, by=by)


@transaction.atomic
def file_report(
    clinician: Clinician,
    place: Place,
    reporter: Clinician,
    ground: str,
    words: str,
    *,
    by: User,
) -> Report:
    """By whoever was found to be allowed. Joins the inquiry that is open, or opens
    one; pressed twice, it is one.
    """
    lock_user(by)
    lock(clinician)
    inquiry = _open_inquiry(clinician)
    where = {"conversation": place.conversation, "message": place.message}
    if known := inquiry.reports.filter(reporter=reporter, **where).first():
        return known
    _stay_within_a_day(by)

    report = Report.objects.create(
        inquiry=inquiry, reporter=reporter, ground=ground, words=words, **where
    )

    moderators = _moderators(inquiry)
    record(Actor.of(by), InquiryEvent.FILED, inquiry, notify=moderators, why=ground)
    return report


@transaction.atomic
def open_inquiry(inquiry: Inquiry, *, by: User) -> None:
    """Reading what members reported leaves its line."""
    record(Actor.staff(by), InquiryEvent.OPENED, inquiry)


@transaction.atomic
def move_inquiry(
    inquiry: Inquiry, verb: str, *, by: User, ground: str = "", words: str = ""
) -> None:
    """One step of the table; a suspension and its end are done with it."""
    _lock(inquiry)
    require(verb, by, inquiry)
    if verb == "propose a suspension":
        inquiry.proposed_by, inquiry.ground = by, ground
    inquiry.move(TRANSITIONS[State(inquiry.state), verb])
    inquiry.save(update_fields=["state", "since", "proposed_by", "ground"])
    if verb == "confirm the suspension":
        suspend_member(inquiry.clinician, by=by, why=inquiry.ground)
    if verb == "lift the suspension" and inquiry.clinician.suspended_at:
        reinstate_member(inquiry.clinician, by=by, why=inquiry.ground)

    _say(inquiry, verb, by, words)


@transaction.atomic
def suspend_at_once(
    clinician: Clinician, *, by: User, ground: str, words: str
) -> Inquiry:
    """By one moderator, where waiting for a second would do harm.

    Somebody else judges the appeal.
    """
    suspend_member(clinician, by=by, why=ground)
    inquiry = _open_inquiry(clinician)
    require_impartial(by, inquiry)
    inquiry.proposed_by, inquiry.ground = by, ground
    inquiry.move(State.SUSPENDED)
    inquiry.save(update_fields=["state", "since", "proposed_by", "ground"])

    _say(inquiry, "confirm the suspension", by, words)
    return inquiry


@transaction.atomic
def lift_suspension(clinician: Clinician, *, by: User, why: str, words: str) -> None:
    """Whatever was open about it is closed with it."""
    lock(clinician)
    held = clinician.inquiries.filter(state__in=[State.SUSPENDED, State.APPEALED])
    if inquiry := held.first():
        move_inquiry(inquiry, "lift the suspension", by=by, words=words)
    else:
        reinstate_member(clinician, by=by, why=why)


def _stay_within_a_day(by: User) -> None:
    """Counted in the trail; her own row is locked, so that two at once are two."""
    filed = Event.objects.filter(
        actor_id=str(by.public_id),
        verb=InquiryEvent.FILED,
        at__gt=timezone.now() - DAY,
    )
    if filed.count() >= MOST_A_DAY:
        raise TooManyReportsError


def _open_inquiry(clinician: Clinician) -> Inquiry:
    found = clinician.inquiries.open().first()
    return found or Inquiry.objects.create(clinician=clinician)


def _lock(inquiry: Inquiry) -> None:
    """Always the person first, as every action about her does."""
    lock(inquiry.clinician)
    rows = Inquiry.objects.select_for_update(no_key=True, of=("self",))
    inquiry.refresh_from_db(from_queryset=rows)


def _say(inquiry: Inquiry, verb: str, by: User, words: str) -> Event:
    actor = Actor.of(by) if verb == "appeal" else Actor.staff(by)
    why = reason(inquiry.ground, words)
    told = _told(inquiry, verb, by)
    event = record(actor, EVENTS[verb], inquiry, notify=told, why=why)
    if words:
        keep_words(event, words)
    return event


def _told(inquiry: Inquiry, verb: str, by: User) -> list[User]:
    if verb in TELLS_REPORTERS:
        told = [report.reporter for report in inquiry.reports.all()]
    elif verb in TELLS_THE_REPORTED:
        told = [inquiry.clinician]
    else:
        told = []
    people = [one.user for one in told if one and one.user]
    if verb in TELLS_MODERATORS:
        people = [one for one in _moderators(inquiry) if one.pk != by.pk]
    return people


def _moderators(inquiry: Inquiry) -> list[User]:
    everybody = staff_who_may("moderate")
    return list(everybody.exclude(clinician=inquiry.clinician).order_by("pk"))
