"""The first beat of an action on a conversation."""

from collections.abc import Iterable

from messaging.models import Conversation, Membership
from network.clinicians.models import Clinician


def locked(conversation: Conversation) -> Conversation:
    """Whoever sends to it waits meanwhile, and numbers after what is done here."""
    rows = Conversation.objects.select_for_update(no_key=True)
    return rows.get(pk=conversation.pk)


def place_locked(who: Clinician, conversation: Conversation) -> Membership:
    """Hers in it."""
    inside = conversation.memberships.of(who).select_related("clinician")
    return inside.select_for_update(no_key=True, of=("self",)).get()


def all_locked(keys: Iterable[int]) -> list[Conversation]:
    """In the order in which everybody locks them."""
    rows = Conversation.objects.select_for_update(no_key=True).order_by("pk")
    return list(rows.filter(pk__in=list(keys)))
