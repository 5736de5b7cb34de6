"""Messages that were meant to last for a while."""

from collections.abc import Collection
from functools import partial

from django.db import transaction
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Least
from django.utils import timezone

from messaging.actions.attachments import discard_files
from messaging.actions.lock import locked
from messaging.events import ConversationEvent
from messaging.holds import is_held, under_hold
from messaging.log import Note, write
from messaging.models import Conversation, Kind, Message
from messaging.telling import tell
from network.activity.actors import Actor
from network.activity.recorder import record
from network.activity.sweeping import one_by_one

AT_ONCE = 500  # of one conversation


def expire_messages() -> int:
    """How many; one transaction a conversation. What is held only stays hidden."""
    free = Message.objects.exclude(conversation__in=under_hold())
    due = _due(free).order_by("conversation")
    keys = due.values_list("conversation", flat=True).distinct()
    return one_by_one(keys, _expire)


@transaction.atomic
def _expire(key: int) -> int:
    """They were hidden before. Of what was recalled it was said then."""
    conversation = locked(Conversation(pk=key))
    due = _due(conversation.log.order_by("seq"))
    recalled = dict(due.values_list("seq", "recalled_at")[:AT_ONCE])
    if not recalled or is_held(conversation):
        return 0

    seqs = list(recalled)
    erase_words(conversation, seqs)
    fresh = [Note(Kind.EXPIRED, target=seq) for seq in seqs if not recalled[seq]]
    entries = write(conversation, fresh)

    count = {"count": len(seqs)}
    verb = ConversationEvent.MESSAGES_EXPIRED
    record(Actor.system(), verb, conversation, detail=count)
    if entries:
        transaction.on_commit(partial(tell, conversation.public_id, entries))
    return len(seqs)


def erase_words(conversation: Conversation, seqs: Collection[int]) -> None:
    """Their bodies, those of their edits, and their files: to whoever reads on they
    have disappeared. Belongs to the transaction of an action that has locked it.
    """
    spoken = Q(seq__in=seqs) | Q(kind=Kind.EDIT, target__in=seqs)
    conversation.log.filter(spoken).update(
        body=None,
        key_id=None,
        tokens=None,
        pinned_at=None,
        expires_at=Least("expires_at", Value(timezone.now())),
    )
    discard_files(conversation, seqs)


def _due(log: QuerySet[Message]) -> QuerySet[Message]:
    """Edits are due with what they edit, and go with it."""
    over = log.filter(expires_at__lte=timezone.now(), body__isnull=False)
    return over.filter(kind=Kind.MESSAGE)
