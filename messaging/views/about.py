"""Who is in a conversation, and what one may change of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from messaging.actions.conversations import close, rename
from messaging.actions.members import add_member, leave, remove_member
from messaging.actions.muting import SPANS, mute, unmute
from messaging.actions.topics import make_topic
from messaging.forms.people import QUIET, TitleForm, TopicForm, named_like
from messaging.holds import STANDS, HeldError
from messaging.limits import MOST_INSIDE, MOST_TOPICS, FullError
from messaging.models import Membership
from messaging.permissions import allowed
from messaging.retention import in_words
from messaging.thread.page import pinned
from messaging.thread.topics import topics_of
from messaging.views.gate import for_members, membership_of, topic_of
from messaging.views.thread import who
from network.clinicians.models import Clinician
from network.clinicians.requests import ClinicianRequest

PAGE = "messaging/about.html"


@for_members
@require_safe
def about(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    return _page(request, membership_of(request, public_id))


@for_members
@require_POST
def look(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    """For somebody to add."""
    membership = membership_of(request, public_id)
    found = named_like(request.clinician, request.POST.get("name", ""))
    inside = membership.conversation.memberships.current().values_list(
        "clinician", flat=True
    )
    others = [one for one in found if one.pk not in set(inside)]
    return _page(request, membership, found=others, is_looking=True)


@for_members
@require_POST
def add(request: ClinicianRequest, public_id: UUID, person: UUID) -> HttpResponse:
    membership = membership_of(request, public_id)
    conversation = membership.conversation
    seen = Clinician.objects.visible_to(request.clinician).verified()
    new = get_object_or_404(seen, public_id=person)
    history = request.POST.get("history") == "with"
    try:
        add_member(conversation, new, with_history=history, by=request.user)
    except FullError:
        return _page(request, membership, most=MOST_INSIDE)
    messages.success(request, f"{new.name} is in the conversation now.")
    return redirect("messaging:about", public_id)


@for_members
@require_POST
def removal(request: ClinicianRequest, public_id: UUID, person: UUID) -> HttpResponse:
    conversation = membership_of(request, public_id).conversation
    inside = Clinician.objects.filter(
        conversation_memberships__in=conversation.memberships.current()
    )
    gone = get_object_or_404(inside, public_id=person)
    remove_member(conversation, gone, by=request.user)
    messages.success(request, f"{gone.name} was removed and can read nothing more.")
    return redirect("messaging:about", public_id)


@for_members
@require_POST
def departure(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    leave(membership_of(request, public_id).conversation, by=request.user)
    messages.success(request, "You have left the conversation.")
    return redirect("messaging:conversations")


@for_members
@require_POST
def closing(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    conversation = membership_of(request, public_id).conversation
    close(conversation, by=request.user)
    return redirect(conversation)


@for_members
@require_POST
def title(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    membership, form = membership_of(request, public_id), TitleForm(request.POST)
    if not form.is_valid():
        return _page(request, membership, naming=form)
    try:
        rename(membership.conversation, form.cleaned_data["title"], by=request.user)
    except HeldError:
        form.add_error("title", STANDS)
        return _page(request, membership, naming=form)
    return redirect("messaging:about", public_id)


@for_members
@require_POST
def topics(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    membership, form = membership_of(request, public_id), TopicForm(request.POST)
    if not form.is_valid():
        return _page(request, membership, making=form)
    conversation, name = membership.conversation, form.cleaned_data["name"]
    try:
        made = make_topic(conversation, name, by=request.user)
    except FullError:
        form.add_error("name", f"A conversation has up to {MOST_TOPICS} topics.")
        return _page(request, membership, making=form)
    where = membership.conversation.get_absolute_url()
    return redirect(f"{where}?topic={made.public_id}")


@for_members
@require_POST
def quiet(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    """For an hour, a day, for good; or not any more."""
    conversation = membership_of(request, public_id).conversation
    span = request.POST.get("quiet", "")
    if span in SPANS:
        mute(conversation, span, by=request.user)
    else:
        unmute(conversation, by=request.user)
    if request.POST.get("back") == "about":
        return redirect("messaging:about", public_id)
    topic = topic_of(conversation, request.POST.get("topic", ""))
    where = conversation.get_absolute_url()
    return redirect(f"{where}?topic={topic.public_id}" if topic else where)


def _page(
    request: ClinicianRequest, membership: Membership, **more: Any
) -> HttpResponse:
    found = membership.conversation
    errors = any(what in more for what in ("naming", "making", "most"))
    context = {
        **who(membership),
        "allowed": allowed(membership.clinician, found),
        "members": found.memberships.current().first_come_first(),
        "pinned": pinned(membership),
        "topics": topics_of(membership),
        "quiet": QUIET.items(),
        "holds": in_words(found.keep_days),
        "naming": TitleForm(initial={"title": found.title}),
        "making": TopicForm(),
        "has_errors": errors,
        **more,
    }
    return render(request, PAGE, context, status=422 if errors else 200)
