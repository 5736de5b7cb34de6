"""Conversations are for verified members; whoever is not there yet is told why."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from messaging.models import Attachment, Conversation, Membership, Message, Topic
from network.clinicians.requests import ClinicianRequest, VisitorRequest, is_uuid

View = Callable[..., HttpResponse]
GONE = (
    Attachment.DoesNotExist,
    Conversation.DoesNotExist,
    Membership.DoesNotExist,
    Message.DoesNotExist,
)


def for_members(view: View) -> View:
    @wraps(view)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        clinician = cast(VisitorRequest, request).clinician
        if clinician is None or not clinician.is_verified:
            return render(request, "messaging/not_yet.html", status=403)
        try:
            return view(request, *args, **kwargs)
        except GONE as gone:
            raise Http404("gone while it was being changed") from gone

    return gate


def membership_of(request: ClinicianRequest, public_id: UUID) -> Membership:
    """Hers, in a conversation that she may read; or nothing."""
    mine = Membership.objects.of(request.clinician)
    mine = mine.select_related("conversation", "clinician")
    return get_object_or_404(mine, conversation__public_id=public_id)


def topic_of(conversation: Conversation, public_id: str) -> Topic | None:
    """One that there is not is as if none was asked for."""
    if not is_uuid(public_id):
        return None
    return conversation.topics.filter(public_id=public_id).first()
