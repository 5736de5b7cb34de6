"""What a guest sees and says: the need as members read it, her answer, what follows."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from referrals import timeline
from referrals.acting import By
from referrals.actions.passages import TellingWordsError
from referrals.actions.stepping import LostRaceError, ReusedKeyError
from referrals.machine.standing import turn_of_offer
from referrals.machine.words import O, OfferState, Responsible, State, Turn
from referrals.models import GuestLink, Offer, Referral
from referrals.permissions import LackingError, allowed
from referrals.views.expecting import dues
from referrals.views.guest_door import opened
from referrals.views.guest_gate import for_guests, shown
from referrals.views.page import Doing, facts_of, folded, stages, terms_of, words_of
from referrals.views.steps import MEANWHILE, TELLING
from referrals.views.ways.of_guests import OF_A_GUESTS_OFFER, OF_A_GUESTS_REFERRAL
from referrals.views.ways.way import Way

BOTH = ["GET", "HEAD", "POST"]


class GuestsDoing(Doing[Any]):
    """At an address behind her link."""

    @property
    def address(self) -> str:
        return reverse("guest:step", args=[self.way.slug])


@require_http_methods(BOTH)
@for_guests
def need(request: HttpRequest, link: GuestLink) -> HttpResponse:
    """A tap opens what was sent meanwhile; looking changes nothing."""
    if request.method == "POST":
        opened(link)
        return redirect("guest:need")
    return shown(request, "need", link, **_context(link.offer))


@sensitive_post_parameters()
@require_http_methods(BOTH)
@for_guests
def step(request: HttpRequest, link: GuestLink, slug: str) -> HttpResponse:
    """Taken, or asked for once more with what is missing. A page of another link, whose
    cookie was replaced meanwhile, answers nothing here.
    """
    way, thing = _named(link.offer, slug)
    form, by = way.form(thing, request.POST or None), By.guest(link.offer)
    is_valid = form.is_valid()
    if form.is_bound and not form.is_of_it:
        return _again(request)
    if is_valid:
        try:
            way.take(thing, form.cleaned_data, by, form.click)
        except LackingError as lacking:
            form.add_error(None, "Not yet: " + "; ".join(lacking.sentences) + ".")
        except TellingWordsError:
            form.add_error("words", TELLING)
        except (LostRaceError, ReusedKeyError, PermissionDenied):
            return _again(request)
        else:
            messages.success(request, "Done. The sender sees it.")
            return redirect("guest:need")
    if way.verb not in allowed(by, thing):
        return _again(request)
    return shown(request, "step", link, way=way, form=form)


def _again(request: HttpRequest) -> HttpResponse:
    messages.warning(request, MEANWHILE)
    return redirect("guest:need")


def _context(offer: Offer) -> dict[str, Any]:
    by, referral = By.guest(offer), offer.referral
    is_chosen = offer.state == O.SELECTED
    words = words_of(by, offer)
    label = State(referral.state).label if is_chosen else ""
    return {
        "referral": referral,
        "is_chosen": is_chosen,
        "is_waiting": "open" in allowed(by, offer),
        "due": dues([offer]).get(offer.pk),
        "words": words,
        "facts": facts_of(referral),
        "terms": terms_of(offer),
        "talk": words.talk(offer),
        "doings": folded(list(_doings(by, offer))),
        "state": label or OfferState(offer.state).label,
        "stages": stages(referral) if is_chosen else [],
        "turn": _turn(referral, offer),
        "responsible": _responsible(referral),
        "moments": timeline.of_offer(offer, is_chosen=is_chosen),
    }


def _doings(by: By, offer: Offer) -> Iterator[GuestsDoing]:
    referral, may = offer.referral, allowed(by, offer)
    if offer.state == O.SELECTED:
        of_all = allowed(by, referral)
        for way in OF_A_GUESTS_REFERRAL:
            if way.verb in of_all:
                yield GuestsDoing(way, referral)
    for part in OF_A_GUESTS_OFFER:
        if part.verb in may:
            yield GuestsDoing(part, offer)


def _named(offer: Offer, slug: str) -> tuple[Way[Any], Any]:
    for way in OF_A_GUESTS_OFFER:
        if way.slug == slug:
            return way, offer
    for whole in OF_A_GUESTS_REFERRAL:
        if whole.slug == slug:
            return whole, offer.referral
    raise Http404


def _turn(referral: Referral, offer: Offer) -> str:
    is_chosen = offer.state == O.SELECTED
    turn = Turn(referral.turn if is_chosen else turn_of_offer(referral, offer))
    if turn == Turn.SENDER:
        return f"The turn of {referral.sender.display_name}"
    return "Your turn" if turn == Turn.RECEIVER else turn.label


def _responsible(referral: Referral) -> str:
    who, sender = referral.responsible, referral.sender.display_name
    if who == Responsible.BOTH:
        return who.label
    name = "You hold" if who == Responsible.RECEIVER else f"{sender} holds"
    return f"{name} the clinical responsibility"
