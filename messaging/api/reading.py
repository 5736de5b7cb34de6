"""The log, read from a place in it."""

from django.http import HttpResponse, JsonResponse
from ninja import Query

from messaging.api.answers import events
from messaging.api.caller import Place, place_of
from messaging.api.refusals import READS
from messaging.api.router import router
from messaging.api.schema import EventsAnswer, EventsAsked
from messaging.log import Entry, ask, read_entries
from network.clinicians.api import ApiRequest


@router.get("/{pk}/messages", response={200: EventsAnswer, **READS})
def log(request: ApiRequest, pk: str, asked: Query[EventsAsked]) -> HttpResponse:
    """What comes after a place in the log, in its order."""
    place = place_of(request, pk)
    conversation = place.conversation
    entries = _entries(place, asked)
    last = entries[-1].seq if entries else conversation.last_seq
    return JsonResponse(
        {
            "conversation": conversation.public_id,
            "epoch": conversation.epoch,
            "events": events(entries),
            "last_seq": conversation.last_seq,
            "more": last < conversation.last_seq,
        }
    )


def _entries(place: Place, asked: EventsAsked) -> list[Entry]:
    """Up to where it went when she was seen to belong here: she may have been removed
    since, and more been written.
    """
    conversation, from_seq = place.conversation, place.membership.from_seq
    found = ask(
        read_entries(conversation.public_id, asked.since, asked.limit, from_seq)
    )
    return [entry for entry in found if entry.seq <= conversation.last_seq]
