"""Colleagues put on a list, written about, confirmed, taken off and put back."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from network.clinicians.actions import list_entries as actions
from network.clinicians.forms.lists import WordsForm
from network.clinicians.models import Clinician, ColleagueList, ListEntry
from network.clinicians.requests import ClinicianRequest
from network.clinicians.views.find_gate import for_searchers
from network.clinicians.views.lists import find_list, find_own


def find_entry(request: ClinicianRequest, which: str, person: UUID) -> ListEntry:
    mine = find_own(request, which)
    hers = ListEntry.objects.of_owner(request.clinician).select_related("list__owner")
    return get_object_or_404(hers.filter(list=mine), colleague__public_id=person)


@for_searchers
@require_POST
def entry(request: ClinicianRequest, which: str, person: UUID) -> HttpResponse:
    """Somebody comes onto the list, or back onto it."""
    target = find_list(request, which)
    if target.owner != request.clinician:
        raise Http404
    seen = Clinician.objects.visible_to(request.clinician).verified()
    colleague = get_object_or_404(
        seen.exclude(pk=request.clinician.pk), public_id=person
    )
    listed = actions.list_colleague(target, colleague, by=request.user)
    return _answer(request, listed)


@for_searchers
@require_POST
def removal(request: ClinicianRequest, which: str, person: UUID) -> HttpResponse:
    listed = find_entry(request, which, person)
    return _answer(request, actions.remove_entry(listed, by=request.user))


@for_searchers
@require_POST
def words(request: ClinicianRequest, which: str, person: UUID) -> HttpResponse:
    listed, form = find_entry(request, which, person), WordsForm(request.POST)
    form.full_clean()
    actions.write_on_entry(listed, form.words(), by=request.user)
    return _back(request, listed.list)


@for_searchers
@require_POST
def confirmation(request: ClinicianRequest, which: str, person: UUID) -> HttpResponse:
    listed = find_entry(request, which, person)
    actions.confirm_entry(listed, by=request.user)
    return _back(request, listed.list)


def _answer(request: ClinicianRequest, listed: ListEntry) -> HttpResponse:
    if not request.htmx:
        return _back(request, listed.list)
    kept = ListEntry.objects.of_owner(request.clinician).kept()
    context = {
        "which": listed.list.which,
        "title": listed.list.title,
        "person": listed.colleague.public_id,
        "name": listed.colleague.display_name,
        "is_listed": listed.removed_at is None,
        "is_shortlist": listed.list.is_shortlist,
        "shortlisted_count": kept.on_shortlist().count(),
        "next": _next(request),
    }
    return render(request, "clinicians/lists/_changed.html", context)


def _back(request: ClinicianRequest, shown: ColleagueList) -> HttpResponse:
    address = _next(request)
    return HttpResponseRedirect(address) if address else redirect(shown)


def _next(request: ClinicianRequest) -> str:
    """Back to where the button was; only within this site."""
    address = request.POST.get("next", "")
    here = url_has_allowed_host_and_scheme(
        address, allowed_hosts=None, require_https=request.is_secure()
    )
    return address if here and address.startswith("/") else ""
