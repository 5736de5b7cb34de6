"""Of messages that ask to be confirmed: who has done so, and who has not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from messaging.models import Kind, Membership, Message
from messaging.permissions import allowed
from network.clinicians.models import Clinician


@dataclass(frozen=True)
class Confirmed:
    person: Clinician
    at: datetime


@dataclass(frozen=True)
class Asking:
    """Of one message: `waiting` is for whoever wrote it to know."""

    by: datetime
    confirmed: Sequence[Confirmed] = ()
    waiting: Sequence[Clinician] = ()
    asks_me: bool = False

    @property
    def people(self) -> str:
        """Who has confirmed it, by their public ids."""
        return " ".join(str(one.person.public_id) for one in self.confirmed)


def askings(
    mine: Membership, me: Clinician | None, rows: Iterable[Message], upto: int
) -> Mapping[int, Asking]:
    """By their places; asked for only where a message asks. In a copy nobody is me.
    Where nothing can be written any more nobody is waited for.
    """
    asking = [row for row in rows if row.confirm_by is not None]
    if not asking:
        return {}
    log = mine.conversation.log.filter(seq__lte=upto, kind=Kind.CONFIRM)
    words = log.filter(target__in=[row.seq for row in asking], sender__isnull=False)
    said = list(words.select_related("sender").order_by("seq"))
    inside = mine.conversation.memberships.current().first_come_first()
    is_open = "write" in allowed(mine.clinician, mine.conversation)
    members = list(inside) if is_open else []
    return {row.seq: _asking(row, me, said, members) for row in asking}


def _asking(
    row: Message,
    me: Clinician | None,
    said: Iterable[Message],
    members: Iterable[Membership],
) -> Asking:
    assert row.confirm_by is not None  # noqa: S101 it asks
    words = [word for word in said if word.target == row.seq]
    confirmed = [Confirmed(word.sender, word.at) for word in words if word.sender]
    done = {one.person for one in confirmed}
    waiting = [one.clinician for one in members if _is_asked(one, row)]
    waiting = [person for person in waiting if person not in done]
    is_own = me is not None and row.sender == me
    return Asking(
        row.confirm_by, confirmed, waiting if is_own else (), asks_me=me in waiting
    )


def _is_asked(member: Membership, row: Message) -> bool:
    """As `messaging.confirming` has it."""
    was_there = member.joined_at <= row.at and member.from_seq < row.seq
    is_other = row.sender_id is not None and member.clinician_id != row.sender_id
    return was_there and is_other
