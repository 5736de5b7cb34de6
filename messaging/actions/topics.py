"""Parts of a conversation get a name of their own."""

from functools import partial

from django.db import transaction

from messaging.actions.lock import locked
from messaging.events import ConversationEvent
from messaging.limits import MOST_TOPICS, FullError
from messaging.log import Note, write
from messaging.models import Conversation, Kind, Topic
from messaging.permissions import require
from messaging.telling import tell
from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.recorder import record


@transaction.atomic
def make_topic(conversation: Conversation, name: str, *, by: User) -> Topic:
    conversation = locked(conversation)
    who = require("make a topic", by, conversation)
    if conversation.topics.count() >= MOST_TOPICS:
        raise FullError

    topic = Topic(conversation=conversation)
    topic.name = name
    topic.save(force_insert=True)
    entries = write(conversation, [Note(Kind.TOPIC, sender=who, topic=topic)])

    record(Actor.of(by), ConversationEvent.TOPIC_MADE, conversation)
    transaction.on_commit(partial(tell, conversation.public_id, entries))
    return topic
