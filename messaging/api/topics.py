"""The parts of a conversation that have a name."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404

from messaging.actions.muting import choose_topic_level, mute_topic, unmute_topic
from messaging.actions.topics import make_topic
from messaging.api.caller import Place, place_of, uuid_of
from messaging.api.refusals import READS, WRITES
from messaging.api.router import router
from messaging.api.schema import (
    Mute,
    NewTopic,
    NewTopicLevel,
    TopicAnswer,
    TopicsAnswer,
)
from messaging.limits import MOST_TOPICS, FullError
from messaging.models import Topic, TopicLevel
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


@router.put("/{pk}/topics/{topic}/level", response={204: None, **WRITES})
def topic_level(
    request: ApiRequest, pk: str, topic: str, new: NewTopicLevel
) -> HttpResponse:
    """Follows it, or lets it be as usual."""
    place = place_of(request, pk)
    level = TopicLevel.Level(new.level)
    choose_topic_level(_topic_of(place, topic), level, by=place.user)
    return HttpResponse(status=204)


@router.put("/{pk}/topics/{topic}/mute", response={204: None, **WRITES})
def quiet_topic(request: ApiRequest, pk: str, topic: str, new: Mute) -> HttpResponse:
    """No notices of it for an hour, a day, or for good."""
    place = place_of(request, pk)
    mute_topic(_topic_of(place, topic), new.span, by=place.user)
    return HttpResponse(status=204)


@router.delete("/{pk}/topics/{topic}/mute", response={204: None, **WRITES})
def loud_topic(request: ApiRequest, pk: str, topic: str) -> HttpResponse:
    """Notices of it again."""
    place = place_of(request, pk)
    unmute_topic(_topic_of(place, topic), by=place.user)
    return HttpResponse(status=204)


def _topic_of(place: Place, topic: str) -> Topic:
    topics = place.conversation.topics
    return get_object_or_404(topics, public_id=uuid_of(topic))


def _topic(line: TopicLine) -> dict[str, Any]:
    topic, level = line.topic, line.level
    return {
        "id": topic.public_id,
        "name": topic.name,
        "unread": line.unread,
        "level": level.level,
        "muted_until": level.muted_until if level.is_muted else None,
    }
