"""Changing a need: by the form, by its chips, by an answer, by a way out."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from network.clinicians.actions import needs as actions
from network.clinicians.forms.find_chips import (
    chips_of,
    relaxed,
    with_wish,
    without,
)
from network.clinicians.forms.find_form import need_from
from network.clinicians.forms.find_need import judged, kept
from network.clinicians.forms.find_words import answered, with_typed_terms
from network.clinicians.models import SavedNeed
from network.clinicians.requests import ClinicianRequest
from network.clinicians.views.find_exclusion import leave_out
from network.clinicians.views.find_gate import find, for_searchers
from network.clinicians.views.find_page import Draft, page_of

# Fields that a browser already shows as they are when they were just sent.
SETTLED = frozenset({"style", "kind", "text", "weights", "place"})


@for_searchers
@require_POST
def criteria(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    """The whole form, each time anything in it changes."""
    saved = find(request, public_id)
    typed = with_typed_terms(need_from(request.POST), request.POST)
    leave_out(typed, request.POST, request.clinician)
    need, errors = judged(typed.need)
    errors = {**errors, **typed.errors}
    if need is not None:
        content = {
            "need": kept(need),
            "questions": [*saved.content.get("questions", []), *typed.questions],
            "compared": request.POST.getlist("compared"),
        }
        saved = actions.change_need(saved, content, by=request.user)
    draft = Draft(typed.need, errors) if errors else None
    return _answer(request, saved, draft, settled=SETTLED)


@for_searchers
@require_POST
def chips(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    """One chip is turned to its next wish, or taken off."""
    saved = find(request, public_id)
    need = saved.content["need"]
    if key := request.POST.get("remove"):
        return _changed(request, saved, without(need, key))
    key = request.POST.get("turn", "")
    turned = next((chip for chip in chips_of(need) if chip.key == key), None)
    changed = with_wish(need, key, turned.next_wish) if turned else need
    return _changed(request, saved, changed)


@for_searchers
@require_POST
def answers(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    """“PD” is panic disorder: the question goes, the criterion comes."""
    saved = find(request, public_id)
    need, questions = saved.content["need"], list(saved.content.get("questions", []))
    number, _, choice = request.POST.get("answer", "").partition("/")
    if not _is_index(number, questions):
        return _answer(request, saved)
    question = questions.pop(int(number))
    if _is_index(choice, question["choices"]):
        need = answered(need, question, int(choice))
    return _changed(request, saved, need, questions=questions)


def _is_index(typed: str, items: list[Any]) -> bool:
    return typed.isdecimal() and int(typed) < len(items)


@for_searchers
@require_POST
def clearance(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    """Everything off the table; the page stays."""
    return _changed(request, find(request, public_id), {}, questions=[])


@for_searchers
@require_POST
def relaxation(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    """One must becomes a wish, or the circle grows."""
    saved = find(request, public_id)
    path, _, change = request.POST.get("way", "").rpartition(":")
    return _changed(request, saved, relaxed(saved.content["need"], path, change))


@for_searchers
@require_POST
def unclaimed(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    """Entries that nobody has claimed are listed after the matches, or no more."""
    saved = find(request, public_id)
    need = saved.content["need"]
    turned = not need.get("include_unclaimed", False)
    return _changed(request, saved, {**need, "include_unclaimed": turned})


def _changed(
    request: ClinicianRequest,
    saved: SavedNeed,
    raw: Mapping[str, Any],
    **more: Any,
) -> HttpResponse:
    need, _ = judged(raw)
    if need is not None:
        content = {**_lasting(saved.content), **more, "need": kept(need)}
        saved = actions.change_need(saved, content, by=request.user)
    return _answer(request, saved)


def _lasting(content: Mapping[str, Any]) -> dict[str, Any]:
    """What was said about a text is over once something else is done."""
    passing = ("notes", "identifiers")
    return {key: value for key, value in content.items() if key not in passing}


def _answer(
    request: ClinicianRequest,
    saved: SavedNeed,
    draft: Draft | None = None,
    *,
    settled: frozenset[str] = frozenset(),
) -> HttpResponse:
    status = 422 if draft else 200
    if not request.htmx and not draft:
        return redirect("clinicians:need", saved.public_id)
    context = page_of(saved, request.clinician, draft=draft)
    template = "_changes.html" if request.htmx else "need.html"
    context |= {"settled": settled, "is_swap": bool(request.htmx)}
    return render(request, f"clinicians/find/{template}", context, status=status)
