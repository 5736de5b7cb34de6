"""What the data keys of a conversation still have to open."""

from collections.abc import Collection
from uuid import UUID

from messaging.models import Conversation, Draft, Message


def still_used(conversation: Conversation, keys: Collection[UUID]) -> set[UUID]:
    """Those by which something of it is sealed; asked before a key may go."""
    log = Message.objects.filter(conversation=conversation, key_id__in=keys)
    begun = Draft.objects.filter(membership__conversation=conversation, key_id__in=keys)
    used = log.values_list("key_id", flat=True).distinct()
    return {*filter(None, used), *begun.values_list("key_id", flat=True)}
