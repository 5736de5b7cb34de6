"""What the data keys of a conversation still have to open."""

from collections.abc import Collection
from uuid import UUID

from messaging.models import (
    Attachment,
    Conversation,
    Draft,
    Message,
    ScheduledMessage,
)


def still_used(conversation: Conversation, keys: Collection[UUID]) -> set[UUID]:
    """Those by which something of it is sealed; asked before a key may go."""
    log = Message.objects.filter(conversation=conversation, key_id__in=keys)
    hers = {"membership__conversation": conversation, "key_id__in": keys}
    begun, later = Draft.objects.filter(**hers), ScheduledMessage.objects.filter(**hers)
    files = Attachment.objects.filter(conversation=conversation, key_id__in=keys)
    sealed = (log, begun, later, files)
    kept = (rows.values_list("key_id", flat=True) for rows in sealed)
    return {key for some in kept for key in some.distinct() if key}
