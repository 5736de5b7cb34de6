"""What waits in the topics is said while it waits, in the pages that stand open."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from messaging.actions.topics import make_topic
from messaging.models import Conversation, Topic
from messaging.sending import read_up_to
from network.clinicians.models import Clinician
from tests.factories import a_conversation
from tests.journeys.conftest import TabOf, follow, until
from tests.journeys.test_messages import at, last
from tests.messaging.saying import her, place_of, say

SPANS = ("Mute for an hour", "Mute for a day", "Mute for good")


@pytest.fixture
def circle(dana: Clinician, ana: Clinician, ben: Clinician) -> Conversation:
    return a_conversation(dana, ana, ben, title="Tuesdays")


@pytest.fixture
def rota(circle: Conversation, dana: Clinician) -> Topic:
    return make_topic(circle, "Rota", by=her(dana))


def news(page: Page) -> Locator:
    return page.locator("#bar summary", has_text="in topics")


def apart(tab_of: TabOf, who: Clinician, topic: Topic) -> Page:
    """Where one reads a topic by itself, nothing is read by being shown."""
    page = tab_of(who)
    at(page, topic.conversation)
    page.get_by_role("navigation", name="Topics").get_by_text("Billing").click()
    page.wait_for_url(re.compile("topic="))
    return page


def test_what_comes_into_a_topic_shows_above_and_goes_once_it_is_read(
    tab_of: TabOf, rota: Topic, ana: Clinician, ben: Clinician
) -> None:
    circle = rota.conversation
    make_topic(circle, "Billing", by=her(ana))
    page = apart(tab_of, ben, rota)
    expect(news(page)).to_have_count(0)

    say(ana, circle, "Who is free?", topic=rota.public_id)
    expect(news(page)).to_contain_text("1")
    news(page).press("Enter")
    say(ana, circle, "Or on Friday?", topic=rota.public_id)

    way = page.get_by_role("link", name="unread in Rota")
    expect(way).to_have_text(re.compile("2 unread"))
    expect(news(page)).to_be_focused()
    way.focus()
    said = say(ana, circle, "Or never?", topic=rota.public_id)
    expect(way).to_have_text(re.compile("3 unread"))
    expect(way).to_be_focused()
    read_up_to(circle, said.seq, by=her(ben))
    expect(news(page)).to_have_count(0)


def test_what_is_read_as_it_comes_shows_nowhere_above(
    tab_of: TabOf, rota: Topic, ana: Clinician, ben: Clinician
) -> None:
    page = tab_of(ben)
    at(page, rota.conversation)

    say(ana, rota.conversation, "Who is free?", topic=rota.public_id)

    expect(last(page)).to_contain_text("Who is free?")
    until(page, lambda: place_of(ben, rota.conversation).unread == 0)
    expect(news(page)).to_have_count(0)


@pytest.mark.parametrize("width", [360, 390, 1280])
def test_for_how_long_it_is_muted_is_chosen_on_one_line(
    tab_of: TabOf, rota: Topic, ben: Clinician, width: int
) -> None:
    page = tab_of(ben)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{rota.conversation.get_absolute_url()}about/")
    page.locator("summary", has_text="Notices of Rota").click()

    for form in (page.locator(".spans").first, page.locator("#topics .spans")):
        spans = [form.get_by_role("button", name=one, exact=True) for one in SPANS]
        boxes = [one.bounding_box() for one in spans]
        assert len({box and box["y"] for box in boxes}) == 1

    follow(page.locator("#topics").get_by_role("button", name="Mute for a day"))
    expect(page.locator("#topics")).to_contain_text("muted until")
