"""Somebody is forgotten: what becomes of the conversations she was in."""

from django.db import transaction

from messaging.actions.conversations import shut
from messaging.actions.lock import all_locked
from messaging.actions.members import By, hand_on, put_out
from messaging.bodies import scope_of
from messaging.events import ConversationEvent
from messaging.holds import under_hold
from messaging.models import Conversation, Hold, Kind, Membership
from network.activity.actors import Actor
from network.activity.recorder import record
from network.clinicians.models import Clinician
from network.privacy.actions import destroy_keys

WHY = "account erased"


@transaction.atomic
def leave_every_conversation(clinician: Clinician) -> bool:
    """Before she is erased. What she wrote stays with those whom she wrote to, as a
    former colleague's; where nobody is left to read it, it is destroyed.

    Whether that was done: nothing is while a legal hold stands on her, or on a
    conversation in which she ever was.
    """
    hers = Membership.objects.filter(clinician=clinician)
    conversations = all_locked(hers.values_list("conversation", flat=True))
    if _is_kept(clinician, conversations):
        return False
    clinician.holds.all().delete()
    inside = Membership.objects.current().filter(conversation__in=conversations)
    rows = inside.select_for_update(no_key=True).order_by("pk")
    memberships = {
        row.conversation_id: row for row in rows if row.clinician_id == clinician.pk
    }
    for conversation in conversations:
        if leaving := memberships.get(conversation.pk):
            put_out(conversation, leaving, Kind.LEFT, by=By(Actor.system()))
        _settle(conversation, was_inside=leaving is not None)
    return True


def _is_kept(clinician: Clinician, conversations: list[Conversation]) -> bool:
    keys = [conversation.pk for conversation in conversations]
    on_her = Hold.objects.standing().filter(clinician=clinician)
    return on_her.exists() or under_hold().filter(pk__in=keys).exists()


def _settle(conversation: Conversation, *, was_inside: bool) -> None:
    """Where she had been before, and nobody is any more, her words are not left behind
    either. What is attached to something else goes on as that does.
    """
    if not conversation.memberships.current().exists():
        _destroy(conversation)
    elif not was_inside or conversation.kind == Conversation.Kind.ATTACHED:
        return
    elif conversation.is_direct:
        shut(conversation, by=Actor.system())
    else:
        hand_on(conversation, by=By(Actor.system()))


def _destroy(conversation: Conversation) -> None:
    """With its keys: no backup tells what was written."""
    record(Actor.system(), ConversationEvent.ERASED, conversation)
    destroy_keys(scope_of(conversation.public_id), by=Actor.system(), why=WHY)
    conversation.holds.all().delete()
    conversation.delete()
