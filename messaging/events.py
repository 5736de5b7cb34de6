"""What the trail says of conversations: who was in them, never what was written."""

from enum import StrEnum


class ConversationEvent(StrEnum):
    STARTED = "conversation.started"
    JOINED = "conversation.joined"
    LEFT = "conversation.left"
    REMOVED = "conversation.removed"
    RENAMED = "conversation.renamed"
    TOPIC_MADE = "conversation.topic_made"
    CLOSED = "conversation.closed"
    MESSAGES_EXPIRED = "conversation.messages_expired"
    ERASED = "conversation.erased"
