"""The list of conversations, and one of them."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from messaging.actions.conversations import start_direct
from messaging.limits import seq_in
from messaging.thread.page import page_of, pinned
from messaging.thread.topics import topics_of
from messaging.views.gate import for_members, membership_of, topic_of
from messaging.views.rows import listing
from messaging.views.thread import parts, show, who
from network.clinicians.models import Clinician
from network.clinicians.requests import ClinicianRequest


@for_members
@require_safe
def conversations(request: ClinicianRequest) -> HttpResponse:
    asked = request.GET.get
    page = listing(request.clinician, asked("here", ""), asked("after", ""))
    piece = "messaging/_conversations.html"
    template = piece if request.htmx else "messaging/conversations.html"
    return render(request, template, page)


@for_members
@require_safe
def conversation(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    membership = membership_of(request, public_id)
    before = seq_in(request.GET.get("before", ""))
    topic = topic_of(membership.conversation, request.GET.get("topic", ""))
    if not (request.htmx and before):
        return show(request, membership, topic=topic, before=before)
    page = page_of(membership, topic, before)
    older = {"page": page, "membership": membership, "topic": topic}
    return render(request, "messaging/_older.html", older)


@for_members
@require_safe
def people(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    """Who is in it, and what it is called: a piece of the page."""
    return render(
        request, "messaging/_who.html", who(membership_of(request, public_id))
    )


@for_members
@require_safe
def place(request: ClinicianRequest, public_id: UUID, seq: int) -> HttpResponse:
    """Where it stands in the thread."""
    return redirect(membership_of(request, public_id).conversation.address_of(seq))


@for_members
@require_safe
def bar(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    """What is pinned, and the topics: a piece of the page."""
    membership = membership_of(request, public_id)
    found = membership.conversation
    topic = topic_of(found, request.GET.get("topic", ""))
    shown = {
        **parts(topics_of(membership), topic),
        "conversation": found,
        "pinned": pinned(membership),
    }
    return render(request, "messaging/_bar.html", shown)


@for_members
@require_POST
def direct(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    """The one with this colleague, from her page."""
    seen = Clinician.objects.visible_to(request.clinician).verified()
    others = seen.exclude(pk=request.clinician.pk)
    other = get_object_or_404(others, public_id=public_id)
    return redirect(start_direct(request.clinician, other, by=request.user))
