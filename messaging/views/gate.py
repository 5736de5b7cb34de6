"""Conversations are for verified members; whoever is not there yet is told why."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from messaging.models import (
    Attachment,
    Conversation,
    Membership,
    Message,
    ScheduledMessage,
    Topic,
)
from network.accounts.pace import PACE, TooFastError
from network.clinicians.requests import ClinicianRequest, VisitorRequest, is_uuid

TOKEN = "csrfmiddlewaretoken"  # noqa: S105 its name
View = Callable[..., HttpResponse]
GONE = (
    Attachment.DoesNotExist,
    Conversation.DoesNotExist,
    Membership.DoesNotExist,
    Message.DoesNotExist,
    ScheduledMessage.DoesNotExist,
)


def for_members(view: View) -> View:
    @wraps(view)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        clinician = cast(VisitorRequest, request).clinician
        if clinician is None or not clinician.is_verified:
            return render(request, "messaging/not_yet.html", status=403)
        try:
            if request.method == "POST":
                PACE.spend(cast(ClinicianRequest, request).user.pk)
            return view(request, *args, **kwargs)
        except TooFastError as too_fast:
            return _wait(request, too_fast.wait)
        except GONE as gone:
            raise Http404("gone while it was being changed") from gone

    return gate


def _wait(request: HttpRequest, seconds: int) -> HttpResponse:
    """With what was written, to be sent again as it was; but a file is chosen anew."""
    said = request.POST.lists()
    fields = [(name, one) for name, some in said for one in some if name != TOKEN]
    page = {"fields": fields}
    answer = render(request, "messaging/too_fast.html", page, status=429)
    answer["Retry-After"] = str(seconds)
    return answer


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
