"""A member's conversations: the list of them, a new one, one of them."""

from django.http import HttpResponse, JsonResponse
from ninja import Query

from messaging.actions.conversations import (
    close,
    rename,
    start_conversation,
    start_direct,
)
from messaging.actions.guarding import set_guard
from messaging.api.answers import shown
from messaging.api.caller import colleagues, member_of, place_in, place_of
from messaging.api.refusals import READS, WRITES, unknown_people
from messaging.api.router import router
from messaging.api.schema import (
    ConversationAnswer,
    ConversationsAnswer,
    ConversationsAsked,
    NewConversation,
    NewGuard,
    NewTitle,
)
from messaging.holds import STANDS, HeldError
from messaging.models import Conversation
from messaging.pages import StaleCursorError, page_of
from network.clinicians.api import ApiRequest, problems
from network.clinicians.matching.faults import Fault
from network.clinicians.models import Clinician

ONE = {200: ConversationAnswer}


@router.get("", response={200: ConversationsAnswer, **READS})
def conversations(
    request: ApiRequest, asked: Query[ConversationsAsked]
) -> HttpResponse:
    """Mine, the last active first."""
    member = member_of(request)
    try:
        page, cursor = page_of(member, cursor=asked.cursor, limit=asked.limit)
    except StaleCursorError:
        told = "This cursor is not one of ours."
        return problems([Fault("/cursor", "stale_cursor", told)])
    return JsonResponse({"conversations": shown(page, member), "next": cursor})


@router.post("", response={201: ConversationAnswer, **ONE, **WRITES})
def begin(request: ApiRequest, new: NewConversation) -> HttpResponse:
    """One member and no title: the conversation between two, of which there is one."""
    member = member_of(request)
    people, lacking = colleagues(member, new.members)
    if lacking:
        return unknown_people(*(f"/members/{place}" for place in lacking))
    if len(people) > 1 or new.title:
        by = request.auth
        begun = start_conversation(member, people, title=new.title, by=by)
        return _shown(begun, member, status=201)
    was_there = _direct(member, people[0]) is not None
    begun = start_direct(member, people[0], by=request.auth)
    return _shown(begun, member, status=200 if was_there else 201)


@router.get("/{pk}", response={**ONE, **READS})
def conversation(request: ApiRequest, pk: str) -> HttpResponse:
    """One of mine."""
    place = place_of(request, pk)
    return JsonResponse(shown([place.membership], place.member)[0])


@router.patch("/{pk}", response={**ONE, **WRITES})
def title(request: ApiRequest, pk: str, new: NewTitle) -> HttpResponse:
    """Gives it another title."""
    place = place_of(request, pk)
    try:
        rename(place.conversation, new.title, by=place.user)
    except HeldError:
        return problems([Fault("/title", "held", STANDS)], 409)
    return _shown(place.conversation, place.member, status=200)


@router.put("/{pk}/guard", response={**ONE, **WRITES})
def guard(request: ApiRequest, pk: str, new: NewGuard) -> HttpResponse:
    """What follows from words that tell who somebody is."""
    place = place_of(request, pk)
    level = Conversation.Guarding(new.level)
    set_guard(place.conversation, level, by=place.user)
    return _shown(place.conversation, place.member, status=200)


@router.put("/{pk}/closed", response={**ONE, **WRITES})
def closed(request: ApiRequest, pk: str) -> HttpResponse:
    """For good: everybody may read on, nobody writes any more."""
    place = place_of(request, pk)
    close(place.conversation, by=place.user)
    return _shown(place.conversation, place.member, status=200)


def _direct(member: Clinician, other: Clinician) -> Conversation | None:
    both = Conversation.objects.visible_to(member).filter(pair__isnull=False)
    return both.filter(memberships__clinician=other).first()


def _shown(begun: Conversation, member: Clinician, *, status: int) -> HttpResponse:
    return JsonResponse(shown([place_in(begun, member)], member)[0], status=status)
