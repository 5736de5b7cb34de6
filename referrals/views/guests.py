"""Colleagues who are no members, on the sender's side: added to those in line, or asked
while others think it over, also from an entry that nobody has claimed.
"""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from network.clinicians.models import Clinician, RegistryEntry
from network.clinicians.requests import ClinicianRequest, is_uuid
from referrals.acting import By
from referrals.actions.guests import TooManyGuestsError, add_guest, take_off
from referrals.actions.stepping import LostRaceError, ReusedKeyError
from referrals.forms.guests import GuestForm
from referrals.forms.steps import StepForm
from referrals.machine.words import ASKING, Mode, S
from referrals.models import Referral
from referrals.permissions import LackingError, allowed
from referrals.views.gate import for_members, own_referral
from referrals.views.steps import MEANWHILE

TOO_MANY = "You have sent as many links as anybody may within a day. Try tomorrow."
OPEN = frozenset({S.DRAFT, S.READY, *ASKING})


@for_members
@sensitive_post_parameters("name", "email")
@require_http_methods(["GET", "HEAD", "POST"])
def guest(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    found, by = own_referral(request, public_id), By.member(request.clinician)
    if "shortlist" not in allowed(by, found):
        return _late(request, found)
    entry = _entry(request, request.GET.get("listed", ""))
    name, listed = (entry.name, entry.public_id) if entry else ("", None)
    form = GuestForm(found, request.POST or None, name=name, listed=listed)
    if form.is_valid() and _is_added(found, form, by):
        messages.success(request, _said(found, form))
        return redirect(found)
    page = {"form": form, "referral": found, "entry": entry}
    status = 422 if form.errors else 200
    return render(request, "referrals/guest.html", page, status=status)


@for_members
@require_POST
def removal(request: ClinicianRequest, public_id: UUID, offer_id: UUID) -> HttpResponse:
    """Of somebody in line."""
    found = own_referral(request, public_id)
    offer = get_object_or_404(found.offers, public_id=offer_id)
    form, by = StepForm(found, request.POST), By.member(request.clinician)
    try:
        if form.is_valid():
            take_off(offer, by=by, click=form.click)
    except (LostRaceError, ReusedKeyError, PermissionDenied):
        return _late(request, found)
    return redirect(found)


@for_members
@require_safe
def listed(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    """Somebody listed whom nobody vouches for: for which client is she asked?"""
    entry = _entry(request, str(public_id))
    if entry is None:
        return redirect("clinicians:find")
    page = {"entry": entry, "referrals": _open_to_more(request.clinician)}
    return render(request, "referrals/listed.html", page)


def _open_to_more(me: Clinician) -> QuerySet[Referral]:
    mine = Referral.objects.sent_by(me).filter(state__in=OPEN)
    return mine.exclude(state__in=ASKING, mode=Mode.SEQUENCE).newest_first()


def _entry(
    request: ClinicianRequest, public_id: str
) -> RegistryEntry | Clinician | None:
    """Of the registry, or of a member list; nobody has claimed it."""
    if not is_uuid(public_id):
        return None
    registry = RegistryEntry.objects.visible_to(request.clinician).unclaimed()
    unclaimed = Q(user=None, verified_at=None, suspended_at=None)
    imported = Clinician.objects.filter(unclaimed)
    found = registry.filter(public_id=public_id).first()
    return found or imported.filter(public_id=public_id).first()


def _is_added(found: Referral, form: GuestForm, by: By) -> bool:
    try:
        add_guest(found, form.guest, by=by, click=form.click)
    except LackingError as lacking:
        form.add_error(None, "Not yet: " + "; ".join(lacking.sentences) + ".")
    except TooManyGuestsError:
        form.add_error(None, TOO_MANY)
    except (LostRaceError, ReusedKeyError, PermissionDenied):
        form.add_error(None, MEANWHILE)
    return not form.errors


def _said(found: Referral, form: GuestForm) -> str:
    name = form.guest.name
    if found.state not in ASKING:
        return f"{name} is in line, and is asked when you send it."
    if form.guest.by_link:
        return f"The link to {name} is going out."
    return f"{name} is noted: you ask, and keep the record here."


def _late(request: ClinicianRequest, found: Referral) -> HttpResponse:
    messages.warning(request, MEANWHILE)
    return redirect(found)
