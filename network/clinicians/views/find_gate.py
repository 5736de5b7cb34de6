"""Only verified members search; whoever cannot yet is told what to do."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from network.clinicians.models import ColleagueList, ListEntry, SavedNeed
from network.clinicians.requests import ClinicianRequest, VisitorRequest

View = Callable[..., HttpResponse]
GONE = (
    SavedNeed.DoesNotExist,
    ColleagueList.DoesNotExist,
    ListEntry.DoesNotExist,
)
# No database can hold these, and no browser sends them.
UNHOLDABLE = re.compile("[\0\ud800-\udfff]")


def for_searchers(view: View) -> View:
    @wraps(view)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        clinician = cast(VisitorRequest, request).clinician
        if clinician is None or not clinician.is_verified:
            return render(request, "clinicians/find/not_yet.html", status=403)
        _refuse_unholdable(request)
        try:
            return view(request, *args, **kwargs)
        except GONE as gone:
            raise Http404("gone while it was being changed") from gone

    return gate


def _refuse_unholdable(request: HttpRequest) -> None:
    for _, values in request.POST.lists():
        if any(UNHOLDABLE.search(value) for value in values):
            raise BadRequest("text with characters that nobody types")


def find(request: ClinicianRequest, public_id: UUID) -> SavedNeed:
    """Her own, or nothing."""
    return get_object_or_404(
        SavedNeed.objects.visible_to(request.clinician), public_id=public_id
    )
