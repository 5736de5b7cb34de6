"""What somebody wants to hear of again: of one message, set and dropped by a form."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from messaging.actions.reminders import GoneMessageError, drop_reminder, set_reminder
from messaging.forms.moment import MomentForm
from messaging.limits import MOST_REMINDERS, FullError
from messaging.log import Refusal
from messaging.models import Conversation
from messaging.moments import when
from messaging.thread.words import WHY
from messaging.views.gate import for_members, membership_of
from messaging.views.messages import page_of
from network.clinicians.requests import ClinicianRequest

FULL = f"{MOST_REMINDERS} messages wait already. Drop one of them under “Later” first."


@for_members
@require_POST
def remind(request: ClinicianRequest, public_id: UUID, seq: int) -> HttpResponse:
    membership, form = membership_of(request, public_id), MomentForm(request.POST)
    if not form.is_valid():
        return page_of(request, membership, seq, moment=form)
    at, conversation = form.cleaned_data["moment"], membership.conversation
    try:
        set_reminder(conversation, seq, at, by=request.user)
        messages.success(request, f"You are reminded {when(at)}.")
    except GoneMessageError:
        messages.warning(request, WHY[Refusal.GONE])
    except FullError:
        form.add_error("when", FULL)
        return page_of(request, membership, seq, moment=form)
    return _back(request, conversation, seq)


@for_members
@require_POST
def forget(request: ClinicianRequest, public_id: UUID, seq: int) -> HttpResponse:
    conversation = membership_of(request, public_id).conversation
    drop_reminder(conversation, seq, by=request.user)
    messages.success(request, "You are not reminded of it any more.")
    return _back(request, conversation, seq)


def _back(
    request: ClinicianRequest, conversation: Conversation, seq: int
) -> HttpResponse:
    if request.POST.get("back") == "later":
        return redirect("messaging:later")
    return redirect(conversation.address_of(seq))
