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
    GUARD_SET = "conversation.guard_set"
    EXPORTED = "conversation.exported"
    RETENTION_SET = "conversation.retention_set"
    MESSAGES_DELETED = "conversation.messages_deleted"
    MESSAGES_EXPIRED = "conversation.messages_expired"
    ERASED = "conversation.erased"
    FILE_OPENED = "conversation.file_opened"


class HoldEvent(StrEnum):
    """Staff see to it that nothing is destroyed, and that it may be again."""

    SET = "hold.set"
    LIFTED = "hold.lifted"


class ConfirmationEvent(StrEnum):
    """A message asks its readers for a word; never what it says."""

    ASKED = "confirmation.asked"
    MISSED = "confirmation.missed"
    PASSED_ON = "confirmation.passed_on"


class NoticeEvent(StrEnum):
    """What members are told of conversations, and how they want to be told and seen."""

    WAITING = "conversation.waiting"
    CHANGED = "conversation.notices_changed"
    PRESENCE_SET = "conversation.presence_set"


class ReminderEvent(StrEnum):
    """The one whose reminder it is hears of it: of which message, by its number."""

    TOLD = "reminder.told"


class ScheduleEvent(StrEnum):
    """A message that was to be sent later."""

    REFUSED = "message.refused"
