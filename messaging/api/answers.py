"""What is shown of conversations: three questions to the database for any number."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import structlog

from messaging.bodies import Keys, keys_of, open_body
from messaging.log import Entry, ask, names_of
from messaging.models import Membership
from messaging.wire import event_of, people_in
from network.clinicians.models import Clinician
from network.privacy.keys import Unreadable

log = structlog.get_logger(__name__)
Members = Mapping[int, Sequence[Membership]]


def shown(memberships: Sequence[Membership], me: Clinician) -> list[dict[str, Any]]:
    """Hers, who may have left one meanwhile: then she is not among its members."""
    members = _members(one.conversation_id for one in memberships)
    return [{**_conversation(one, members), "me": me.public_id} for one in memberships]


def _members(conversations: Iterable[int]) -> Members:
    inside = Membership.objects.current().filter(conversation__in=list(conversations))
    by_conversation = defaultdict(list)
    for one in inside.first_come_first():
        by_conversation[one.conversation_id].append(one)
    return by_conversation


def _conversation(mine: Membership, members: Members) -> dict[str, Any]:
    conversation = mine.conversation
    return {
        "id": conversation.public_id,
        "kind": conversation.kind,
        "title": conversation.title,
        "members": [_member(one) for one in members[conversation.pk]],
        "unread": mine.unread,
        "epoch": conversation.epoch,
        "last_seq": conversation.last_seq,
        "from_seq": mine.from_seq,
        "read_seq": mine.read_seq,
        "last_message_at": conversation.last_message_at,
        "muted_until": mine.muted_until if mine.is_muted else None,
        "closed_at": conversation.closed_at,
        "guard": conversation.guarding,
    }


def _member(one: Membership) -> dict[str, Any]:
    person = one.clinician
    return {"id": person.public_id, "name": person.display_name, "role": one.role}


def events(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """As the socket says them."""
    keys = keys_of(entries)
    names = ask(names_of(people_in(entries)))
    return [
        {"type": "event", **event_of(entry, _body(entry, keys), names)}
        for entry in entries
    ]


def _body(entry: Entry, keys: Keys) -> str | None:
    """One that cannot be read hides none of the others."""
    try:
        return open_body(entry, keys)
    except Unreadable:
        log.error("body_unreadable", seq=entry.seq)
        return None
