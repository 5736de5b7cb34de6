"""Who comes into a conversation and who goes, each with an entry in its log."""

from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.utils import timezone

from messaging.actions.attachments import discard_unsent
from messaging.actions.conversations import shut
from messaging.actions.lock import locked
from messaging.actions.notices import INSIDE, settle_in
from messaging.actions.scheduling import take_off
from messaging.events import ConversationEvent
from messaging.limits import MOST_INSIDE, FullError
from messaging.log import Note, write
from messaging.models import Conversation, Draft, Kind, Membership
from messaging.permissions import require, require_with
from messaging.telling import nudge, tell, tell_changed
from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.recorder import record
from network.clinicians.models import Clinician

EVENTS = {
    Kind.LEFT: ConversationEvent.LEFT,
    Kind.REMOVED: ConversationEvent.REMOVED,
}


@dataclass(frozen=True)
class By:
    """Who acts: for the trail, and for the log where it is a clinician."""

    actor: Actor
    clinician: Clinician | None = None


@transaction.atomic
def add_member(
    conversation: Conversation, clinician: Clinician, *, with_history: bool, by: User
) -> Membership:
    """Twice is once. Without the history she reads from now on."""
    conversation = locked(conversation)
    who = require("add a member", by, conversation)
    if inside := _inside(conversation, clinician):
        return inside
    require_with("converse", by, clinician)
    if conversation.memberships.current().count() >= MOST_INSIDE:
        raise FullError
    by_whom = By(Actor.of(by), who)
    return let_in(conversation, clinician, with_history=with_history, by=by_whom)


@transaction.atomic
def remove_member(
    conversation: Conversation, clinician: Clinician, *, by: User
) -> None:
    """From its commit on nothing of hers is kept, and nothing reaches her."""
    conversation = locked(conversation)
    by_whom = By(Actor.of(by), require("remove a member", by, conversation))
    if inside := _inside(conversation, clinician):
        put_out(conversation, inside, Kind.REMOVED, by=by_whom)
    hand_on(conversation, by=by_whom)


@transaction.atomic
def leave(conversation: Conversation, *, by: User) -> None:
    """Somebody always leads it; when nobody is left it is closed."""
    conversation = locked(conversation)
    who = require("leave", by, conversation)
    by_whom = By(Actor.of(by), who)
    if inside := _inside(conversation, who):
        put_out(conversation, inside, Kind.LEFT, by=by_whom)
    hand_on(conversation, by=by_whom)


def let_in(
    conversation: Conversation, clinician: Clinician, *, with_history: bool, by: By
) -> Membership:
    """Belongs to the transaction of an action that has locked and required. Nobody
    gives more of the history than she has herself.
    """
    first = _first_of(conversation, by.clinician)
    membership = Membership.objects.create(
        conversation=conversation,
        clinician=clinician,
        from_seq=first if with_history else conversation.last_seq,
        read_seq=conversation.last_seq,
        read_ordinal=conversation.last_ordinal,
        told_ordinal=conversation.last_ordinal,
    )
    _note(conversation, Note(Kind.JOINED, by.clinician, about=clinician))
    told = [clinician.user] if clinician.user else []
    record(by.actor, ConversationEvent.JOINED, conversation, notify=told)
    return membership


def put_out(
    conversation: Conversation, membership: Membership, how: Kind, *, by: By
) -> None:
    """The same for who goes; what she had begun to write goes with her, and of what she
    wanted to be reminded. What she was told of it leads nowhere any more: it is read.
    """
    membership.left_at = timezone.now()
    membership.save(update_fields=["left_at"])
    clinician = membership.clinician
    Draft.objects.filter(membership=membership).delete()
    membership.reminders.all().delete()
    for scheduled in membership.scheduled.whole():
        take_off(scheduled)
    settle_in(membership, *INSIDE)
    discard_unsent(conversation, clinician)
    _note(conversation, Note(how, by.clinician, about=clinician))
    told = [clinician.user] if clinician.user else []
    record(by.actor, EVENTS[how], conversation, audience=told)
    transaction.on_commit(partial(nudge, conversation.public_id, told))


def hand_on(conversation: Conversation, *, by: By) -> None:
    """If nobody leads it any more, to whoever has been in it longest: of those who may
    act now, as long as there are any.
    """
    inside = conversation.memberships.current()
    by_age = inside.first_come_first()
    acting = by_age.filter(clinician__in=Clinician.objects.verified())
    eldest = acting.first() or by_age.first()
    if eldest is None:
        shut(conversation, by=by.actor, who=by.clinician)
    elif not inside.filter(role=Membership.Role.OWNER).exists():
        eldest.role = Membership.Role.OWNER
        eldest.save(update_fields=["role"])


def _note(conversation: Conversation, note: Note) -> None:
    """The room hears who came or went before it hears that it should look again."""
    entries = write(conversation, [note])
    conversation.access_version += 1
    conversation.save(update_fields=["access_version"])
    room, version = conversation.public_id, conversation.access_version
    transaction.on_commit(partial(tell, room, entries))
    transaction.on_commit(partial(tell_changed, room, version))


def _first_of(conversation: Conversation, giver: Clinician | None) -> int:
    given = conversation.memberships.current().filter(clinician=giver)
    return given.values_list("from_seq", flat=True).first() or 0


def _inside(conversation: Conversation, clinician: Clinician) -> Membership | None:
    """All who are in it are held, in their order and before anything is recorded: the
    lead may pass to any of them.
    """
    inside = conversation.memberships.current()
    held = inside.select_for_update(no_key=True, of=("self",)).order_by("pk")
    everybody = held.select_related("clinician__user")
    return next((one for one in everybody if one.clinician == clinician), None)
