"""What waits for its hour: sent now after all, taken back, or deleted."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from messaging.actions.due import send_now
from messaging.actions.scheduling import drop_scheduled, take_back_scheduled
from messaging.bodies import UnfitBodyError
from messaging.log import Refused
from messaging.models import ScheduledMessage
from messaging.thread.words import WHY_LATER
from messaging.views.gate import for_members, membership_of
from messaging.views.thread import waiting_in
from network.clinicians.requests import ClinicianRequest

PIECE = "messaging/_waiting.html"
TOO_LONG = "Beside what you have begun to write it would be too long. It still waits."


@for_members
@require_safe
def scheduled(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    """A piece of the page."""
    return _piece(request, public_id)


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
    hers = ScheduledMessage.objects.visible_to(request.clinician)
    here = hers.filter(membership__conversation__public_id=public_id)
    return get_object_or_404(here, client_id=client_id)


def _piece(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    membership = membership_of(request, public_id)
    shown = {"conversation": membership.conversation, **waiting_in(membership)}
    return render(request, PIECE, shown)


def _back(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    if request.POST.get("back") == "later":
        return redirect("messaging:later")
    return redirect("messaging:conversation", public_id)
