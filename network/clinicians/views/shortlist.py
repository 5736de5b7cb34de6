"""Colleagues kept at hand, and the sheet about them for a client."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from network.clinicians.actions import shortlist as actions
from network.clinicians.forms.handout import MOST as MOST_ON_A_SHEET
from network.clinicians.models import Clinician, ShortlistEntry
from network.clinicians.requests import ClinicianRequest
from network.clinicians.views.find_gate import for_searchers

LONGEST_NOTE = 2000


def find_entry(request: ClinicianRequest, person: UUID) -> ShortlistEntry:
    mine = ShortlistEntry.objects.visible_to(request.clinician)
    return get_object_or_404(mine, colleague__public_id=person)


@for_searchers
@require_GET
def shortlist(request: ClinicianRequest) -> HttpResponse:
    entries = ShortlistEntry.objects.visible_to(request.clinician).in_order()
    context = {
        "entries": [one for one in entries if one.removed_at is None],
        "removed": [one for one in entries if one.removed_at is not None],
        "most": MOST_ON_A_SHEET,
    }
    return render(request, "clinicians/shortlist/shortlist.html", context)


@for_searchers
@require_POST
def entry(request: ClinicianRequest, person: UUID) -> HttpResponse:
    """Somebody comes onto the list, or back onto it."""
    seen = Clinician.objects.visible_to(request.clinician).verified()
    colleague = get_object_or_404(
        seen.exclude(pk=request.clinician.pk), public_id=person
    )
    actions.shortlist_colleague(colleague, owner=request.clinician, by=request.user)
    return _answer(request, colleague, is_shortlisted=True)


@for_searchers
@require_POST
def removal(request: ClinicianRequest, person: UUID) -> HttpResponse:
    removed = actions.remove_from_shortlist(
        find_entry(request, person), by=request.user
    )
    return _answer(request, removed.colleague, is_shortlisted=False)


@for_searchers
@require_POST
def note(request: ClinicianRequest, person: UUID) -> HttpResponse:
    words = request.POST.get("note", "").strip()[:LONGEST_NOTE]
    actions.note_on_shortlist(find_entry(request, person), words, by=request.user)
    return redirect("clinicians:shortlist")


def _answer(
    request: ClinicianRequest, colleague: Clinician, *, is_shortlisted: bool
) -> HttpResponse:
    if not request.htmx:
        return HttpResponseRedirect(_next(request))
    mine = ShortlistEntry.objects.visible_to(request.clinician).kept()
    context = {
        "person": colleague.public_id,
        "name": colleague.display_name,
        "is_shortlisted": is_shortlisted,
        "shortlisted_count": mine.count(),
        "next": _next(request),
    }
    return render(request, "clinicians/shortlist/_changed.html", context)


def _next(request: ClinicianRequest) -> str:
    """Back to where the button was; only within this site."""
    address = request.POST.get("next", "")
    here = url_has_allowed_host_and_scheme(
        address, allowed_hosts=None, require_https=request.is_secure()
    )
    return (
        address if here and address.startswith("/") else reverse("clinicians:shortlist")
    )
