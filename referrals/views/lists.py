"""The work lists: whose turn, what waits, who holds what, and what ended."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from network.clinicians.models import Clinician
from network.clinicians.requests import ClinicianRequest
from referrals.declines import Pattern, pattern_of
from referrals.forms.steps import StepForm
from referrals.guests.belonging import addressed_to
from referrals.lines import Line, lines_of
from referrals.views.gate import for_members
from referrals.worklists import Held, Key, held_by

FEW, MOST = 5, 50


@dataclass(frozen=True)
class Shown:
    held: Held
    lines: Sequence[Line]

    @property
    def is_cut(self) -> bool:
        return self.held.count > len(self.lines)


@for_members
@require_safe
def referrals(request: ClinicianRequest) -> HttpResponse:
    """The page; an open one asks for the lists when there is news."""
    piece = "_lists" if request.htmx else "referrals"
    found = held_by(request.clinician).values()
    page = {
        "counted": [one for one in found if one.count or one.what.slug == "mine"],
        "lists": shown(request.clinician, found),
        "declines": declines_of(request),
        "as_guest": [StepForm(one) for one in addressed_to(request.clinician)],
    }
    return render(request, f"referrals/{piece}.html", page)


@for_members
@require_safe
def one_list(request: ClinicianRequest, slug: str) -> HttpResponse:
    """All of it, page by page."""
    held = held_by(request.clinician).get(slug)
    if held is None:
        raise Http404
    page: Page[Key] = Paginator(held.keys, MOST).get_page(request.GET.get("page"))
    lines = lines_of(request.clinician, page.object_list)
    piece = "_list" if request.htmx else "list"
    context = {"held": held, "page": page, "lines": lines}
    return render(request, f"referrals/{piece}.html", context)


def shown(me: Clinician, lists: Iterable[Held]) -> list[Shown]:
    """The first rows of each, read together."""
    first = [one for one in lists if one.count and not one.what.is_aside]
    keys = [key for one in first for key in one.keys[:FEW]]
    known = {line.key: line for line in lines_of(me, keys)}
    return [
        Shown(one, [known[key] for key in one.keys[:FEW] if key in known])
        for one in first
    ]


def declines_of(request: ClinicianRequest) -> Pattern | None:
    """Of no use to an open page that only asks what is new."""
    return None if request.htmx else pattern_of(request.clinician)
