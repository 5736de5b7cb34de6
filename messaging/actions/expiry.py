"""Messages that were meant to last for a while."""

from functools import partial

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from messaging.actions.attachments import discard_files
from messaging.actions.lock import locked
from messaging.events import ConversationEvent
from messaging.log import Note, write
from messaging.models import Conversation, Kind, Message
from messaging.telling import tell
from network.activity.actors import Actor
from network.activity.recorder import record

AT_ONCE = 500  # of one conversation


def expire_messages() -> int:
    """How many; one transaction a conversation."""
    due = _due(Message.objects.all()).order_by("conversation")
    keys = due.values_list("conversation", flat=True).distinct()
    return sum(_expire(key) for key in keys)


@transaction.atomic
def _expire(key: int) -> int:
    """Their bodies are erased, those of their edits, and their files; they were hidden
    before.
    """
    conversation = locked(Conversation(pk=key))
    log = Message.objects.filter(conversation=conversation)
    seqs = list(_due(log).order_by("seq").values_list("seq", flat=True)[:AT_ONCE])
    if not seqs:
        return 0

    spoken = Q(seq__in=seqs) | Q(kind=Kind.EDIT, target__in=seqs)
    log.filter(spoken).update(body=None, key_id=None, tokens=None, pinned_at=None)
    discard_files(conversation, seqs)
    entries = write(conversation, [Note(Kind.EXPIRED, target=seq) for seq in seqs])

    count = {"count": len(seqs)}
    verb = ConversationEvent.MESSAGES_EXPIRED
    record(Actor.system(), verb, conversation, detail=count)
    transaction.on_commit(partial(tell, conversation.public_id, entries))
    return len(seqs)


def _due(log: QuerySet[Message]) -> QuerySet[Message]:
    """Edits are due with what they edit, and go with it."""
    over = log.filter(expires_at__lte=timezone.now(), body__isnull=False)
    return over.filter(kind=Kind.MESSAGE)
