"""What the trail says of a conversation, in plain words, for its members."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from messaging.events import ConversationEvent
from messaging.models import Membership
from messaging.wire import FORMER
from network.activity.actors import ActorKind
from network.activity.models import Event
from network.clinicians.models import Clinician

HOUSE, STAFF = "Consilium", "Staff"
# What members may know; how each of them wants to be told is her own affair.
SAID = {
    ConversationEvent.STARTED: "{who} began the conversation, with {whom}.",
    ConversationEvent.JOINED: "{who} took in {whom}.",
    ConversationEvent.LEFT: "{whom} left.",
    ConversationEvent.REMOVED: "{who} removed {whom}.",
    ConversationEvent.RENAMED: "{who} changed the title.",
    ConversationEvent.TOPIC_MADE: "{who} began a topic.",
    ConversationEvent.GUARD_SET: "{who} set the guard to “{level}”.",
    ConversationEvent.CLOSED: "{who} closed the conversation.",
    ConversationEvent.RETENTION_SET: "{who} chose after how many days messages go: "
    "{wished} wished, {holds} hold (0 is never).",
    ConversationEvent.MESSAGES_DELETED: "{count} messages older than {days} days were "
    "deleted.",
    ConversationEvent.FILE_OPENED: "{who} opened a file.",
    ConversationEvent.EXPORTED: "{who} took a copy away, as {format}.",
    ConversationEvent.MESSAGES_EXPIRED: "Messages that were to disappear did: {count}.",
}
Names = dict[str, str]


@dataclass(frozen=True)
class Act:
    at: datetime
    words: str


def acts(membership: Membership, most: int | None = None) -> list[Act]:
    """The newest first; of whoever came without the history, those since she came."""
    events = Event.objects.about(membership.conversation).filter(verb__in=SAID)
    if membership.from_seq:
        events = events.filter(at__gte=membership.joined_at)
    found = list(events.order_by("-seq")[:most])
    names = _names(found)
    return [Act(event.at, _words(event, names)) for event in found]


def _names(events: Iterable[Event]) -> Names:
    people = {event.actor_id for event in events if _is_person(event)}
    people |= {str(one) for event in events for one in event.audience}
    rows = Clinician.objects.filter(user__public_id__in=people)
    return {
        str(person): name
        for person, name in rows.values_list("user__public_id", "name")
    }


def _words(event: Event, names: Names) -> str:
    others = [str(one) for one in event.audience if str(one) != event.actor_id]
    told = others or [str(one) for one in event.audience]
    whom = ", ".join(sorted(names.get(one, FORMER) for one in told))
    detail = {**event.detail, "who": _who(event, names), "whom": whom or FORMER}
    return SAID[ConversationEvent(event.verb)].format_map(detail)


def _who(event: Event, names: Names) -> str:
    if _is_person(event):
        return names.get(event.actor_id, FORMER)
    return STAFF if event.actor_kind == ActorKind.STAFF else HOUSE


def _is_person(event: Event) -> bool:
    return event.actor_kind in (ActorKind.CLINICIAN, ActorKind.LINK)
