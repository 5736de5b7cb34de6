"""Only verified members search; whoever cannot yet is told what to do."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from network.clinicians.models import SavedNeed
from network.clinicians.requests import ClinicianRequest, VisitorRequest

View = Callable[..., HttpResponse]


def for_searchers(view: View) -> View:
    @wraps(view)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        clinician = cast(VisitorRequest, request).clinician
        if clinician is None or not clinician.is_verified:
            return render(request, "clinicians/find/not_yet.html", status=403)
        return view(request, *args, **kwargs)

    return gate


def find(request: ClinicianRequest, public_id: UUID) -> SavedNeed:
    """Her own, or nothing."""
    return get_object_or_404(
        SavedNeed.objects.visible_to(request.clinician), public_id=public_id
    )
