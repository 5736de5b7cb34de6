"""For how long messages are kept, and their end."""

from collections.abc import Collection
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from messaging.actions.conversations import users_in
from messaging.actions.expiry import erase_words
from messaging.actions.lock import locked, place_locked
from messaging.actions.scheduling import take_off
from messaging.bodies import key_now, scope_of
from messaging.events import ConversationEvent
from messaging.holds import is_held, under_hold
from messaging.log import Note, write
from messaging.models import Conversation, Draft, Kind, ScheduledMessage
from messaging.permissions import require
from messaging.retention import SPANS, agreed, old_messages
from messaging.retention.keys import still_used
from messaging.retention.reach import before
from messaging.scheduled import opened, seal_scheduled
from messaging.telling import tell
from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.recorder import record
from network.activity.sweeping import one_by_one
from network.privacy.actions import destroy_keys
from network.privacy.data_keys import keys_before

AT_ONCE = 500  # of one conversation
WHY = "retention"


@transaction.atomic
def keep_for(conversation: Conversation, days: int, *, by: User) -> None:
    """What she wishes; between two it holds as far as both do."""
    conversation = locked(conversation)
    who = require("set retention", by, conversation)
    if days not in SPANS:
        raise ValueError("no such span")
    mine = place_locked(who, conversation)
    wish = days or None
    holds = agreed(mine, wish)
    if (mine.keep_days, conversation.keep_days) == (wish, holds):
        return

    mine.keep_days, conversation.keep_days = wish, holds
    mine.save(update_fields=["keep_days"])
    conversation.save(update_fields=["keep_days"])
    entries = write(conversation, [Note(Kind.KEPT, sender=who)])

    told = users_in(conversation)
    detail = {"wished": days, "holds": holds or 0}
    verb = ConversationEvent.RETENTION_SET
    record(Actor.of(by), verb, conversation, audience=told, detail=detail)
    transaction.on_commit(partial(tell, conversation.public_id, entries))


def delete_old_messages() -> int:
    """How many; one transaction a conversation, so that one fault stops no other."""
    kept = Conversation.objects.filter(keep_days__isnull=False)
    free = kept.exclude(pk__in=under_hold()).order_by("pk")
    return one_by_one(free.values_list("pk", flat=True), _delete_all)


def _delete_all(key: int) -> int:
    deleted = 0
    while some := _delete_some(key):
        deleted += some
    _destroy_spent_keys(key)
    return deleted


@transaction.atomic
def _delete_some(key: int) -> int:
    """Their words and those of their edits; what is only begun goes too, and what could
    not be sent at its hour.
    """
    conversation = locked(Conversation(pk=key))
    if (days := conversation.keep_days) is None or is_held(conversation):
        return 0
    seqs = _old(conversation, days)
    begun = _delete_unsent(conversation, before(days))
    if not (seqs or begun):
        return 0

    erase_words(conversation, seqs)
    entries = write(conversation, [Note(Kind.SWEPT, target=seqs[-1])] if seqs else [])

    detail = {"count": len(seqs), "drafts": begun, "days": days}
    verb = ConversationEvent.MESSAGES_DELETED
    record(Actor.system(), verb, conversation, detail=detail)
    if entries:
        transaction.on_commit(partial(tell, conversation.public_id, entries))
    return len(seqs)


def _delete_unsent(conversation: Conversation, until: datetime) -> int:
    here = {"membership__conversation": conversation}
    drafts = Draft.objects.filter(saved_at__lt=until, **here)
    late = list(ScheduledMessage.objects.filter(due_at__lt=until, **here).whole())
    for scheduled in late:
        take_off(scheduled)
    return drafts.delete()[0] + len(late)


def _old(conversation: Conversation, days: int) -> list[int]:
    rows = old_messages(conversation, days).order_by("seq")
    return list(rows.values_list("seq", flat=True)[:AT_ONCE])


@transaction.atomic
def _destroy_spent_keys(key: int) -> int:
    """Of months of which nothing is left: no backup tells what was written then."""
    conversation = locked(Conversation(pk=key))
    if (days := conversation.keep_days) is None or is_held(conversation):
        return 0
    scope = scope_of(conversation.public_id)
    old = keys_before(scope, before(days).date().replace(day=1))
    _seal_anew(conversation, old)
    spent = old - still_used(conversation, old)
    return destroy_keys(scope, only=spent, by=Actor.system(), why=WHY)


def _seal_anew(conversation: Conversation, old: Collection[UUID]) -> None:
    """What is sent later may wait for longer than messages are kept: the keys of their
    months do not wait for it.
    """
    rows = ScheduledMessage.objects.filter(
        membership__conversation=conversation, key_id__in=old
    )
    for waiting in opened(list(rows.whole())):
        if waiting.text is not None:
            key = key_now(conversation.public_id)
            seal_scheduled(waiting.row, waiting.text, key)
            waiting.row.save(update_fields=["key_id", "body"])
