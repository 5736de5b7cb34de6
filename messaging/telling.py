"""After the commit: the room hears what was added, its members' lists hear that."""

import json
from collections.abc import Iterable
from uuid import UUID

from messaging.log import Entry
from messaging.wire import said_of
from network.accounts.models import User
from network.activity import live

CONVERSATIONS = "conversations"  # the topic of her list, and of the number beside it
SCHEDULED = "scheduled"  # the topic of what she sends later


def tell(conversation: UUID, entries: list[Entry]) -> None:
    live.publish(str(conversation), said_of(entries))
    nudge(conversation)


def tell_changed(conversation: UUID, version: int) -> None:
    """Somebody came or went: whoever holds the room looks again who may hear it."""
    live.publish(str(conversation), json.dumps({"changed": version}))


def nudge(conversation: UUID, others: Iterable[User] = ()) -> None:
    members = User.objects.filter(
        clinician__conversation_memberships__conversation__public_id=conversation,
        clinician__conversation_memberships__left_at__isnull=True,
    )
    live.nudge([*members.only("public_id"), *others], [CONVERSATIONS])
