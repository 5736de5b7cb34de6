"""Referrals are for verified members; what is not theirs is missing to them."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from network.clinicians.requests import ClinicianRequest, VisitorRequest
from referrals.models import Offer, Referral

View = Callable[..., HttpResponse]
GONE = (Referral.DoesNotExist, Offer.DoesNotExist)


def for_members(view: View) -> View:
    @wraps(view)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        clinician = cast(VisitorRequest, request).clinician
        if clinician is None or not clinician.is_verified:
            return render(request, "referrals/not_yet.html", status=403)
        try:
            return view(request, *args, **kwargs)
        except GONE as gone:
            raise Http404("gone while it was being changed") from gone

    return gate


def referral_of(request: ClinicianRequest, public_id: UUID) -> Referral:
    """Hers, or one of which she is asked a part."""
    seen = Referral.objects.visible_to(request.clinician)
    return get_object_or_404(seen, public_id=public_id)


def own_referral(request: ClinicianRequest, public_id: UUID) -> Referral:
    mine = Referral.objects.sent_by(request.clinician)
    return get_object_or_404(mine, public_id=public_id)


def offer_of(request: ClinicianRequest, public_id: UUID) -> Offer:
    seen = Offer.objects.visible_to(request.clinician)
    return get_object_or_404(seen, public_id=public_id)
