"""Somebody takes a copy of a conversation away, and everybody in it may know."""

from django.db import transaction

from messaging.actions.conversations import users_in
from messaging.actions.lock import locked
from messaging.copies import Part
from messaging.events import ConversationEvent
from messaging.models import Conversation
from messaging.permissions import require
from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.recorder import record


@transaction.atomic
def take_copy(conversation: Conversation, part: Part, *, by: User) -> None:
    """Before it is made: what leaves without a trace is worse than a trace too many."""
    conversation = locked(conversation)
    require("export", by, conversation)

    detail: dict[str, str | int] = {"format": part.format, "part": part.number}
    detail["of"] = part.of
    told = users_in(conversation)
    verb = ConversationEvent.EXPORTED
    record(Actor.of(by), verb, conversation, audience=told, detail=detail)
