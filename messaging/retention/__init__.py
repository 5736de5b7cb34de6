"""For how long the messages of a conversation are kept."""

from messaging.retention.reach import Reach, old_messages, reach
from messaging.retention.spans import SPANS, agreed, in_words

__all__ = ["SPANS", "Reach", "agreed", "in_words", "old_messages", "reach"]
