"""From a guest to a member: the same sign-up as everybody's, and what comes along."""

from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from network.accounts.forms import ASKED_AT
from network.clinicians.models import RegistryEntry
from network.clinicians.requests import ClinicianRequest, VisitorRequest
from network.clinicians.views.onboarding_claim import TYPED
from referrals.acting import By
from referrals.actions.guests import join_offer
from referrals.actions.stepping import LostRaceError, ReusedKeyError
from referrals.forms.steps import StepForm
from referrals.guests.belonging import addressed_to
from referrals.models import GuestLink, Offer
from referrals.permissions import allowed
from referrals.views.gate import for_members
from referrals.views.guest_gate import for_guests, shown


@require_http_methods(["GET", "HEAD", "POST"])
@for_guests
def joining(request: HttpRequest, link: GuestLink) -> HttpResponse:
    """What is listed of her is filled in; that it is hers, she shows as everybody."""
    entry = _entry(link)
    if request.method == "POST":
        request.session[ASKED_AT] = link.offer.guest_email
        if entry is not None:
            request.session[TYPED] = entry.npi
        return redirect("account_signup")
    page = {"entry": entry, "is_open": settings.SIGN_UP_OPEN}
    return shown(request, "joining", link, **page, **_hers(request, link.offer))


@for_members
@require_POST
def joined(request: ClinicianRequest, public_id: Any) -> HttpResponse:
    """Into her list. Who has taken it over before is led to it."""
    me = request.clinician
    mine = Offer.objects.visible_to(me).filter(public_id=public_id, receiver=me)
    if (taken := mine.first()) is not None:
        return redirect(taken)
    offer = get_object_or_404(addressed_to(me), public_id=public_id)
    form = StepForm(offer, request.POST)
    if form.is_valid():
        try:
            join_offer(offer, by=By.member(me), click=form.click)
        except (LostRaceError, ReusedKeyError):
            return redirect("referrals:referrals")
    return redirect(offer)


def _entry(link: GuestLink) -> RegistryEntry | None:
    entries = RegistryEntry.objects.to_be_claimed()
    return entries.filter(public_id=link.listed).first() if link.listed else None


def _hers(request: HttpRequest, offer: Offer) -> dict[str, Any]:
    """Of somebody who has signed in: whether she may take it over now."""
    me = cast(VisitorRequest, request).clinician
    if me is None or not me.is_verified:
        return {"is_waiting": request.user.is_authenticated}
    may = "join" in allowed(By.member(me), offer)
    return {"is_other": not may, "taking": StepForm(offer) if may else None}
