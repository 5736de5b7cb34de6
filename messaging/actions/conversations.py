"""Conversations begin, get a title, and are closed."""

from collections.abc import Iterable, Sequence
from functools import partial

from django.db import transaction
from django.utils import timezone

from messaging.actions.lock import locked
from messaging.events import ConversationEvent
from messaging.holds import HeldError, is_held
from messaging.log import Note, write
from messaging.models import Conversation, Kind, Membership
from messaging.permissions import require, require_with
from messaging.telling import nudge, tell
from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.recorder import record
from network.clinicians.models import Clinician


@transaction.atomic
def start_direct(me: Clinician, other: Clinician, *, by: User) -> Conversation:
    """The one between the two: two who start it at once get the same."""
    require_with("converse", by, other)
    first, second = sorted((me.pk, other.pk))
    wanted = Conversation(kind=Conversation.Kind.DIRECT, pair=f"{first}:{second}")
    Conversation.objects.bulk_create([wanted], ignore_conflicts=True)
    rows = Conversation.objects.select_for_update(no_key=True)
    conversation = rows.get(pair=wanted.pair)
    if conversation.memberships.exists():
        return conversation

    _seat(conversation, [me, other])

    _begin(conversation, [me, other], by)
    return conversation


@transaction.atomic
def start_conversation(
    owner: Clinician, members: Sequence[Clinician], *, title: str, by: User
) -> Conversation:
    """Among colleagues whom she may see."""
    people = list(dict.fromkeys(members))
    for member in people:
        require_with("converse", by, member)

    conversation = Conversation(kind=Conversation.Kind.MANY)
    conversation.title = title
    conversation.save(force_insert=True)
    _seat(conversation, [owner], Membership.Role.OWNER)
    _seat(conversation, people)

    _begin(conversation, [owner, *people], by)
    return conversation


@transaction.atomic
def attach_conversation(members: Iterable[Clinician], *, by: User) -> Conversation:
    """Of something else, by whose action alone members come and go (`let_in`)."""
    people = list(dict.fromkeys(members))
    conversation = Conversation.objects.create(kind=Conversation.Kind.ATTACHED)
    _seat(conversation, people)
    _begin(conversation, people, by)
    return conversation


@transaction.atomic
def rename(conversation: Conversation, title: str, *, by: User) -> None:
    """The old title is gone then: not while a legal hold keeps it."""
    conversation = locked(conversation)
    who = require("rename", by, conversation)
    if conversation.title == title:
        return
    if conversation.title and is_held(conversation):
        raise HeldError

    conversation.title = title
    conversation.save(update_fields=["title"])
    entries = write(conversation, [Note(Kind.TITLED, sender=who)])

    record(Actor.of(by), ConversationEvent.RENAMED, conversation)
    transaction.on_commit(partial(tell, conversation.public_id, entries))


@transaction.atomic
def close(conversation: Conversation, *, by: User) -> None:
    """Everybody may read on, nobody writes any more. Twice is once."""
    conversation = locked(conversation)
    verb = "read" if conversation.is_closed else "close"
    who = require(verb, by, conversation)
    shut(conversation, by=Actor.of(by), who=who)


def shut(
    conversation: Conversation, *, by: Actor, who: Clinician | None = None
) -> None:
    """Belongs to the transaction of an action that has locked it. Twice is once; the
    log names who did it, where it is a clinician.
    """
    if conversation.is_closed:
        return
    conversation.closed_at = timezone.now()
    conversation.save(update_fields=["closed_at"])
    entries = write(conversation, [Note(Kind.CLOSED, sender=who)])

    record(by, ConversationEvent.CLOSED, conversation, audience=users_in(conversation))
    transaction.on_commit(partial(tell, conversation.public_id, entries))


def _seat(
    conversation: Conversation,
    people: Iterable[Clinician],
    role: Membership.Role = Membership.Role.MEMBER,
) -> None:
    Membership.objects.bulk_create(
        Membership(conversation=conversation, clinician=person, role=role)
        for person in people
    )


def _begin(conversation: Conversation, people: list[Clinician], by: User) -> None:
    told = [person.user for person in people if person.user]
    record(Actor.of(by), ConversationEvent.STARTED, conversation, audience=told)
    transaction.on_commit(partial(nudge, conversation.public_id))


def users_in(conversation: Conversation) -> list[User]:
    inside = conversation.memberships.current()
    return list(User.objects.filter(clinician__conversation_memberships__in=inside))
