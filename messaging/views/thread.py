"""What the page of a conversation shows, put together."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from messaging.attachments import unsent_files
from messaging.confirming import away_today
from messaging.drafts import draft_of
from messaging.forms.message import MessageForm, blank_form
from messaging.forms.people import QUIET
from messaging.guarding import Looked
from messaging.limits import seq_in
from messaging.models import Kind, Membership, Message, Topic
from messaging.permissions import allowed
from messaging.scheduled import said_of, scheduled_by
from messaging.thread.asking import Asking
from messaging.thread.lines import Chosen, Line
from messaging.thread.page import page_of, pinned, quoted
from messaging.thread.topics import TopicLine, topics_of, with_news
from messaging.thread.words import GONE, NOTES, REACTIONS
from messaging.views.rows import listing, members_of, title_of
from messaging.views.waiting import NONE, Tried, sending_of
from network.clinicians.models import Clinician
from network.clinicians.requests import ClinicianRequest

PAGE = "messaging/conversation.html"


def show(
    request: ClinicianRequest,
    membership: Membership,
    *,
    form: MessageForm | None = None,
    looked: Looked | None = None,
    topic: Topic | None = None,
    before: int | None = None,
) -> HttpResponse:
    """With a form that needs another look, if there is one."""
    found, known = membership.conversation, who(membership)
    lines, may = topics_of(membership), allowed(membership.clinician, found)
    topics = [line.topic for line in lines]
    context = {
        **known,
        **_blanks(membership),
        **listing(request.clinician, str(found.public_id)),
        "page": page_of(membership, topic, before),
        "pinned": pinned(membership),
        "allowed": may,
        "quiet": QUIET.items(),
        **(_others(known["people"], membership) if "write" in may else {}),
        **parts(lines, topic),
        "quote": quoted(membership, seq_in(request.GET.get("reply", ""))),
        "form": form or _form(request, membership, topics, topic),
        "looked": looked,
        "unsent": unsent_files(found, membership.clinician),
        **waiting_in(membership),
    }
    return render(request, PAGE, context, status=422 if form else 200)


def who(membership: Membership) -> dict[str, Any]:
    found = membership.conversation
    members = members_of([membership])[found.pk]
    return {
        "conversation": found,
        "membership": membership,
        "people": members,
        "title": title_of(found, members, membership.clinician),
    }


def waiting_in(membership: Membership, tried: Tried = NONE) -> dict[str, Any]:
    """What she sends here later."""
    found = scheduled_by(membership.clinician, membership.conversation)
    scheduled = [sending_of(one, tried) for one in found]
    return {"scheduled": scheduled, "waiting": said_of(found), "tried": tried}


def parts(lines: list[TopicLine], topic: Topic | None) -> dict[str, Any]:
    """The topics, and which of them is read by itself."""
    return {"topics": lines, "news": with_news(lines), "topic": topic}


def _others(people: list[Clinician], membership: Membership) -> dict[str, Any]:
    """Whom she may block from here, the one whom she writes to alone; and whoever is
    away today, where she might ask for a word of them.
    """
    me = membership.clinician
    others = [one for one in people if one != me]
    is_pair = membership.conversation.is_direct and others
    return {
        "other": others[0] if is_pair else None,
        "away": away_today(others, me).order_by("clinician__name", "-ends_on"),
    }


def _form(
    request: ClinicianRequest,
    membership: Membership,
    topics: list[Topic],
    topic: Topic | None,
) -> MessageForm:
    """With what she had begun to write, and what it answers."""
    body = draft_of(membership.clinician, membership.conversation, topic)
    answered = seq_in(request.GET.get("reply", ""))
    return blank_form(
        topics,
        body=body,
        reply_to=answered,
        topic=topic and topic.public_id,
        expires_in=request.GET.get("stays", ""),
        confirm_in=request.GET.get("confirm", ""),
    )


def _blanks(membership: Membership) -> dict[str, Any]:
    """What the page's script fills in where something new comes."""
    message = Message(
        conversation=membership.conversation,
        seq=0,
        kind=Kind.MESSAGE,
        at=timezone.now(),
        mentions=[],
    )
    return {
        "blank": Line(message, membership.clinician, body=""),
        "asking": Line(message, membership.clinician, asking=Asking(message.at)),
        "reactions": [Chosen(shown, [], is_mine=False) for shown in REACTIONS.values()],
        "zone": timezone.get_current_timezone_name(),
        "notes": NOTES | {"recall": GONE["recalled"], "expired": GONE["disappeared"]},
    }
