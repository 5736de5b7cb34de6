"""A page of a thread: the newest lines, or those before a place."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from messaging.limits import LAST_SEQ
from messaging.models import Kind, Membership, Message, Topic
from messaging.thread.lines import Line, Quote
from messaging.thread.reader import Reader
from messaging.thread.words import NOTES

SIZE = 50
MOST = 200
MOST_PINS = 20


@dataclass(frozen=True)
class Page:
    """`older` is where the page before it ends, `seq` how far the log went."""

    lines: Sequence[Line]
    older: int | None
    seq: int
    is_newest: bool


def page_of(
    membership: Membership, topic: Topic | None = None, before: int | None = None
) -> Page:
    """The newest page holds what is unread, if that is not too much: else where it
    begins is not here to be marked.
    """
    unread = 0 if before else membership.unread
    size = max(SIZE, min(unread + 10, MOST))
    found = rows_of(membership).filter(seq__lt=before or LAST_SEQ)
    if topic is not None:
        found = found.filter(topic=topic)
    rows = list(found.order_by("-seq")[: size + 1])
    shown = rows[:size][::-1]
    is_whole = len(rows) <= size or rows[size].seq <= membership.read_seq
    return Page(
        lines=Reader.of(membership, shown).lines(mark_unread=unread > 0 and is_whole),
        older=shown[0].seq if len(rows) > size else None,
        seq=membership.conversation.last_seq,
        is_newest=before is None,
    )


def pinned(membership: Membership) -> list[Line]:
    kept = rows_of(membership).filter(pinned_at__isnull=False, recalled_at__isnull=True)
    rows = list(kept.order_by("-seq")[:MOST_PINS])
    lines = Reader.of(membership, rows).lines() if rows else []
    return [line for line in lines if not line.is_gone]


def quoted(membership: Membership, seq: int | None) -> Quote | None:
    """What she is about to answer."""
    rows = list(rows_of(membership).filter(seq=seq, kind=Kind.MESSAGE)) if seq else []
    return Reader.of(membership, rows).lines()[0].quoted() if rows else None


def one(membership: Membership, seq: int) -> tuple[Line, Reader]:
    """A message and all that is said about it; a DoesNotExist when it is not hers."""
    row = rows_of(membership).get(seq=seq, kind=Kind.MESSAGE)
    reader = Reader.of(membership, [row])
    [line] = reader.lines()
    return line, reader


def rows_of(membership: Membership) -> QuerySet[Message]:
    """What makes a line; all else speaks of one. Up to where the log went when she was
    seen to belong here: she may have been removed since, and more been written.
    """
    log = Message.objects.visible_to(membership)
    upto = membership.conversation.last_seq
    return log.filter(kind__in=[Kind.MESSAGE, *NOTES], seq__lte=upto)
