"""A topic is as loud as its conversation, unless she follows or mutes it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from messaging.actions.conversations import close
from messaging.actions.members import remove_member
from messaging.actions.muting import (
    choose_level,
    choose_topic_level,
    mute,
    mute_topic,
    unmute_topic,
)
from messaging.actions.topics import make_topic
from messaging.export import portion
from messaging.models import Conversation, Membership, Topic, TopicLevel
from messaging.waiting import rooms_of
from network.activity.models import Event
from network.clinicians.models import Clinician
from tests.factories import a_conversation
from tests.messaging.saying import do, her, say
from tests.messaging.test_notices import read, sweep, told, unread

Around = Membership.Level
Level = TopicLevel.Level
HOUR = 3600


@pytest.fixture
def circle(dana: Clinician, ana: Clinician, ben: Clinician) -> Conversation:
    return a_conversation(dana, ana, ben, title="Tuesdays")


@pytest.fixture
def billing(circle: Conversation, dana: Clinician) -> Topic:
    return make_topic(circle, "Billing", by=her(dana))


def follow(topic: Topic, who: Clinician) -> None:
    choose_topic_level(topic, Level.FOLLOW, by=her(who))


# Of what Ben is told: a word in the topic, a mention of him there, a word elsewhere.
TABLE = [
    ("everything", "usual", "word mention elsewhere"),
    ("everything", "follow", "word mention elsewhere"),
    ("everything", "mute", "elsewhere"),
    ("everything", "follow mute", "elsewhere"),
    ("mentions", "usual", "mention"),
    ("mentions", "follow", "word mention"),
    ("mentions", "mute", ""),
    ("mentions", "follow mute", ""),
    ("nothing", "usual", ""),
    ("nothing", "follow", ""),
    ("muted", "usual", ""),
    ("muted", "follow", ""),
]


@pytest.mark.parametrize(("around", "of_topic", "heard"), TABLE)
def test_of_what_she_is_told(
    billing: Topic,
    ana: Clinician,
    ben: Clinician,
    around: str,
    of_topic: str,
    heard: str,
) -> None:
    set_around(billing.conversation, around, ben)
    if "follow" in of_topic:
        follow(billing, ben)
    if "mute" in of_topic:
        mute_topic(billing, "good", by=her(ben))

    assert heard_of(billing, ana, ben) == heard.split()


def set_around(circle: Conversation, around: str, who: Clinician) -> None:
    if around == "muted":
        mute(circle, "good", by=her(who))
    else:
        choose_level(circle, Around(around), by=her(who))


def heard_of(topic: Topic, by: Clinician, who: Clinician) -> list[str]:
    """Each of the three by itself: she reads on in between."""
    circle, about = topic.conversation, topic.public_id
    says: dict[str, Callable[[], object]] = {
        "word": lambda: say(by, circle, topic=about),
        "mention": lambda: say(by, circle, topic=about, mentions=(who.public_id,)),
        "elsewhere": lambda: say(by, circle),
    }
    heard = []
    for what, said in says.items():
        before = told(who)
        said()
        sweep()
        heard += [what] * (told(who) - before)
        read(who, circle)
    return heard


def test_what_one_mutes_the_others_hear(
    billing: Topic, ana: Clinician, ben: Clinician, dana: Clinician
) -> None:
    mute_topic(billing, "good", by=her(ben))

    say(ana, billing.conversation, topic=billing.public_id)

    assert sweep() == 1
    assert [told(one) for one in (ben, dana)] == [0, 1]


def test_one_topic_is_muted_and_no_other(
    billing: Topic, ana: Clinician, ben: Clinician, dana: Clinician
) -> None:
    rota = make_topic(billing.conversation, "Rota", by=her(dana))
    mute_topic(billing, "good", by=her(ben))

    say(ana, billing.conversation, topic=rota.public_id)
    sweep()

    assert told(ben) == 1


@pytest.mark.parametrize(
    ("span", "hours", "is_told"),
    [("hour", 0.9, 0), ("hour", 1.1, 1), ("day", 23, 0), ("day", 25, 1)],
)
def test_a_mute_holds_for_its_span_and_leaves_a_topic_followed(
    billing: Topic,
    ana: Clinician,
    ben: Clinician,
    span: str,
    hours: float,
    is_told: int,
) -> None:
    choose_level(billing.conversation, Around.MENTIONS, by=her(ben))
    follow(billing, ben)
    mute_topic(billing, span, by=her(ben))
    say(ana, billing.conversation, topic=billing.public_id)

    sweep(hours * HOUR)

    assert told(ben) == is_told


def test_what_waits_on_is_told_when_the_topic_is_heard_again(
    billing: Topic, ana: Clinician, ben: Clinician
) -> None:
    mute_topic(billing, "good", by=her(ben))
    say(ana, billing.conversation, topic=billing.public_id)
    sweep(365 * 24 * HOUR)
    assert told(ben) == 0

    unmute_topic(billing, by=her(ben))
    sweep()

    assert told(ben) == 1


def test_a_topic_that_is_followed_no_more_is_as_usual(
    billing: Topic, ana: Clinician, ben: Clinician
) -> None:
    choose_level(billing.conversation, Around.MENTIONS, by=her(ben))
    follow(billing, ben)
    choose_topic_level(billing, Level.USUAL, by=her(ben))

    assert heard_of(billing, ana, ben) == ["mention"]


@pytest.mark.parametrize("is_elsewhere", [False, True])
def test_muting_takes_back_a_notice_of_the_topic_alone(
    billing: Topic, ana: Clinician, ben: Clinician, is_elsewhere: bool
) -> None:
    say(ana, billing.conversation, topic=billing.public_id)
    if is_elsewhere:
        say(ana, billing.conversation)
    sweep()
    assert unread(ben) == 1

    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False):
        mute_topic(billing, "hour", by=her(ben))
        sweep()

    assert unread(ben) == is_elsewhere


def test_following_no_more_takes_a_notice_back(
    billing: Topic, ana: Clinician, ben: Clinician
) -> None:
    choose_level(billing.conversation, Around.MENTIONS, by=her(ben))
    follow(billing, ben)
    say(ana, billing.conversation, topic=billing.public_id)
    sweep()
    assert unread(ben) == 1

    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False):
        choose_topic_level(billing, Level.USUAL, by=her(ben))

    assert unread(ben) == 0


def test_today_counts_no_conversation_for_a_muted_topic(
    billing: Topic, ana: Clinician, ben: Clinician
) -> None:
    say(ana, billing.conversation, topic=billing.public_id)
    assert rooms_of(ben) == 1

    mute_topic(billing, "day", by=her(ben))
    assert rooms_of(ben) == 0

    said = say(ana, billing.conversation)
    assert rooms_of(ben) == 1
    do(ana, billing.conversation, "recall", said.seq)
    assert rooms_of(ben) == 0


ACTS: dict[str, Callable[[Topic, Clinician], object]] = {
    "mute": lambda topic, who: mute_topic(topic, "hour", by=her(who)),
    "unmute": lambda topic, who: unmute_topic(topic, by=her(who)),
    "follow": follow,
}
acting = pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)


@acting
def test_an_outsider_sets_no_level(
    billing: Topic,
    cleo: Clinician,
    dana: Clinician,
    ben: Clinician,
    act: Callable[[Topic, Clinician], object],
) -> None:
    remove_member(billing.conversation, ben, by=her(dana))

    for who in (cleo, ben):
        with pytest.raises(PermissionDenied):
            act(billing, who)
    assert not TopicLevel.objects.exists()


@acting
def test_a_topic_of_a_closed_conversation_has_its_level_yet(
    billing: Topic,
    dana: Clinician,
    ben: Clinician,
    act: Callable[[Topic, Clinician], object],
) -> None:
    close(billing.conversation, by=her(dana))

    act(billing, ben)
    act(billing, ben)

    assert TopicLevel.objects.get().membership.clinician == ben


def test_the_trail_says_what_was_chosen_and_not_of_which_topic(
    billing: Topic, ben: Clinician
) -> None:
    mute_topic(billing, "day", by=her(ben))
    unmute_topic(billing, by=her(ben))
    follow(billing, ben)

    events = Event.objects.filter(verb="conversation.notices_changed").order_by("pk")
    assert [(event.audience, event.detail) for event in events] == [
        ([], {"what": "topic muted for day"}),
        ([], {"what": "topic unmuted"}),
        ([], {"what": "topic follow"}),
    ]


def test_a_level_is_in_what_she_takes_away(billing: Topic, ben: Clinician) -> None:
    follow(billing, ben)

    [line] = portion(her(ben).pk)["topics"]

    assert line == {
        "topic": str(billing.public_id),
        "level": "follow",
        "muted_until": None,
    }
