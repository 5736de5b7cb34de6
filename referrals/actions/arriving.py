"""From the choice to the first session, and until it is sure that it holds."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from network.clients import consents
from network.clients.actions import disclosures, identity
from network.clients.models import Consent
from network.clients.wording import DataClass, Purpose
from network.clinicians.actions.conflicts import compare
from network.clinicians.models import Clinician
from referrals.acting import By
from referrals.actions.noting import note
from referrals.actions.passages import Kind, Words, in_words
from referrals.actions.stepping import Click, Move, begin, finish
from referrals.events import ReferralEvent
from referrals.machine.words import Outcome
from referrals.models import Referral
from referrals.permissions import LackingError
from referrals.seeking import known_of


@dataclass(frozen=True)
class Attempt:
    """Of reaching the client: how, and what came of it."""

    how: str  # phone, message, letter
    words: str = ""
    guard_reason: str = ""

    @property
    def said(self) -> Words:
        return Words(self.words, self.guard_reason)


@transaction.atomic
def release_identity(referral: Referral, *, by: By, click: Click) -> None:
    """To the one who is chosen, by the consent that names her. The view asks for a
    fresh sign-in before; `conflicts.hand_over` looks the names up once more, and
    whoever has not come through there meets what it would have found.
    """
    if move := begin("release_identity", referral, by, click):
        _need_no_overlap(move)
        consent, user = _consent(move), by.user
        if user is None:
            raise LookupError("nobody is signed in")
        move.referral.released_at = timezone.now()
        identity.release_to_chosen(consent, by=user)
        finish(move, ReferralEvent.IDENTITY_RELEASED)


@transaction.atomic
def self_contact(referral: Referral, *, by: By, click: Click) -> None:
    """The client calls; who it is, the colleague hears from the client alone."""
    if move := begin("self_contact", referral, by, click):
        finish(move, ReferralEvent.SELF_CONTACTED)


@transaction.atomic
def log_attempt(referral: Referral, attempt: Attempt, *, by: By, click: Click) -> None:
    """Of three that failed it is the sender's turn."""
    words = in_words(asdict(attempt))
    if move := begin("log_attempt", referral, by, click, words=words):
        move.referral.attempts += 1
        note(move, Kind.ATTEMPT, attempt.said, move.its)
        detail: dict[str, str | int] = {
            "how": attempt.how,
            "number": move.referral.attempts,
        }
        finish(move, ReferralEvent.ATTEMPTED, detail=detail)


@transaction.atomic
def book(referral: Referral, at: datetime, *, by: By, click: Click) -> None:
    if move := begin("book", referral, by, click, words=at.isoformat()):
        move.referral.first_session_at, move.referral.missed_at = at, None
        finish(move, ReferralEvent.BOOKED)


@transaction.atomic
def reschedule(referral: Referral, at: datetime, *, by: By, click: Click) -> None:
    if move := begin("reschedule", referral, by, click, words=at.isoformat()):
        move.referral.first_session_at = at
        finish(move, ReferralEvent.RESCHEDULED)


@transaction.atomic
def cancel_appointment(referral: Referral, *, by: By, click: Click) -> None:
    if move := begin("cancel_appointment", referral, by, click):
        move.referral.first_session_at = None
        finish(move, ReferralEvent.CANCELLED)


@transaction.atomic
def note_attended(referral: Referral, *, by: By, click: Click) -> None:
    if move := begin("attended", referral, by, click):
        finish(move, ReferralEvent.ATTENDED)


@transaction.atomic
def note_no_show(referral: Referral, *, by: By, click: Click) -> None:
    """The sender is told at once, and it is her turn: she knows the client best."""
    if move := begin("no_show", referral, by, click):
        move.referral.missed_at, move.referral.first_session_at = timezone.now(), None
        finish(move, ReferralEvent.MISSED)


@transaction.atomic
def re_engage(
    referral: Referral,
    *,
    by: By,
    click: Click,
    words: str = "",
    guard_reason: str = "",
) -> None:
    """She has spoken with the client, who comes: the colleague tries again."""
    if move := begin("re_engage", referral, by, click, words=words):
        move.referral.missed_at = None
        note(move, Kind.ATTEMPT, Words(words, guard_reason), move.its)
        finish(move, ReferralEvent.RE_ENGAGED)


@transaction.atomic
def report(
    referral: Referral, words: str, *, by: By, click: Click, guard_reason: str = ""
) -> None:
    """How it goes, where the therapy goes on beside it; noted as told."""
    if move := begin("report", referral, by, click, words=words):
        note(move, Kind.REPORT, Words(words, guard_reason), move.its)
        _note_disclosure(move, by.clinician)
        finish(move, ReferralEvent.REPORTED)


@transaction.atomic
def confirm_engaged(referral: Referral, *, by: By, click: Click) -> None:
    """By now the responsibility is the colleague's, and not before."""
    if move := begin("confirm", referral, by, click):
        move.referral.outcome = Outcome.ENGAGED
        finish(move, ReferralEvent.CLOSED, why=Outcome.ENGAGED)


def _need_no_overlap(move: Move) -> None:
    known, receiver = known_of(move.referral), move.its.receiver_id or 0
    if receiver not in known.talked and compare(known.people, {receiver}):
        raise LackingError(move.verb, ["no_conflict"])


def _consent(move: Move) -> Consent:
    client, named = move.referral.client, move.its.named
    found = consents.active_for(client, named, Purpose.REFERRAL, DataClass.IDENTITY)
    if found is None:
        raise LookupError("the consent was in force a moment ago")
    return found


def _note_disclosure(move: Move, who: Clinician | None) -> None:
    """Of the attendance, to the sender."""
    if who is not None:
        disclosures.note(
            who,
            move.referral.sender,
            move.referral.client,
            [DataClass.ATTENDANCE],
            None,
            purpose=Purpose.REFERRAL,
            thing=f"referral:{move.referral.public_id}",
        )
