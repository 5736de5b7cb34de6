"""All of somebody's conversations: the list of them, and what is unread in all."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Count, F, Q, Sum, Window
from django.db.models.functions import Coalesce, Greatest, RowNumber

from messaging.bodies import keys_of
from messaging.log import Entry, entry_of
from messaging.models import Conversation, Kind, Membership, Message
from messaging.thread.shown import words_of
from network.clinicians.models import Clinician

SIZE = 50
FACES = 4  # whose names stand for a conversation without a title


@dataclass(frozen=True)
class Row:
    """A line of the list. No `last` when nothing was written that she may read, and no
    text in it when that is gone.
    """

    membership: Membership
    others: tuple[Clinician, ...]  # a few of them
    members: int
    last: "Last | None"

    @property
    def conversation(self) -> Conversation:
        return self.membership.conversation

    @property
    def unread(self) -> int:
        return self.membership.unread


@dataclass(frozen=True)
class Last:
    sender: Clinician | None
    is_mine: bool
    text: str | None


def overview(clinician: Clinician, *, size: int = SIZE, start: int = 0) -> list[Row]:
    """The last active first."""
    if not clinician.is_verified:
        return []
    mine = Membership.objects.of(clinician)
    active = Coalesce("conversation__last_message_at", "conversation__created_at")
    rows = mine.select_related("conversation").order_by(active.desc(), "-pk")
    return rows_of(list(rows[start : start + size]), clinician)


def rows_of(memberships: Sequence[Membership], clinician: Clinician) -> list[Row]:
    keys = [one.conversation_id for one in memberships]
    faces, counts = _faces(keys, clinician), _counts(keys)
    last = _last(memberships, clinician)
    return [
        Row(
            one,
            tuple(faces[one.conversation_id]),
            counts.get(one.conversation_id, 0),
            last.get(one.conversation_id),
        )
        for one in memberships
    ]


def unread_total(clinician: Clinician) -> int:
    """Over all of her conversations: one query over her memberships."""
    if not clinician.is_verified:
        return 0
    unread = Greatest(F("conversation__last_ordinal") - F("read_ordinal"), 0)
    mine = Membership.objects.of(clinician)
    return int(mine.aggregate(total=Coalesce(Sum(unread), 0))["total"])


def _faces(keys: list[int], clinician: Clinician) -> dict[int, list[Clinician]]:
    place = Window(
        RowNumber(), partition_by="conversation", order_by=("joined_at", "pk")
    )
    inside = Membership.objects.current().filter(conversation__in=keys)
    others = inside.exclude(clinician=clinician)
    rows = others.annotate(place=place).filter(place__lte=FACES)
    found: dict[int, list[Clinician]] = defaultdict(list)
    for row in rows.select_related("clinician").order_by("place"):
        found[row.conversation_id].append(row.clinician)
    return found


def _counts(keys: list[int]) -> dict[int, int]:
    inside = Membership.objects.current().filter(conversation__in=keys)
    return dict(inside.values_list("conversation").annotate(Count("pk")))


def _last(memberships: Iterable[Membership], clinician: Clinician) -> dict[int, Last]:
    """Two queries: the newest message of each, and its edits."""
    hidden = {one.conversation_id: one.from_seq for one in memberships}
    rows = Message.objects.filter(
        conversation__in=hidden,
        kind=Kind.MESSAGE,
        ordinal=F("conversation__last_ordinal"),
    ).select_related("conversation", "sender", "topic")
    seen = [row for row in rows if row.seq > hidden[row.conversation_id]]
    edits = _edits(seen)
    keys = keys_of([*map(entry_of, seen), *edits.values()])
    return {
        row.conversation_id: Last(
            row.sender,
            row.sender_id == clinician.pk,
            words_of(row, edits.get(row.conversation_id), keys),
        )
        for row in seen
    }


def _edits(rows: list[Message]) -> dict[int, Entry]:
    """The newest of each row, by its conversation."""
    targets = [Q(conversation=row.conversation_id, target=row.seq) for row in rows]
    if not targets:
        return {}
    found = Message.objects.filter(
        reduce(or_, targets), kind=Kind.EDIT, body__isnull=False
    )
    edits = found.select_related("conversation", "sender", "topic").order_by("seq")
    return {edit.conversation_id: entry_of(edit) for edit in edits}
