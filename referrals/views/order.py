"""In which order they are asked, where one is asked after the other."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from network.clinicians.models import Clinician
from network.clinicians.requests import ClinicianRequest
from referrals.acting import By
from referrals.actions.arranging import arrange
from referrals.actions.drafting import Guest
from referrals.actions.stepping import LostRaceError, ReusedKeyError
from referrals.forms.steps import OrderForm
from referrals.machine.words import O
from referrals.models import Offer, Referral
from referrals.views.gate import for_members, own_referral
from referrals.views.steps import MEANWHILE

# After all who were in line before.
LAST = 10_000


@for_members
@require_POST
def order(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    """One place up or down; it leads back to whoever was moved."""
    found = own_referral(request, public_id)
    form, queued = OrderForm(found, request.POST), _queued(found)
    if not form.is_valid():
        raise Http404
    moved, by = form.cleaned_data["moved"], By.member(request.clinician)
    try:
        arrange(found, form.arranged(queued), by=by, click=form.click)
    except (LostRaceError, ReusedKeyError, PermissionDenied):
        messages.warning(request, MEANWHILE)
    return redirect(f"{found.get_absolute_url()}#place-{moved}")


def kept_in_order(
    found: Referral, people: Iterable[Clinician]
) -> list[Clinician | Guest]:
    """Who was in line stays where she was, and who is no member too; others follow."""
    queued, chosen = _queued(found), list(people)
    places = {one.receiver_id: n for n, one in enumerate(queued) if one.receiver_id}
    guests = [(n, Guest.of(one)) for n, one in enumerate(queued) if not one.receiver_id]
    members = [(places.get(one.pk, LAST), one) for one in chosen]
    everybody: list[tuple[int, Clinician | Guest]] = [*members, *guests]
    return [one for _, one in sorted(everybody, key=lambda placed: placed[0])]


def _queued(found: Referral) -> list[Offer]:
    return list(found.offers.filter(state=O.QUEUED).in_order())
