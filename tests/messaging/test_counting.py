"""What she has muted keeps a number of its own, and adds to none around it."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from messaging import counting
from messaging.actions.muting import mute, mute_topic, unmute, unmute_topic
from messaging.actions.topics import make_topic
from messaging.counting import unread_of
from messaging.models import Conversation, Topic
from messaging.sending import read_up_to
from messaging.thread.topics import topics_of
from messaging.views.rows import listing
from network.clinicians.models import Clinician
from tests.conftest import signed_in
from tests.factories import a_conversation
from tests.messaging.saying import her, place_of, say

NUMBERS = tuple[str, int]


@pytest.fixture
def circle(dana: Clinician, ana: Clinician, ben: Clinician) -> Conversation:
    return a_conversation(dana, ana, ben, title="Tuesdays")


@pytest.fixture
def billing(circle: Conversation, dana: Clinician) -> Topic:
    return make_topic(circle, "Billing", by=her(dana))


def numbers(who: Clinician) -> NUMBERS:
    """In her list, and on every page."""
    [row] = listing(who)["rows"]
    return row.unread, unread_of(who)


def say_all(by: Clinician, topic: Topic, who: Clinician) -> None:
    """Two words in the topic, a mention of her there, a word elsewhere."""
    circle, about = topic.conversation, topic.public_id
    for mentions in ((), (by.public_id,), (who.public_id,)):
        say(by, circle, topic=about, mentions=mentions)
    say(by, circle)


# What is muted; what her list says then, and what every page.
TABLE: list[tuple[str, NUMBERS]] = [
    ("", ("4", 4)),
    ("topic", ("2", 2)),
    ("conversation", ("4", 1)),
    ("topic conversation", ("2", 1)),
]


@pytest.mark.parametrize(("muted", "told"), TABLE)
def test_what_is_counted_where(
    billing: Topic, ana: Clinician, ben: Clinician, muted: str, told: NUMBERS
) -> None:
    if "topic" in muted:
        mute_topic(billing, "good", by=her(ben))
    if "conversation" in muted:
        mute(billing.conversation, "good", by=her(ben))

    say_all(ana, billing, ben)

    assert numbers(ben) == told
    [line] = topics_of(place_of(ben, billing.conversation))
    assert (line.unread, place_of(ben, billing.conversation).unread) == (3, 4)


def test_of_several_topics_those_that_are_muted_are_left_out(
    circle: Conversation, dana: Clinician, ana: Clinician, ben: Clinician
) -> None:
    topics = [make_topic(circle, name, by=her(dana)) for name in ("A", "B", "C")]
    for topic in topics:
        say(ana, circle, topic=topic.public_id)
    say(ana, circle)

    told = []
    for topic in topics:
        mute_topic(topic, "good", by=her(ben))
        told.append(numbers(ben))

    assert told == [("3", 3), ("2", 2), ("1", 1)]


def test_what_one_mutes_counts_for_the_others(
    billing: Topic, ana: Clinician, ben: Clinician, dana: Clinician
) -> None:
    mute_topic(billing, "good", by=her(ben))
    mute(billing.conversation, "good", by=her(ben))

    say_all(ana, billing, ben)

    assert numbers(dana) == ("4", 4)


def test_it_counts_again_once_the_time_is_over_or_she_says_so(
    billing: Topic, ana: Clinician, ben: Clinician
) -> None:
    circle = billing.conversation
    say_all(ana, billing, ben)
    mute_topic(billing, "hour", by=her(ben))
    mute(circle, "hour", by=her(ben))
    assert numbers(ben) == ("2", 1)

    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        assert numbers(ben) == ("4", 4)
    unmute_topic(billing, by=her(ben))
    unmute(circle, by=her(ben))
    assert numbers(ben) == ("4", 4)


def test_whoever_has_read_it_has_nothing_left(
    billing: Topic, ana: Clinician, ben: Clinician
) -> None:
    mute_topic(billing, "good", by=her(ben))
    say_all(ana, billing, ben)

    read_up_to(billing.conversation, 5, by=her(ben))

    assert numbers(ben) == ("", 0)


def test_the_newest_are_looked_at_and_those_before_count(
    billing: Topic, ana: Clinician, ben: Clinician, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "LOOKED_AT", 3)
    mute_topic(billing, "good", by=her(ben))

    for _ in range(5):
        say(ana, billing.conversation, topic=billing.public_id)

    assert numbers(ben) == ("2", 2)


def test_a_muted_conversation_keeps_its_number_quietly(
    circle: Conversation, ana: Clinician, ben: Clinician
) -> None:
    say(ana, circle)
    bens = signed_in(ben)
    assert "data-muted" not in bens.get("/messages/").content.decode()

    mute(circle, "day", by=her(ben))

    page = bens.get("/messages/").content.decode()
    assert '<li class="conversation" data-unread data-muted>' in page
    assert bens.get("/messages/unread/").content.decode().strip() == ""


def test_however_much_is_muted_it_is_asked_at_once(
    billing: Topic, ana: Clinician, ben: Clinician
) -> None:
    mute_topic(billing, "good", by=her(ben))
    say_all(ana, billing, ben)

    with CaptureQueriesContext(connection) as queries:
        unread_of(ben)

    assert len(queries) == 1
