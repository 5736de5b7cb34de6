"""One colleague's part, as she sees it: the need, her answer, and what comes after."""

from contextlib import suppress
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from network.clinicians.requests import ClinicianRequest
from referrals import timeline
from referrals.acting import By
from referrals.actions.answering import open_offer
from referrals.actions.stepping import Click, LostRaceError
from referrals.disclosure import may_know_identity
from referrals.machine.standing import turn_of_offer
from referrals.machine.words import O, OfferState, State, Turn
from referrals.models import Offer
from referrals.packets.reading import newest_readable
from referrals.permissions import allowed
from referrals.views.expecting import dues
from referrals.views.gate import for_members, offer_of
from referrals.views.page import (
    Doing,
    doings_of_offer,
    doings_of_referral,
    facts_of,
    folded,
    responsible_words,
    stages,
    terms_of,
    turn_words,
    words_of,
)


@for_members
@require_safe
def offer(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    """Opened for the first time by looking at it: the sender sees the day."""
    found = offer_of(request, public_id)
    if found.referral.sender_id == request.clinician.pk:
        return redirect(found.referral)
    if "open" in allowed(By.member(request.clinician), found):
        found = _opened(request, found)
    piece = "_part" if request.htmx else "offer"
    return render(request, f"referrals/{piece}.html", context_of(request, found))


def context_of(request: ClinicianRequest, found: Offer) -> dict[str, Any]:
    me, by = request.clinician, By.member(request.clinician)
    referral, is_chosen = found.referral, found.state == O.SELECTED
    words = words_of(by, found)
    return {
        "offer": found,
        "referral": referral,
        "is_chosen": is_chosen,
        "words": words,
        "facts": facts_of(referral),
        "terms": terms_of(found),
        "due": dues([found]).get(found.pk),
        "talk": words.talk(found),
        "knows": may_know_identity(by, found),
        "packet": newest_readable(by, found),
        "doings": folded(_doings(by, found, is_chosen=is_chosen)),
        "state": _state(found),
        "stages": stages(referral) if is_chosen else [],
        "turn": turn_words(referral, me, found) if is_chosen else _turn(found, me.pk),
        "responsible": responsible_words(referral, me, found if is_chosen else None),
        "moments": timeline.of_offer(found, is_chosen=is_chosen),
    }


def _doings(by: By, found: Offer, *, is_chosen: bool) -> list[Doing[Any]]:
    together = doings_of_referral(by, found.referral) if is_chosen else []
    return [*together, *doings_of_offer(by, found)]


def _state(found: Offer) -> str:
    """Of the whole once she is chosen; of her part until then."""
    if found.state == O.SELECTED:
        return State(found.referral.state).label
    return OfferState(found.state).label


def _turn(found: Offer, me: int) -> str:
    turn = Turn(turn_of_offer(found.referral, found))
    if turn == Turn.RECEIVER and found.receiver_id == me:
        return "Your turn"
    if turn == Turn.SUPERVISOR and found.receiver_id != me:
        return "Your turn"
    return turn.label


def _opened(request: ClinicianRequest, found: Offer) -> Offer:
    click = Click(uuid4(), found.version)
    with suppress(LostRaceError):  # in two tabs at once: one of them has opened it
        open_offer(found, by=By.member(request.clinician), click=click)
    return offer_of(request, found.public_id)
