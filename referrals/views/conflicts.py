"""After a possible overlap: it is talked over, or somebody else is asked."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from network.clinicians.requests import ClinicianRequest
from referrals.acting import By
from referrals.actions.asking import leave_out
from referrals.actions.conflicts import talk_over
from referrals.actions.stepping import LostRaceError, ReusedKeyError
from referrals.forms.steps import StepForm
from referrals.models import Offer
from referrals.views.gate import for_members, offer_of
from referrals.views.steps import MEANWHILE

CALL_FIRST = "Not sent yet: something may overlap. Call first, then go on from here."


def tell_whether_sent(request: ClinicianRequest, said: str, *, is_sent: bool) -> None:
    """Where something may overlap, it waits for a call."""
    if is_sent:
        messages.success(request, said)
    else:
        messages.warning(request, CALL_FIRST)


@for_members
@require_POST
def talk(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    return _done(request, public_id, talk_over, "Noted. Nothing of the call is kept.")


@for_members
@require_POST
def removal(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    return _done(request, public_id, leave_out, "Taken off, and not told of it.")


def _done(
    request: ClinicianRequest, public_id: UUID, act: Callable[..., None], said: str
) -> HttpResponse:
    offer = _own(request, public_id)
    form = StepForm(offer.referral, request.POST)
    try:
        if not form.is_valid():
            raise PermissionDenied("without its key and version")
        act(offer, by=By.member(request.clinician), click=form.click)
    except (LostRaceError, ReusedKeyError, PermissionDenied):
        messages.warning(request, MEANWHILE)
    else:
        messages.success(request, said)
    return redirect(offer.referral)


def _own(request: ClinicianRequest, public_id: UUID) -> Offer:
    """The sender's: to whoever is asked it is missing."""
    offer = offer_of(request, public_id)
    if offer.referral.sender_id != request.clinician.pk:
        raise Http404
    return offer
