"""What follows in a conversation from words that tell who somebody is."""

from functools import partial

from django.db import transaction

from messaging.actions.lock import locked
from messaging.events import ConversationEvent
from messaging.log import Note, write
from messaging.models import Conversation, Kind
from messaging.permissions import require
from messaging.telling import tell
from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.recorder import record


@transaction.atomic
def set_guard(
    conversation: Conversation, level: Conversation.Guarding, *, by: User
) -> None:
    """From its commit on; everybody in the conversation sees that it changed."""
    conversation = locked(conversation)
    who = require("set the guard", by, conversation)
    if conversation.guarding == level:
        return

    conversation.guarding = level
    conversation.save(update_fields=["guarding"])
    entries = write(conversation, [Note(Kind.GUARDED, sender=who)])

    detail: dict[str, str | int] = {"level": level.value}
    record(Actor.of(by), ConversationEvent.GUARD_SET, conversation, detail=detail)
    transaction.on_commit(partial(tell, conversation.public_id, entries))
