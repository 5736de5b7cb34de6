"""How many messages wait, for the frame of every page; and of what one is told."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from messaging.actions.muting import (
    SPANS,
    choose_level,
    choose_topic_level,
    mute_topic,
    unmute_topic,
)
from messaging.counting import unread_of
from messaging.models import Membership, TopicLevel
from messaging.views.gate import for_members, membership_of
from network.clinicians.requests import ClinicianRequest, VisitorRequest


@require_safe
def unread(request: VisitorRequest) -> HttpResponse:
    """A piece of every page, which asks for it by itself; nothing, when nothing is."""
    me = request.clinician
    count = unread_of(me) if me else 0
    return render(request, "messaging/_unread.html", {"count": count})


@for_members
@require_POST
def level(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    conversation = membership_of(request, public_id).conversation
    wanted = request.POST.get("level", "")
    if wanted in Membership.Level.values:
        choose_level(conversation, Membership.Level(wanted), by=request.user)
        messages.success(request, "Kept for this conversation.")
    return redirect("messaging:about", public_id)


@for_members
@require_POST
def topic_level(
    request: ClinicianRequest, public_id: UUID, topic: UUID
) -> HttpResponse:
    """Followed or as usual; muted for a span, or not any more."""
    conversation = membership_of(request, public_id).conversation
    found = get_object_or_404(conversation.topics, public_id=topic)
    wanted = request.POST.get("level", "")
    if wanted in TopicLevel.Level.values:
        choose_topic_level(found, TopicLevel.Level(wanted), by=request.user)
    elif wanted in SPANS:
        mute_topic(found, wanted, by=request.user)
    elif wanted == "off":
        unmute_topic(found, by=request.user)
    return redirect(f"{reverse('messaging:about', args=[public_id])}#topics")
