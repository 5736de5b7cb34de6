"""The next matches of a search that goes on."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect
from pydantic import ValidationError

from network.clinicians.matching import StaleCursorError
from network.clinicians.models import SavedNeed
from network.clinicians.requests import ClinicianRequest
from network.clinicians.views.find_gate import find, for_searchers
from network.clinicians.views.find_page import page_of, results_of, search


@for_searchers
@require_POST
def more(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    """A cursor of yesterday, or of another need, begins anew."""
    saved = find(request, public_id)
    cursor = request.POST.get("cursor") or None
    try:
        found = search(saved.content["need"], request.clinician, cursor)
    except (StaleCursorError, ValidationError):
        return _anew(request, saved)
    if request.htmx:
        context = results_of(found, saved, request.clinician) | {"is_more": True}
        return render(request, "clinicians/find/_matches.html", context)
    context = page_of(saved, request.clinician, found=found)
    return render(request, "clinicians/find/need.html", context)


def _anew(request: ClinicianRequest, saved: SavedNeed) -> HttpResponse:
    address = saved.get_absolute_url()
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)
