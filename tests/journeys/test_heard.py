"""What a reader of the screen hears of a conversation."""

import re

from playwright.sync_api import expect

from messaging.actions.muting import mute
from messaging.actions.topics import make_topic
from network.clinicians.models import Clinician
from tests.factories import a_conversation, a_direct
from tests.journeys.conftest import TabOf, follow
from tests.journeys.test_messages import at, last
from tests.messaging.saying import her, say


def test_a_message_says_nothing_of_marks_and_reactions_that_it_has_not(
    tab_of: TabOf, ana: Clinician, ben: Clinician
) -> None:
    room, page = a_direct(ana, ben), tab_of(ana)
    say(ben, room)

    at(page, room)

    expect(last(page)).to_be_visible()
    expect(last(page).get_by_role("list")).to_have_count(0)
    expect(last(page).get_by_role("paragraph")).to_have_count(1)


def test_more_says_of_whom_and_each_button_stands_below_what_it_does(
    tab_of: TabOf, ana: Clinician, ben: Clinician, cleo: Clinician
) -> None:
    room, page = a_conversation(ana, ben, cleo, title="Tuesday"), tab_of(ana)

    page.goto(f"{room.get_absolute_url()}about/")

    more = page.locator("summary").filter(has_text="More about")
    expect(more).to_have_text([re.compile("Ben Sparrow"), re.compile("Cleo Wren")])
    more.first.click()
    body = page.locator(".disclosure[open] > .disclosure__body")
    told = ["Removed, ", "Remove", "Blocked, ", "Block", "Report"]
    expect(body.locator("> *")).to_have_text([re.compile(one) for one in told])


def test_who_mutes_from_a_topic_stays_with_it_and_hears_until_when(
    tab_of: TabOf, ana: Clinician, ben: Clinician
) -> None:
    room, page = a_direct(ana, ben), tab_of(ana)
    topic = make_topic(room, "Dates", by=her(ana))
    page.goto(f"{room.get_absolute_url()}?topic={topic.public_id}")

    page.get_by_label("More about this conversation").click()
    follow(page.get_by_role("button", name="Mute everything for an hour"))

    expect(page).to_have_url(re.compile(f"topic={topic.public_id}$"))
    bell = page.locator(".thread__tools").get_by_role("img", name="Muted until")
    expect(bell).to_be_visible()
    mute(room, "good", by=her(ana))
    page.reload()
    expect(page.get_by_role("img", name="Muted", exact=True)).to_be_visible()
