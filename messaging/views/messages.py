"""What is done with messages by forms; a page's script says the same on the socket."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from messaging.actions.drafts import save_draft
from messaging.actions.scheduling import schedule_message
from messaging.forms.message import (
    BodyForm,
    DraftForm,
    MessageForm,
    ReactionForm,
    SeqForm,
)
from messaging.forms.moment import MomentForm
from messaging.guarding import REFUSALS
from messaging.limits import MOST_SCHEDULED, FullError
from messaging.log import Outcome, Refusal, Refused, Submission
from messaging.models import Conversation, Kind, Membership
from messaging.moments import when
from messaging.permissions import allowed_on_message
from messaging.sending import read_up_to, send
from messaging.thread.lines import Chosen, Line
from messaging.thread.page import one
from messaging.thread.words import REACTIONS, WHY
from messaging.views.files import files
from messaging.views.gate import for_members, membership_of, topic_of
from messaging.views.guarding import look, reason_in
from messaging.views.thread import show, who
from network.clinicians.models import Clinician
from network.clinicians.requests import ClinicianRequest

PAGE = "messaging/message.html"
PLAIN = "text/plain; charset=utf-8"
FULL = f"{MOST_SCHEDULED} messages wait already. Send or delete one of them first."


@for_members
@require_POST
def new(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    if request.FILES:  # chosen, and not attached yet: first they are looked through
        return files(request, public_id)
    membership = membership_of(request, public_id)
    conversation = membership.conversation
    form = MessageForm(list(conversation.topics.all()), request.POST)
    if not form.is_valid():
        return _again(request, membership, form)
    asked = _submission(request, conversation, form, who(membership)["people"])
    if "moment" in form.cleaned_data:
        return _later(request, membership, form, asked)
    outcome = send(asked, form.cleaned_data["body"], reason=reason_in(request))
    if isinstance(outcome, Refused):
        return _refused(request, membership, form, outcome.code)
    _empty(request, conversation, asked)
    return redirect(f"{conversation.get_absolute_url()}#m{outcome.entry.seq}")


def _later(
    request: ClinicianRequest,
    membership: Membership,
    form: MessageForm,
    asked: Submission,
) -> HttpResponse:
    said, reason = form.cleaned_data, reason_in(request)
    try:
        outcome = schedule_message(
            asked, said["body"], at=said["moment"], reason=reason, by=request.user
        )
    except FullError:
        form.add_error("when", FULL)
        return _again(request, membership, form)
    if isinstance(outcome, Refused):
        return _refused(request, membership, form, outcome.code)
    told = f"It is sent {when(outcome.due_at)}."
    if request.htmx:
        # Its script keeps the draft, of the box and not of the topic that was chosen.
        return HttpResponse(told, content_type=PLAIN)
    _empty(request, membership.conversation, asked)
    messages.success(request, told)
    return redirect(membership.conversation)


def _empty(
    request: ClinicianRequest, conversation: Conversation, asked: Submission
) -> None:
    """What she had begun to write is sent."""
    topic = topic_of(conversation, str(asked.topic or ""))
    save_draft(conversation, "", by=request.user, topic=topic)


def _again(
    request: ClinicianRequest, membership: Membership, form: MessageForm, **more: Any
) -> HttpResponse:
    """With what she wrote; the page's script has that, and hears what is amiss."""
    if not request.htmx:
        return show(request, membership, form=form, **more)
    said = " ".join(str(error) for errors in form.errors.values() for error in errors)
    return HttpResponse(said, status=422, content_type=PLAIN)


def _submission(
    request: ClinicianRequest,
    conversation: Conversation,
    form: MessageForm,
    people: list[Clinician],
) -> Submission:
    said = form.cleaned_data
    return Submission(
        conversation=conversation.public_id,
        person=request.user.public_id,
        kind=Kind.MESSAGE,
        client_id=said["client_id"],
        reply_to=said["reply_to"],
        topic=said["topic"],
        expires_in=said["expires_in"],
        confirm_in=said["confirm_in"],
        files=said["files"],
        mentions=form.mentioned(people),
    )


def _refused(
    request: ClinicianRequest, membership: Membership, form: MessageForm, code: Refusal
) -> HttpResponse:
    """With what she wrote. Where it cannot be sent later either, it is a draft now."""
    conversation, said, topic = membership.conversation, form.cleaned_data, None
    if code == Refusal.CLOSED:
        topic = topic_of(conversation, str(said["topic"] or ""))
        save_draft(conversation, said["body"], by=request.user, topic=topic)
    form.add_error("body", WHY[code])
    looked = look(request, conversation)
    return _again(request, membership, form, looked=looked, topic=topic)


@for_members
@require_safe
def message(request: ClinicianRequest, public_id: UUID, seq: int) -> HttpResponse:
    """One of them: what can be done with it, and what it said before."""
    return page_of(request, membership_of(request, public_id), seq)


