"""From a report to a suspension that two persons want, and to the appeal."""

import pytest
from django.core.exceptions import PermissionDenied

from network.accounts.models import User
from network.accounts.roles import Role
from network.activity.models import Event, Notification
from network.clinicians.actions.reports import (
    lift_suspension,
    move_inquiry,
    report_profile,
    suspend_at_once,
)
from network.clinicians.events import ClinicianEvent, InquiryEvent
from network.clinicians.models import Clinician, Inquiry, Report
from network.clinicians.moderation.permissions import allowed
from network.clinicians.moderation.states import TRANSITIONS, State
from network.privacy.models import ReasonWords
from tests.factories import a_user

pytestmark = pytest.mark.django_db
SECRET = "she told me of a client by name"


@pytest.fixture
def mo(db: None) -> User:
    """A moderator, and nothing else."""
    return a_moderator("mo@consilium.example")


@pytest.fixture
def max_(db: None) -> User:
    """Another one."""
    return a_moderator("max@consilium.example")


def a_moderator(email: str) -> User:
    user = a_user(email, is_staff=True)
    user.roles = [Role.MODERATOR]
    user.save()
    return user


def a_report(of: Clinician, by: Clinician) -> Inquiry:
    assert by.user is not None
    said = {"ground": "conduct", "words": SECRET}
    return report_profile(of, reporter=by, by=by.user, **said).inquiry


def at(inquiry: Inquiry, state: str, proposed_by: User | None = None) -> Inquiry:
    fields = {"state": state, "proposed_by": proposed_by}
    Inquiry.objects.filter(pk=inquiry.pk).update(**fields)
    return Inquiry.objects.get(pk=inquiry.pk)


def told(person: Clinician | User) -> list[str]:
    user = person if isinstance(person, User) else person.user
    news = Notification.objects.filter(person=user).order_by("pk")
    return [one.event.verb for one in news]


HERS = {"appeal"}
NOT_BY_THE_PROPOSER = {"confirm the suspension", "uphold the suspension"}
WHO_MAY = {
    "a moderator": lambda verbs: verbs - HERS,
    "the proposer": lambda verbs: verbs - HERS - NOT_BY_THE_PROPOSER,
    "the reported": lambda verbs: verbs & HERS,
    "the reporter": lambda verbs: set(),
    "a moderator who reported": lambda verbs: set(),
    "a verifier": lambda verbs: set(),
    "an outsider": lambda verbs: set(),
}


@pytest.fixture
def everybody(
    ana: Clinician, ben: Clinician, cleo: Clinician, mo: User, max_: User
) -> dict[str, User]:
    verifier, judge = a_user(is_staff=True), User.objects.get(pk=cleo.user_id)
    verifier.roles = [Role.VERIFIER]
    judge.roles, judge.is_staff = [Role.MODERATOR], True
    people = {"a moderator": mo, "the proposer": max_, "a verifier": verifier}
    people |= {"the reported": _user(ben), "the reporter": _user(ana)}
    return people | {"a moderator who reported": judge, "an outsider": a_user()}


def _user(person: Clinician) -> User:
    assert person.user is not None
    return person.user


@pytest.mark.parametrize("who", WHO_MAY)
def test_who_may_take_which_way(
    who: str,
    everybody: dict[str, User],
    ana: Clinician,
    ben: Clinician,
    cleo: Clinician,
) -> None:
    proposer = everybody["the proposer"]
    inquiry = a_report(ben, ana)
    a_report(ben, cleo)
    for state in State:
        verbs = {verb for at_, verb in TRANSITIONS if at_ == state}
        now = at(inquiry, state, proposed_by=proposer)

        assert allowed(everybody[who], now) == WHO_MAY[who](verbs), state


def test_reports_of_one_profile_gather(
    ana: Clinician, ben: Clinician, cleo: Clinician, mo: User
) -> None:
    one = a_report(ben, ana)

    assert a_report(ben, cleo) == one
    assert a_report(ben, ana) == one
    assert Report.objects.count() == 2
    assert told(mo) == [InquiryEvent.FILED] * 2
    assert told(ben) == ["clinician.verified"]


def test_what_is_reported_is_sealed_and_in_no_event(
    ana: Clinician, ben: Clinician, mo: User
) -> None:
    from django.db import connection

    inquiry = a_report(ben, ana)

    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM clinicians_report")
        assert SECRET not in str(cursor.fetchall())
    assert SECRET not in str(list(Event.objects.about(inquiry).values()))
    assert inquiry.reports.get().words == SECRET


def test_a_suspension_needs_two_persons(
    ana: Clinician, ben: Clinician, mo: User, max_: User
) -> None:
    inquiry = a_report(ben, ana)
    move_inquiry(inquiry, "triage", by=mo)
    move_inquiry(inquiry, "propose a suspension", by=mo, ground="conduct", words="So.")
    with pytest.raises(PermissionDenied):
        move_inquiry(inquiry, "confirm the suspension", by=mo, words="So.")
    ben.refresh_from_db()
    assert ben.suspended_at is None

    move_inquiry(inquiry, "confirm the suspension", by=max_, words="Because of this.")

    ben.refresh_from_db()
    assert ben.suspended_at is not None
    assert inquiry.state == State.SUSPENDED
    assert told(ben)[-1] == ClinicianEvent.SUSPENDED
    assert told(ana)[1:] == [InquiryEvent.TRIAGED, InquiryEvent.SUSPENDED]
    event = Event.objects.about(inquiry).get(verb=InquiryEvent.SUSPENDED)
    assert event.actor_id == str(max_.public_id)
    assert event.why == "conduct"
    kept = ReasonWords.objects.get(event_id=event.public_id)
    assert kept.words == "Because of this."


def test_an_appeal_is_judged_by_somebody_else(
    ben: Clinician, mo: User, max_: User
) -> None:
    inquiry = suspend_at_once(ben, by=mo, ground="licence", words="None found.")
    assert ben.user is not None

    move_inquiry(inquiry, "appeal", by=ben.user, words="I have one.")
    with pytest.raises(PermissionDenied):
        move_inquiry(inquiry, "uphold the suspension", by=mo)
    move_inquiry(inquiry, "lift the suspension", by=max_)

    ben.refresh_from_db()
    assert ben.suspended_at is None
    assert inquiry.state == State.RESOLVED
    assert told(max_) == [InquiryEvent.APPEALED]
    assert told(ben)[1:] == [ClinicianEvent.SUSPENDED, ClinicianEvent.REINSTATED]


def test_lifting_a_suspension_closes_what_was_open_about_it(
    ben: Clinician, mo: User
) -> None:
    suspend_at_once(ben, by=mo, ground="licence", words="")

    lift_suspension(ben, by=mo, why="mistake", words="")

    assert ben.inquiries.get().state == State.RESOLVED
    assert not Clinician.objects.filter(suspended_at__isnull=False).exists()


def test_nobody_suspends_herself(ana: Clinician) -> None:
    assert ana.user is not None
    ana.user.roles, ana.user.is_staff = [Role.ADMINISTRATOR], True
    ana.user.save()

    with pytest.raises(PermissionDenied):
        suspend_at_once(ana, by=ana.user, ground="other", words="")
