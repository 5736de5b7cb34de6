"""Staff keep what the law wants kept; somebody else of them ends it."""

from django.db import transaction
from django.utils import timezone

from messaging.actions.lock import all_locked, locked
from messaging.events import HoldEvent
from messaging.holds import conversations_of
from messaging.holds.permissions import require
from messaging.models import Conversation, Hold
from network.accounts.models import User
from network.accounts.permissions import require_power
from network.activity.actors import Actor
from network.activity.recorder import record
from network.clinicians.actions.lock import lock
from network.clinicians.models import Clinician


@transaction.atomic
def hold_conversation(
    conversation: Conversation, *, ground: str, matter: str, by: User
) -> Hold:
    """From its commit on nothing of it is destroyed, by anybody. Twice is once."""
    conversation = locked(conversation)
    require_power("hold", by)
    return _set(Hold(conversation=conversation), ground, matter, by)


@transaction.atomic
def hold_person(clinician: Clinician, *, ground: str, matter: str, by: User) -> Hold:
    """All conversations in which she is, ever was, or will be while it stands."""
    lock(clinician)
    hold = Hold(clinician=clinician)
    all_locked(conversations_of(hold).values_list("pk", flat=True))
    require_power("hold", by)
    return _set(hold, ground, matter, by)


@transaction.atomic
def lift_hold(hold: Hold, *, why: str, by: User) -> None:
    """What was due while it stood goes with the next sweeps."""
    hold = Hold.objects.select_for_update(no_key=True).get(pk=hold.pk)
    require("lift a hold", by, hold)

    hold.lifted_at, hold.lifted_by = timezone.now(), by
    hold.save(update_fields=["lifted_at", "lifted_by"])

    record(Actor.staff(by), HoldEvent.LIFTED, hold, why=why)


def _set(hold: Hold, ground: str, matter: str, by: User) -> Hold:
    same = Hold.objects.standing().filter(
        conversation=hold.conversation, clinician=hold.clinician, ground=ground
    )
    for known in same:
        if known.matter == matter:
            return known
    hold.ground, hold.matter, hold.set_by = ground, matter, by
    hold.save(force_insert=True)
    record(Actor.staff(by), HoldEvent.SET, hold, why=ground)
    return hold