@for_members
@require_POST
def body(request: ClinicianRequest, public_id: UUID, seq: int) -> HttpResponse:
    membership, form = membership_of(request, public_id), BodyForm(request.POST)
    if not form.is_valid():
        return page_of(request, membership, seq, form)
    asked = _about(
        request, membership.conversation, Kind.EDIT, _target(membership, seq)
    )
    outcome = send(asked, form.cleaned_data["body"], reason=reason_in(request))
    if isinstance(outcome, Refused) and outcome.code in REFUSALS:
        form.add_error("body", WHY[outcome.code])
        return page_of(request, membership, seq, form)
    return _done(request, membership, seq, outcome)


@for_members
@require_POST
def recall(request: ClinicianRequest, public_id: UUID, seq: int) -> HttpResponse:
    return _act(request, membership_of(request, public_id), Kind.RECALL, seq)


@for_members
@require_POST
def pin(request: ClinicianRequest, public_id: UUID, seq: int) -> HttpResponse:
    return _act(request, membership_of(request, public_id), Kind.PIN, seq)


@for_members
@require_POST
def unpin(request: ClinicianRequest, public_id: UUID, seq: int) -> HttpResponse:
    return _act(request, membership_of(request, public_id), Kind.UNPIN, seq)


@for_members
@require_POST
def confirmation(request: ClinicianRequest, public_id: UUID, seq: int) -> HttpResponse:
    return _act(request, membership_of(request, public_id), Kind.CONFIRM, seq)


@for_members
@require_POST
def reactions(request: ClinicianRequest, public_id: UUID, seq: int) -> HttpResponse:
    membership, form = membership_of(request, public_id), ReactionForm(request.POST)
    if not form.is_valid():
        raise Http404("no reaction of ours")
    said = form.cleaned_data["reaction"]
    return _act(request, membership, Kind.REACTION, seq, detail=said)


@for_members
@require_POST
def reading(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    conversation = membership_of(request, public_id).conversation
    form = SeqForm(request.POST)
    if form.is_valid():
        read_up_to(conversation, form.cleaned_data["seq"], by=request.user)
    return redirect(conversation)


@for_members
@require_POST
def draft(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    """Asked for by the page's script, a moment after she stops writing; and by a form,
    to throw away what is left in a conversation that was closed.
    """
    conversation = membership_of(request, public_id).conversation
    form = DraftForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    topic = topic_of(conversation, request.POST.get("topic", ""))
    save_draft(conversation, form.cleaned_data["body"], by=request.user, topic=topic)
    if "back" not in request.POST:
        return HttpResponse(status=204)
    about = f"?topic={topic.public_id}" if topic else ""
    return redirect(f"{conversation.get_absolute_url()}{about}")


def _act(
    request: ClinicianRequest,
    membership: Membership,
    kind: Kind,
    seq: int,
    *,
    detail: str = "",
) -> HttpResponse:
    """Something about a message; then it is shown in its place."""
    target = _target(membership, seq)
    asked = _about(request, membership.conversation, kind, target)
    return _done(request, membership, seq, send(replace(asked, detail=detail)))


def _target(membership: Membership, seq: int) -> int:
    line, _ = one(membership, seq)
    return line.seq


def _about(
    request: ClinicianRequest, conversation: Conversation, kind: Kind, target: int
) -> Submission:
    return Submission(
        conversation=conversation.public_id,
        person=request.user.public_id,
        kind=kind,
        client_id=uuid4(),
        target=target,
    )


def _done(
    request: ClinicianRequest, membership: Membership, seq: int, outcome: Outcome
) -> HttpResponse:
    if isinstance(outcome, Refused):
        messages.warning(request, WHY[outcome.code])
    return redirect(membership.conversation.address_of(seq))


def page_of(
    request: ClinicianRequest,
    membership: Membership,
    seq: int,
    form: BodyForm | None = None,
    *,
    moment: MomentForm | None = None,
) -> HttpResponse:
    """With a form that needs another look, if there is one."""
    line, reader = one(membership, seq)
    context = {
        **who(membership),
        "line": line,
        "history": reader.bodies.history(line.message) if line.is_edited else (),
        "allowed": allowed_on_message(membership.clinician, line.message),
        "form": form or BodyForm(initial={"body": line.body}),
        "looked": look(request, membership.conversation) if form else None,
        "choices": _choices(line),
        "reminder": membership.reminders.filter(seq=seq).first(),
        "moment": moment or MomentForm(),
        "has_moment": moment is not None,
    }
    return render(request, PAGE, context, status=422 if form or moment else 200)


def _choices(line: Line) -> list[Chosen]:
    """All six, whether anybody chose them or not."""
    made = {one.shown.code: one for one in line.reactions}
    return [
        made.get(code, Chosen(shown, [], is_mine=False))
        for code, shown in REACTIONS.items()
    ]
