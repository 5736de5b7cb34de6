"""Messages that ask to be confirmed, and whom each of them still waits for.

Who was in the conversation when it was written is asked, as long as she is in it. It
waits for nobody once it is gone, or nothing can be written there any more.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from messaging.models import Conversation, Kind, Membership, Message
from network.clinicians.models import Block


def asked_in(places: Iterable[int]) -> set[int]:
    """In which of these memberships something waits for their members."""
    found = Membership.objects.filter(pk__in=list(places))
    asked = found.filter(Exists(unconfirmed(timezone.now())))
    return set(asked.values_list("pk", flat=True))


def unconfirmed(now: datetime) -> QuerySet[Message]:
    """What waits for the member of an outer membership."""
    her = OuterRef("clinician")
    word = Message.objects.filter(
        conversation=OuterRef("conversation"),
        target=OuterRef("seq"),
        kind=Kind.CONFIRM,
        sender=OuterRef(her),
    )
    return (
        Message.objects.filter(
            Q(expires_at__isnull=True) | Q(expires_at__gt=now),
            conversation=OuterRef("conversation"),
            conversation__closed_at__isnull=True,
            confirm_by__isnull=False,
            sender__isnull=False,
            recalled_at__isnull=True,
            body__isnull=False,
            seq__gt=OuterRef("from_seq"),
            at__gte=OuterRef("joined_at"),
        )
        .exclude(sender=her)
        .exclude(Exists(word))
        .exclude(Exists(_blocks()), conversation__kind=Conversation.Kind.DIRECT)
    )


def _blocks() -> QuerySet[Block]:
    """Between the sender and the member, either way."""
    sender, her = OuterRef("sender"), OuterRef(OuterRef("clinician"))
    return Block.objects.filter(
        Q(blocker=sender, blocked=her) | Q(blocker=her, blocked=sender)
    )
