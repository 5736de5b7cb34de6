"""Changing a need: by the form, by its chips, by an answer, by a way out."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from network.clinicians.actions import needs as actions
from network.clinicians.actions.needs import Change, Content
from network.clinicians.forms.comparison import chosen_ids
from network.clinicians.forms.find_chips import relaxed, turned, without
from network.clinicians.forms.find_form import need_from
from network.clinicians.forms.find_need import judged, kept
from network.clinicians.forms.find_words import answered, with_typed_terms
from network.clinicians.models import SavedNeed
from network.clinicians.requests import ClinicianRequest
from network.clinicians.views.find_exclusion import leave_out
from network.clinicians.views.find_gate import find, for_searchers
from network.clinicians.views.find_page import Draft, page_of

Need = Mapping[str, Any]
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
        told = {"need": kept(need), "compared": chosen_ids(request.POST)}
        change = partial(_with_form, told, typed.questions)
        saved = actions.change_need(saved, change, by=request.user)
    draft = Draft(typed.need, errors) if errors else None
    return _answer(request, saved, draft, settled=SETTLED)


def _with_form(told: Content, asked: list[Any], before: Content) -> Content:
    return {**told, "questions": [*before.get("questions", []), *asked]}


@for_searchers
@require_POST
def chips(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    """One chip is turned to its next wish, or taken off."""
    saved = find(request, public_id)
    if key := request.POST.get("remove", ""):
        return _need_changed(request, saved, partial(without, key=key))
    key = request.POST.get("turn", "")
    return _need_changed(request, saved, partial(turned, key=key))


@for_searchers
@require_POST
def answers(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    """“PD” is panic disorder: the question goes, the criterion comes."""
    answer = request.POST.get("answer", "")
    return _changed(request, find(request, public_id), partial(_with_answer, answer))


def _with_answer(answer: str, before: Content) -> Content:
    need, questions = before["need"], list(before.get("questions", []))
    number, _, choice = answer.partition("/")
    if not _is_index(number, questions):
        return before
    question = questions.pop(int(number))
    if _is_index(choice, question["choices"]):
        need = answered(need, question, int(choice))
    return {**before, "need": need, "questions": questions}


def _is_index(typed: str, items: list[Any]) -> bool:
    return typed in map(str, range(len(items)))


@for_searchers
@require_POST
def clearance(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    """Everything off the table; the page stays."""
    saved = find(request, public_id)
    return _changed(
        request, saved, lambda before: {**before, "need": {}, "questions": []}
    )


@for_searchers
@require_POST
def relaxation(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    """One must becomes a wish, or the circle grows."""
    saved = find(request, public_id)
    path, _, change = request.POST.get("way", "").rpartition(":")
    return _need_changed(request, saved, lambda need: relaxed(need, path, change))


@for_searchers
@require_POST
def unclaimed(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    """Entries that nobody has claimed are listed after the matches, or no more."""
    saved = find(request, public_id)
    return _need_changed(request, saved, _with_or_without_unclaimed)


def _with_or_without_unclaimed(need: Need) -> Need:
    return {**need, "include_unclaimed": not need.get("include_unclaimed", False)}


def _need_changed(
    request: ClinicianRequest, saved: SavedNeed, change: Callable[[Need], Need]
) -> HttpResponse:
    return _changed(
        request, saved, lambda before: {**before, "need": change(before["need"])}
    )


def _changed(
    request: ClinicianRequest, saved: SavedNeed, change: Change
) -> HttpResponse:
    saved = actions.change_need(saved, partial(_judged, change), by=request.user)
    return _answer(request, saved)


def _judged(change: Change, before: Content) -> Content:
    """What no need may be changes nothing."""
    after = change(before)
    need, _ = judged(after["need"])
    return before if need is None else {**_lasting(after), "need": kept(need)}


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
