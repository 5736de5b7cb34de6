"""Conversations: who is in them, and what was written."""

from messaging.models.attachment import Attachment
from messaging.models.conversation import Conversation
from messaging.models.draft import Draft
from messaging.models.hold import Hold
from messaging.models.manners import Manners
from messaging.models.membership import FOR_GOOD, Membership
from messaging.models.message import Kind, Message
from messaging.models.reminder import Reminder
from messaging.models.scheduled import ScheduledMessage
from messaging.models.topic import Topic
from messaging.models.topic_level import TopicLevel

__all__ = [
    "FOR_GOOD",
    "Attachment",
    "Conversation",
    "Draft",
    "Hold",
    "Kind",
    "Manners",
    "Membership",
    "Message",
    "Reminder",
    "ScheduledMessage",
    "Topic",
    "TopicLevel",
]
