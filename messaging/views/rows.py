"""The list of conversations: the newest activity first, with the last words of each."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format

from messaging.models import Conversation, Kind, Membership, Message
from messaging.pages import StaleCursorError, page_of
from messaging.thread.bodies import Bodies
from messaging.thread.words import (
    GONE,
    LEFT_ALONE,
    NOTHING,
    counted,
    said_in,
    why_gone,
)
from network.clinicians.models import Clinician

MOST = 60


@dataclass(frozen=True)
class Row:
    membership: Membership
    title: str
    excerpt: str
    is_here: bool

    @property
    def address(self) -> str:
        return self.membership.conversation.get_absolute_url()

    @property
    def is_direct(self) -> bool:
        return self.membership.conversation.is_direct

    @property
    def is_muted(self) -> bool:
        return self.membership.is_muted

    @property
    def is_asked(self) -> bool:
        return self.membership.is_asked

    @property
    def at(self) -> datetime:
        return self.membership.conversation.last_active_at

    @property
    def when(self) -> str:
        """The hour today, the day before."""
        at, now = timezone.localtime(self.at), timezone.localtime()
        if at.date() == now.date():
            return date_format(at, "H:i")
        return date_format(at, "j M" if at.year == now.year else "j M Y")

    @property
    def unread(self) -> str:
        return counted(self.membership.heard)


def listing(me: Clinician, here: str = "", after: str = "") -> dict[str, Any]:
    """One page of it, and where the next begins; `here` is the open conversation."""
    try:
        kept, older = page_of(me, cursor=after, limit=MOST)
    except StaleCursorError:
        return listing(me, here)
    members, last = members_of(kept), _last(kept, me)
    rows = [
        Row(
            one,
            title_of(one.conversation, members[one.conversation_id], me),
            last.get(one.conversation_id, NOTHING),
            str(one.conversation.public_id) == here,
        )
        for one in kept
    ]
    return {"rows": rows, "here": here, "after": after, "older": older}


def members_of(kept: Iterable[Membership]) -> Mapping[int, list[Clinician]]:
    ids = [one.conversation_id for one in kept]
    inside = Membership.objects.current().filter(conversation__in=ids)
    found: dict[int, list[Clinician]] = defaultdict(list)
    for one in inside.first_come_first():
        found[one.conversation_id].append(one.clinician)
    return found


def title_of(
    conversation: Conversation, members: Sequence[Clinician], me: Clinician
) -> str:
    """What it is called, or who is in it besides her."""
    if title := str(conversation.title):
        return title
    names = [one.name for one in members if one != me]
    if len(names) > 3:
        return f"{', '.join(names[:2])} and {len(names) - 2} more"
    return (
        " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]])) or LEFT_ALONE
    )


def _last(kept: Sequence[Membership], me: Clinician) -> dict[int, str]:
    """The last message of each that she may see, in a few words."""
    hidden = {one.conversation_id: one.from_seq for one in kept}
    last = Message.objects.whole().filter(
        kind=Kind.MESSAGE,
        conversation__in=list(hidden),
        ordinal=F("conversation__last_ordinal"),
    )
    seen = [one for one in last if one.seq > hidden[one.conversation_id]]
    bodies = Bodies.of(seen)
    return {one.conversation_id: _line(one, bodies, me) for one in seen}


def _line(message: Message, bodies: Bodies, me: Clinician) -> str:
    text = bodies.text(message)
    if text is None:
        return GONE[why_gone(message)]
    said = said_in(message, text)
    return f"You: {said}" if message.sender_id == me.pk else said
