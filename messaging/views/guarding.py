"""What in somebody's words could tell who a client is, and what follows from it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from messaging.actions.guarding import set_guard
from messaging.guarding import Looked, findings
from messaging.models import Conversation
from messaging.views.gate import for_members, membership_of
from network.clinicians.requests import ClinicianRequest


@for_members
@sensitive_post_parameters("body")
@require_POST
def findings_piece(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    """Asked for by the page's script. Line breaks count as one, as in the box."""
    conversation = membership_of(request, public_id).conversation
    context = {"looked": look(request, conversation)}
    return render(request, "messaging/_findings.html", context)


@for_members
@require_POST
def level(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    conversation = membership_of(request, public_id).conversation
    wanted = request.POST.get("guarding", "")
    if wanted in Conversation.Guarding.values:
        set_guard(conversation, Conversation.Guarding(wanted), by=request.user)
        messages.success(request, "Kept for everybody in this conversation.")
    return redirect("messaging:about", public_id)


def look(request: ClinicianRequest, conversation: Conversation) -> Looked:
    """Through what she is about to send, or to put in the place of what she sent."""
    text = request.POST.get("body", "").replace("\r\n", "\n")
    found = findings(text, request.clinician)
    return Looked(found, conversation.guarding, reason_in(request))


def reason_in(request: ClinicianRequest) -> str:
    return request.POST.get("guard_reason", "")
