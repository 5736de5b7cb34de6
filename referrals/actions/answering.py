"""What becomes of one colleague's part until somebody is chosen."""

from dataclasses import asdict, dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from network.clinicians.models import Clinician
from referrals.acting import By
from referrals.actions.noting import note
from referrals.actions.passages import Kind, Words, guarded, in_words, say
from referrals.actions.stepping import Click, Move, begin, finish
from referrals.events import OfferEvent
from referrals.machine.words import Decline, O
from referrals.models import Offer


@dataclass(frozen=True)
class Terms:
    """On which she would take the client. `makes_room`: beyond her openings."""

    earliest_on: date | None = None
    fee: str = ""
    format: str = ""
    no_fee: bool = False  # for the referral: nobody pays or is paid for it
    makes_room: bool = False


@transaction.atomic
def open_offer(offer: Offer, *, by: By, click: Click) -> None:
    """Read for the first time: the sender sees the day, not the minute."""
    if move := begin("open", offer, by, click):
        move.its.viewed_on = timezone.localdate()
        finish(move, OfferEvent.OPENED)


@transaction.atomic
def ask_sender(offer: Offer, question: Words, *, by: By, click: Click) -> None:
    """Her clock stands still until it is answered."""
    if move := begin("ask", offer, by, click, words=question.text):
        author = by.clinician or move.referral.sender
        say(move.referral, Kind.QUESTION, guarded(question, author), move.its)
        finish(move, OfferEvent.ASKED)


@transaction.atomic
def answer_receiver(offer: Offer, answer: Words, *, by: By, click: Click) -> None:
    if move := begin("answer", offer, by, click, words=answer.text):
        text = guarded(answer, move.referral.sender)
        say(move.referral, Kind.ANSWER, text, move.its)
        finish(move, OfferEvent.ANSWERED)


@transaction.atomic
def accept_offer(offer: Offer, terms: Terms, *, by: By, click: Click) -> None:
    """Of an associate it is asked for: a supervisor confirms it."""
    said = {"no_fee"} if terms.no_fee else set()
    said |= {"opening"} if terms.makes_room else set()
    words = in_words(asdict(terms))
    move = begin("accept", offer, by, click, said=frozenset(said), words=words)
    if move is None:
        return

    mine = move.its
    mine.earliest_on, mine.fee, mine.format = (
        terms.earliest_on,
        terms.fee,
        terms.format,
    )
    mine.attested_at = timezone.now()
    _hold(mine, makes_room=terms.makes_room)

    waits = move.row.then == O.CONFIRMING
    finish(move, OfferEvent.CONFIRMING if waits else OfferEvent.ACCEPTED)


@transaction.atomic
def confirm_acceptance(
    offer: Offer, *, by: By, click: Click, makes_room: bool = False
) -> None:
    said = frozenset({"opening"} if makes_room else ())
    if move := begin("confirm_acceptance", offer, by, click, said=said):
        _hold(move.its, makes_room=makes_room)
        finish(move, OfferEvent.ACCEPTED)


@transaction.atomic
def refuse_acceptance(offer: Offer, *, by: By, click: Click) -> None:
    if move := begin("refuse_acceptance", offer, by, click):
        finish(move, OfferEvent.REFUSED)


@transaction.atomic
def decline_offer(
    offer: Offer,
    why: Decline,
    *,
    by: By,
    click: Click,
    suggested: Clinician | None = None,
) -> None:
    """She may name somebody to ask instead, who takes referrals and both can see."""
    words = in_words({"why": why, "suggested": suggested and suggested.pk})
    if move := begin("decline", offer, by, click, words=words):
        _give_reason(move, why)
        move.its.suggested = _suggestable(suggested, move) if suggested else None
        finish(move, OfferEvent.DECLINED, why=why)


@transaction.atomic
def offer_waitlist(offer: Offer, expected_on: date, *, by: By, click: Click) -> None:
    words = expected_on.isoformat()
    if move := begin("offer_waitlist", offer, by, click, words=words):
        move.its.expected_on, move.its.misses = expected_on, 0
        finish(move, OfferEvent.WAITLIST_OFFERED)


@transaction.atomic
def recuse(offer: Offer, *, by: By, click: Click) -> None:
    """Without a reason: from now on nothing of it is there for her."""
    if move := begin("recuse", offer, by, click):
        _give_reason(move, Decline.CONFLICT)
        finish(move, OfferEvent.RECUSED)


@transaction.atomic
def renege(
    offer: Offer,
    why: Decline,
    *,
    by: By,
    click: Click,
    words: str = "",
    guard_reason: str = "",
) -> None:
    """After she was chosen, and before the client was reached."""
    if move := begin("renege", offer, by, click, words=words):
        _give_reason(move, why)
        note(move, Kind.REASON, Words(words, guard_reason), move.its)
        finish(move, OfferEvent.RENEGED, why=why)


@transaction.atomic
def retract_offer(offer: Offer, *, by: By, click: Click) -> None:
    """She whom it went to reads it no more from this moment on."""
    if move := begin("retract", offer, by, click):
        finish(move, OfferEvent.RETRACTED)


@transaction.atomic
def expire_offer(offer: Offer) -> None:
    """By its clock; in sequence the next is asked."""
    if move := begin("expire_offer", offer, By.system(), None):
        finish(move, OfferEvent.EXPIRED)


def _hold(offer: Offer, *, makes_room: bool) -> None:
    """Kept where one is to be had: who makes room keeps none of what she offers."""
    offer.holds = offer.receiver is not None and not makes_room


def _give_reason(move: Move, why: Decline) -> None:
    move.its.reason = why


def _suggestable(person: Clinician, move: Move) -> Clinician:
    seen = Clinician.objects.visible_to(move.referral.sender).verified()
    if not seen.filter(pk=person.pk, accepting=True).exists():
        raise PermissionDenied("may not suggest somebody who takes no referrals")
    return person
