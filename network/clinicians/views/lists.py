"""One's lists of colleagues, and those that colleagues share."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from network.clinicians.actions import lists as actions
from network.clinicians.forms.handout import MOST as MOST_ON_A_SHEET
from network.clinicians.forms.lists import NameForm, ShareForm
from network.clinicians.models import Clinician, ColleagueList, ListEntry, ListShare
from network.clinicians.models.colleague_list import SHORTLIST
from network.clinicians.permissions import allowed_on_list
from network.clinicians.requests import ClinicianRequest, is_uuid
from network.clinicians.views.find_gate import for_searchers
from network.clinicians.views.list_order import Shown

PAGE = "clinicians/lists/list.html"


def find_list(request: ClinicianRequest, which: str) -> ColleagueList:
    """A list that she may read; her shortlist even before anybody is on it."""
    me = request.clinician
    lists = ColleagueList.objects.visible_to(me).with_owner()
    if which == SHORTLIST:
        hers = lists.filter(owner=me, kind=ColleagueList.Kind.SHORTLIST).first()
        return hers or ColleagueList(owner=me, kind=ColleagueList.Kind.SHORTLIST)
    return get_object_or_404(lists, public_id=which if is_uuid(which) else None)


def find_own(request: ClinicianRequest, which: str) -> ColleagueList:
    mine = find_list(request, which)
    return get_object_or_404(
        ColleagueList.objects.filter(owner=request.clinician), pk=mine.pk
    )


@for_searchers
@require_http_methods(["GET", "HEAD", "POST"])
def lists(request: ClinicianRequest) -> HttpResponse:
    form = NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        made = actions.make_list(name, owner=request.clinician, by=request.user)
        return redirect(made)
    context = {**_all(request.clinician), "form": form}
    status = 422 if form.errors else 200
    return render(request, "clinicians/lists/lists.html", context, status=status)


@dataclass(frozen=True)
class Row:
    """A list on the page of all of them, and how many she sees on it."""

    list: ColleagueList
    count: int


def _all(me: Clinician) -> dict[str, Any]:
    """Her own by name, the shortlist first; then what is shared with her."""
    entries = ListEntry.objects.visible_to(me).kept()
    counts = Counter(entries.values_list("list", flat=True))
    found = ColleagueList.objects.visible_to(me).with_owner().prefetch_related("shares")
    rows = [Row(one, counts[one.pk]) for one in sorted(found, key=_shortlist_first)]
    own = [row for row in rows if row.list.owner_id == me.pk]
    return {
        "own": own,
        "shared": [row for row in rows if row.list.owner_id != me.pk],
        "has_shortlist": any(row.list.is_shortlist for row in own),
    }


def _shortlist_first(one: ColleagueList) -> tuple[bool, str]:
    return not one.is_shortlist, one.name.casefold()


@for_searchers
@require_GET
def list_(request: ClinicianRequest, which: str) -> HttpResponse:
    return _page(request, find_list(request, which))


@for_searchers
@require_POST
def name(request: ClinicianRequest, which: str) -> HttpResponse:
    mine, form = find_own(request, which), NameForm(request.POST)
    if not form.is_valid():
        return _page(request, mine, naming=form)
    actions.rename_list(mine, form.cleaned_data["name"], by=request.user)
    return redirect(mine)


@for_searchers
@require_POST
def deletion(request: ClinicianRequest, which: str) -> HttpResponse:
    actions.delete_list(find_own(request, which), by=request.user)
    messages.success(request, "The list and its notes are deleted.")
    return redirect("clinicians:lists")


@for_searchers
@require_POST
def share(request: ClinicianRequest, which: str) -> HttpResponse:
    mine, form = find_own(request, which), ShareForm(request.clinician, request.POST)
    if not form.is_valid():
        return _page(request, mine, sharing=form)
    actions.share_list(mine, form.cleaned_data["reader"], by=request.user)
    return redirect(mine)


@for_searchers
@require_POST
def share_end(request: ClinicianRequest, which: str, reader: UUID) -> HttpResponse:
    """The owner takes it back, or the reader wants it no more."""
    shown = find_list(request, which)
    shares = ListShare.objects.filter(list=shown.pk, reader__public_id=reader)
    is_own = shown.owner == request.clinician
    if not is_own:
        shares = shares.filter(reader=request.clinician)
    actions.end_share(get_object_or_404(shares), by=request.user)
    return redirect(shown if is_own else "clinicians:lists")


def _page(
    request: ClinicianRequest,
    shown: ColleagueList,
    *,
    naming: NameForm | None = None,
    sharing: ShareForm | None = None,
) -> HttpResponse:
    me = request.clinician
    entries = ListEntry.objects.visible_to(me).filter(list=shown.pk).in_order()
    kept = [one for one in entries if one.removed_at is None]
    shares = ListShare.objects.filter(list=shown.pk)
    readers = Clinician.objects.visible_to(me).filter(pk__in=shares.values("reader"))
    context = {
        "shown": shown,
        "allowed": allowed_on_list(request.user, shown),
        "entries": Shown.of(kept, request.GET),
        "removed": [one for one in entries if one.removed_at is not None],
        "readers": readers if shown.owner == me else (),
        "most": MOST_ON_A_SHEET,
        "naming": naming or NameForm(initial={"name": shown.name}),
        "sharing": sharing or ShareForm(me),
        "has_errors": naming is not None or sharing is not None,
    }
    return render(request, PAGE, context, status=422 if context["has_errors"] else 200)


def lists_of(viewer: Clinician | None, clinician: Clinician) -> dict[str, Any]:
    """For the page of a colleague: on which lists she stands, and may be put."""
    if viewer is None or not viewer.is_verified or viewer == clinician:
        return {}
    entries = ListEntry.objects.of_owner(viewer).kept().filter(colleague=clinician)
    on = set(entries.values_list("list", flat=True))
    own = list(ColleagueList.objects.filter(owner=viewer).with_owner())
    if not any(one.is_shortlist for one in own):
        own.insert(0, ColleagueList(owner=viewer, kind=ColleagueList.Kind.SHORTLIST))
    own.sort(key=_shortlist_first)
    shared = ListEntry.objects.visible_to(viewer).exclude(list__owner=viewer)
    shared = shared.filter(colleague=clinician).select_related("list__owner")
    return {
        "lists": [{"list": one, "is_listed": one.pk in on} for one in own],
        "shared_by": sorted({one.list.owner.name for one in shared}),
    }
