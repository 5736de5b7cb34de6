"""What waits for its hour: given another, sent now, taken back, or deleted."""

from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from messaging.actions.due import send_now
from messaging.actions.rescheduling import reschedule_message
from messaging.actions.scheduling import drop_scheduled, take_back_scheduled
from messaging.bodies import UnfitBodyError
from messaging.log import Refused
from messaging.models import ScheduledMessage
from messaging.models.scheduled import ScheduledMessageQuerySet
from messaging.moments import when
from messaging.thread.words import WHY_LATER
from messaging.views.gate import for_members, membership_of
from messaging.views.later import show_later
from messaging.views.thread import waiting_in
from messaging.views.waiting import NONE, Tried, hour_of
from network.accounts.models import User
from network.clinicians.requests import ClinicianRequest

PIECE = "messaging/_waiting.html"
TOO_LONG = "Beside what you have begun to write it would be too long. It still waits."
MEANWHILE = "It was sent, or taken back, meanwhile. Nothing was changed."


@for_members
@require_safe
def scheduled(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    """A piece of the page."""
    return _piece(request, public_id)


@for_members
@require_POST
def hour(request: ClinicianRequest, public_id: UUID, client_id: UUID) -> HttpResponse:
    """Where it has gone meanwhile, a sentence says so."""
    membership_of(request, public_id)
    row = _hers(request, public_id).filter(client_id=client_id).first()
    if row is None:
        return _told(request, public_id, messages.WARNING, MEANWHILE)
    form = hour_of(row, request.POST)
    if not form.is_valid():
        return _again(request, public_id, {row.pk: form})
    level, told = _moved(row, form.cleaned_data["moment"], request.user)
    return _told(request, public_id, level, told)


def _moved(row: ScheduledMessage, at: datetime, by: User) -> tuple[int, str]:
    try:
        moved = reschedule_message(row, at, by=by)
    except ScheduledMessage.DoesNotExist:
        return messages.WARNING, MEANWHILE
    if isinstance(moved, Refused):
        return messages.WARNING, f"{WHY_LATER[moved.code]} Nothing was changed."
    return messages.SUCCESS, f"It is sent {when(moved.due_at)}."


@for_members
@require_POST
def sending(
    request: ClinicianRequest, public_id: UUID, client_id: UUID
) -> HttpResponse:
    outcome = send_now(_find(request, public_id, client_id), by=request.user)
    if request.htmx:
        return _piece(request, public_id)
    if isinstance(outcome, Refused):
        messages.warning(request, WHY_LATER[outcome.code])
    else:
        messages.success(request, "It is sent.")
    return _back(request, public_id)


@for_members
@require_POST
def removal(
    request: ClinicianRequest, public_id: UUID, client_id: UUID
) -> HttpResponse:
    drop_scheduled(_find(request, public_id, client_id), by=request.user)
    if request.htmx:
        return _piece(request, public_id)
    messages.success(request, "It is deleted, and not sent.")
    return _back(request, public_id)


@for_members
@require_POST
def return_(
    request: ClinicianRequest, public_id: UUID, client_id: UUID
) -> HttpResponse:
    """Its words are in the box again, and what she had chosen for it."""
    row = _find(request, public_id, client_id)
    try:
        take_back_scheduled(row, by=request.user)
    except UnfitBodyError:
        messages.warning(request, TOO_LONG)
        return _back(request, public_id)
    chosen = {
        "topic": row.topic and row.topic.public_id,
        "reply": row.reply_to,
        "stays": row.expires_in,
        "confirm": row.confirm_in,
    }
    said = urlencode({name: value for name, value in chosen.items() if value})
    way = row.membership.conversation.get_absolute_url()
    return redirect(f"{way}{'?' if said else ''}{said}")


def _find(
    request: ClinicianRequest, public_id: UUID, client_id: UUID
) -> ScheduledMessage:
    return get_object_or_404(_hers(request, public_id), client_id=client_id)


def _hers(request: ClinicianRequest, public_id: UUID) -> ScheduledMessageQuerySet:
    hers = ScheduledMessage.objects.visible_to(request.clinician)
    return hers.filter(membership__conversation__public_id=public_id)


def _piece(
    request: ClinicianRequest, public_id: UUID, tried: Tried = NONE, told: str = ""
) -> HttpResponse:
    membership = membership_of(request, public_id)
    shown = {"conversation": membership.conversation, "told": told}
    shown |= waiting_in(membership, tried)
    return render(request, PIECE, shown, status=422 if tried else 200)


def _told(
    request: ClinicianRequest, public_id: UUID, level: int, words: str
) -> HttpResponse:
    if request.htmx:
        return _piece(request, public_id, told=words)
    messages.add_message(request, level, words)
    return _back(request, public_id)


def _again(request: ClinicianRequest, public_id: UUID, tried: Tried) -> HttpResponse:
    """With the form that needs another look; a page of it is Later."""
    if request.htmx:
        return _piece(request, public_id, tried)
    return show_later(request, tried)


def _back(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    if request.POST.get("back") == "later":
        return redirect("messaging:later")
    return redirect("messaging:conversation", public_id)
