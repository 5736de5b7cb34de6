"""Words in one's own conversations, for programs."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from ninja import Router

from messaging.api.caller import member_of
from messaging.api.refusals import READS, WRITES
from messaging.api.schema import HitsAnswer, SearchAsked
from messaging.log import ask, names_of
from messaging.search.cursor import read, written
from messaging.search.finding import Found, Hit, find
from messaging.search.wanted import NothingToFindError, Wanted, Words, moments
from messaging.wire import FORMER
from network.activity.preferences.clock import on_the_clock_of, preferences_of
from network.clinicians.api import ApiRequest, problems
from network.clinicians.matching.faults import Fault

router = Router(tags=["conversations"])
COMMON = "Use words that say more, and not too many of them."
STALE = "This cursor is not one of ours."


@router.post("/search", response={200: HitsAnswer, 429: WRITES[429], **READS})
def search(request: ApiRequest, asked: SearchAsked) -> HttpResponse:
    """Messages with these words, in conversations where I am, the newest first."""
    member = member_of(request)
    after = read(asked.cursor)
    if asked.cursor and after is None:
        return problems([Fault("/cursor", "stale_cursor", STALE)])
    try:
        wanted = _wanted(request, asked)
    except NothingToFindError:
        return problems([Fault("/words", "too_common", COMMON)])
    return JsonResponse(_answer(find(member, wanted, after=after, size=asked.limit)))


def _wanted(request: ApiRequest, asked: SearchAsked) -> Wanted:
    """Her days, on her clock."""
    with on_the_clock_of(preferences_of(request.auth)):
        since, until = moments(asked.from_day, asked.until)
    words = Words.read(asked.words)
    return Wanted(words, asked.person, asked.conversation, since, until)


def _answer(found: Found) -> dict[str, Any]:
    senders = {hit.entry.sender for hit in found.hits if hit.entry.sender}
    names = ask(names_of(senders))
    return {
        "hits": [_hit(hit, names) for hit in found.hits],
        "next": written(found.next) or None,
        "back_to": found.back_to,
    }


def _hit(hit: Hit, names: dict[UUID, str]) -> dict[str, Any]:
    sender = hit.entry.sender
    person = {"id": sender, "name": names.get(sender, FORMER)} if sender else None
    return {
        "conversation": hit.entry.conversation,
        "seq": hit.seq,
        "at": hit.place.at,
        "sender": person,
        "body": hit.text,
        "edited": hit.is_edited,
    }
