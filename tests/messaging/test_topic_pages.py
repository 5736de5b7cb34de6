"""A topic is followed and muted where topics are listed."""

from typing import Any

import pytest

from messaging.actions.conversations import close
from messaging.actions.members import remove_member
from messaging.actions.muting import mute_topic
from messaging.actions.topics import make_topic
from messaging.models import FOR_GOOD, Conversation, Topic, TopicLevel
from network.clinicians.models import Clinician
from tests.conftest import signed_in
from tests.factories import a_conversation
from tests.messaging.saying import her, say


@pytest.fixture
def circle(dana: Clinician, ana: Clinician, ben: Clinician) -> Conversation:
    return a_conversation(dana, ana, ben, title="Tuesdays")


@pytest.fixture
def billing(circle: Conversation, dana: Clinician) -> Topic:
    return make_topic(circle, "Billing", by=her(dana))


def choose(who: Clinician, topic: Topic, level: str, at: str = "") -> Any:
    where = at or topic.conversation.get_absolute_url()
    address = f"{where}topics/{topic.public_id}/"
    return signed_in(who).post(address, {"level": level})


def about(who: Clinician, circle: Conversation) -> str:
    return signed_in(who).get(f"{circle.get_absolute_url()}about/").content.decode()


def test_a_member_follows_a_topic_and_no_more(billing: Topic, ben: Clinician) -> None:
    answer = choose(ben, billing, "follow")

    where = f"{billing.conversation.get_absolute_url()}about/#topics"
    assert answer.headers["Location"] == where
    page = about(ben, billing.conversation)
    assert ("· followed" in page, 'value="usual"' in page) == (True, True)
    choose(ben, billing, "usual")
    page = about(ben, billing.conversation)
    assert ("· followed" in page, 'value="follow"' in page) == (False, True)


def test_a_member_mutes_a_topic_and_hears_it_again(
    billing: Topic, ben: Clinician, ana: Clinician
) -> None:
    choose(ben, billing, "hour")
    assert "· muted until" in about(ben, billing.conversation)

    choose(ben, billing, "good")
    page = about(ben, billing.conversation)
    assert "· muted</span>" in page
    assert "Muted:" not in page  # the conversation is not
    assert "· muted" not in about(ana, billing.conversation)
    assert TopicLevel.objects.get().muted_until == FOR_GOOD

    choose(ben, billing, "off")
    assert "· muted" not in about(ben, billing.conversation)


def test_the_thread_says_that_a_topic_is_muted_and_nothing_of_its_news(
    billing: Topic, ana: Clinician, ben: Clinician
) -> None:
    say(ana, billing.conversation, topic=billing.public_id)
    mute_topic(billing, "good", by=her(ben))

    page = signed_in(ben).get(billing.conversation.get_absolute_url()).content.decode()

    assert 'aria-label="Muted"' in page
    assert "unread in</span>" not in page
    assert "1 unread" in about(ben, billing.conversation)


def test_what_is_no_level_changes_nothing(billing: Topic, ben: Clinician) -> None:
    choose(ben, billing, "loud")

    assert not TopicLevel.objects.exists()


def test_who_is_not_in_it_finds_no_topic(
    billing: Topic, ben: Clinician, cleo: Clinician, dana: Clinician
) -> None:
    remove_member(billing.conversation, ben, by=her(dana))

    for who in (ben, cleo):
        assert choose(who, billing, "follow").status_code == 404
    assert not TopicLevel.objects.exists()


def test_a_topic_of_another_conversation_is_not_found(
    billing: Topic, ben: Clinician, cleo: Clinician
) -> None:
    other = a_conversation(ben, cleo, title="Fridays").get_absolute_url()

    assert choose(ben, billing, "follow", at=other).status_code == 404
    assert not TopicLevel.objects.exists()


def test_topics_of_a_closed_conversation_are_listed(
    billing: Topic, ben: Clinician, dana: Clinician
) -> None:
    close(billing.conversation, by=her(dana))

    page = about(ben, billing.conversation)

    assert "Billing" in page
    assert "Make the topic" not in page
    assert choose(ben, billing, "follow").status_code == 302
