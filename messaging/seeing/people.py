"""Who reads a conversation now, and who did before, as far as a member may know."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from messaging.models import Membership, Message
from messaging.models.membership import MembershipQuerySet


@dataclass(frozen=True)
class Reading:
    """One stay of a clinician; no moment if she has opened nothing since she came."""

    membership: Membership
    up_to: datetime | None

    @property
    def has_history(self) -> bool:
        return self.membership.from_seq == 0


def readers(membership: Membership) -> tuple[list[Reading], list[Reading]]:
    """Those of now, and those of before."""
    stays = list(_stays(membership).first_come_first())
    moments = _moments(membership.conversation_id, stays)
    found = [Reading(stay, _up_to(stay, moments)) for stay in stays]
    now = [one for one in found if one.membership.left_at is None]
    return now, [one for one in found if one.membership.left_at is not None]


def _stays(membership: Membership) -> MembershipQuerySet:
    """Whoever came without the history knows of nobody who had gone by then."""
    every = membership.conversation.memberships.all()
    if membership.from_seq:
        since = Q(left_at__isnull=True) | Q(left_at__gte=membership.joined_at)
        every = every.filter(since)
    return every


def _moments(conversation: int, stays: Iterable[Membership]) -> dict[int, datetime]:
    """When that was written up to which they have read."""
    places = {stay.read_seq for stay in stays if stay.read_seq}
    rows = Message.objects.filter(conversation=conversation, seq__in=places)
    return dict(rows.values_list("seq", "at"))


def _up_to(stay: Membership, moments: dict[int, datetime]) -> datetime | None:
    """Her place is the end of the log when she comes: that she has not read."""
    at = moments.get(stay.read_seq)
    return at if at and at >= stay.joined_at else None
