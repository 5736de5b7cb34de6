"""Two people who shall not find each other."""

from django.db import transaction

from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.recorder import record
from network.clinicians.actions.lock import lock
from network.clinicians.events import ClinicianEvent
from network.clinicians.models import Block, Clinician
from network.clinicians.permissions import require


@transaction.atomic
def block_colleague(blocker: Clinician, blocked: Clinician, *, by: User) -> Block:
    """Recorded about the blocker alone: the other's trail does not tell on her."""
    lock(blocker)
    if block := Block.objects.filter(blocker=blocker, blocked=blocked).first():
        return block  # pressed twice
    require("block", by, blocked)

    block = Block.objects.create(blocker=blocker, blocked=blocked)

    record(Actor.of(by), ClinicianEvent.BLOCKED, blocker)
    return block


@transaction.atomic
def unblock_colleague(block: Block, *, by: User) -> None:
    lock(block.blocker)
    require("unblock", by, block.blocked)
    block.delete()
    record(Actor.of(by), ClinicianEvent.UNBLOCKED, block.blocker)
