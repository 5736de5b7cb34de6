"""The parts of a conversation that have a name."""

from typing import Any

from django.http import HttpResponse, JsonResponse

from messaging.actions.topics import make_topic
from messaging.api.caller import place_of
from messaging.api.refusals import READS, WRITES
from messaging.api.router import router
from messaging.api.schema import NewTopic, TopicAnswer, TopicsAnswer
from messaging.limits import MOST_TOPICS, FullError
from messaging.thread.topics import TopicLine, as_usual, topics_of
from network.clinicians.api import ApiRequest, problems
from network.clinicians.matching.faults import Fault


@router.get("/{pk}/topics", response={200: TopicsAnswer, **READS})
def topics(request: ApiRequest, pk: str) -> HttpResponse:
    """In the order in which they were made."""
    lines = topics_of(place_of(request, pk).membership)
    return JsonResponse({"topics": [_topic(line) for line in lines]})


@router.post("/{pk}/topics", response={201: TopicAnswer, **WRITES})
def new_topic(request: ApiRequest, pk: str, new: NewTopic) -> HttpResponse:
    """Makes one."""
    place = place_of(request, pk)
    try:
        made = make_topic(place.conversation, new.name, by=place.user)
    except FullError:
        told = f"A conversation has up to {MOST_TOPICS} topics."
        return problems([Fault("/name", "too_many", told)])
    return JsonResponse(_topic(TopicLine(made, as_usual(made))), status=201)


def _topic(line: TopicLine) -> dict[str, Any]:
    topic = line.topic
    return {"id": topic.public_id, "name": topic.name, "unread": line.unread}
