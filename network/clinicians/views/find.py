"""Finding a colleague: what the client needs, and who fits."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from network.clinicians.actions import needs as actions
from network.clinicians.actions.needs import Content
from network.clinicians.forms.find_chips import chips_of
from network.clinicians.forms.find_need import judged, kept
from network.clinicians.forms.find_words import (
    identifier_kinds,
    identifier_words,
    merged,
    notes_of,
    questions_of,
    sure_need,
)
from network.clinicians.models import SavedNeed
from network.clinicians.reading import Reading, read
from network.clinicians.requests import ClinicianRequest
from network.clinicians.views.find_gate import find, for_searchers
from network.clinicians.views.find_page import page_of

LONGEST = 4000
RECENT = 5


@for_searchers
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: ClinicianRequest) -> HttpResponse:
    """The empty page, and the text that begins a search."""
    if request.method == "POST":
        return _read_into(request, None)
    return render(request, "clinicians/find/start.html", {"recent": _recent(request)})


@for_searchers
@require_GET
def need(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    saved = actions.open_need(find(request, public_id), by=request.user)
    context = page_of(saved, request.clinician)
    return render(request, "clinicians/find/need.html", context)


@for_searchers
@require_POST
def words(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    """More words for the same need."""
    return _read_into(request, find(request, public_id))


@for_searchers
@require_POST
def removal(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    actions.discard_need(find(request, public_id), by=request.user)
    messages.success(request, "The search is gone.")
    return redirect("clinicians:find")


def _read_into(request: ClinicianRequest, saved: SavedNeed | None) -> HttpResponse:
    """The text lives as long as this request; only its criteria are kept."""
    text = request.POST.get("words", "")[:LONGEST]
    reading = read(text)
    change = partial(_with_words, text, reading)
    if saved is None:
        saved = actions.save_need(change({}), owner=request.clinician, by=request.user)
    else:
        saved = actions.change_need(saved, change, by=request.user)
    if not request.htmx:
        return redirect("clinicians:need", saved.public_id)
    return _finding(request, saved, identifier_words(text, reading))


def _with_words(text: str, reading: Reading, before: Content) -> Content:
    said = before.get("need", {})
    need, _ = judged(merged(said, sure_need(reading)))
    return {
        "need": kept(need) if need else said,
        "questions": questions_of(text, reading),
        "notes": notes_of(text, reading),
        "identifiers": identifier_kinds(reading),
        "compared": before.get("compared", []),
    }


def _finding(
    request: ClinicianRequest, saved: SavedNeed, identifiers: list[str]
) -> HttpResponse:
    context = page_of(saved, request.clinician)
    context |= {"identifiers": identifiers, "is_read": True}
    response = render(request, "clinicians/find/_finding.html", context)
    response["HX-Push-Url"] = saved.get_absolute_url()
    return response


def _recent(request: ClinicianRequest) -> list[dict[str, Any]]:
    mine = SavedNeed.objects.visible_to(request.clinician).newest_first()[:RECENT]
    return [{"saved": one, "chips": chips_of(one.content["need"])} for one in mine]
