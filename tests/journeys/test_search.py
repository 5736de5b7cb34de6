"""Ben looks for what was said to him, and reads it where it was said."""

import pytest
from playwright.sync_api import Page, expect

from network.clinicians.models import Clinician
from tests.factories import a_conversation, a_direct
from tests.journeys.conftest import TabOf
from tests.journeys.test_accessibility import axe
from tests.messaging.saying import say


@pytest.fixture
def page(tab_of: TabOf, ben: Clinician) -> Page:
    return tab_of(ben)


def test_ben_searches_narrows_and_opens_the_hit(
    page: Page, ana: Clinician, ben: Clinician, dana: Clinician
) -> None:
    circle = a_conversation(dana, ben, title="The Tuesday circle")
    say(dana, circle, "Sleep came up again in the group")
    direct = a_direct(ana, ben)
    entry = say(ana, direct, "She has been sleeping badly since the move")
    for number in range(40):
        say(ana, direct, f"No. {number}")

    page.goto("/messages/")
    page.get_by_role("searchbox", name="Search messages").fill("sleep")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="2 messages")).to_be_visible()
    assert "sleep" not in page.url

    page.get_by_text("Narrow it down").click()
    page.get_by_label("Written by").select_option(label=ana.display_name)
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.get_by_role("heading", name="1 message", exact=True)).to_be_visible()
    expect(page.locator("mark")).to_have_text(["sleeping"])
    assert axe(page) == []

    page.get_by_role("link", name="She has been sleeping").click()
    found = page.locator(f"#m{entry.seq}")
    expect(found).to_be_in_viewport()
    expect(found).to_contain_text("She has been sleeping badly")
    assert "sleep" not in page.url


def test_earlier_messages_come_below_without_leaving(
    page: Page, ana: Clinician, ben: Clinician
) -> None:
    direct = a_direct(ana, ben)
    for number in range(25):
        say(ana, direct, f"heron {number}")

    page.goto("/messages/search/")
    page.get_by_role("searchbox", name="Words").fill("heron")
    page.keyboard.press("Enter")
    expect(page.locator(".hit")).to_have_count(20)
    page.get_by_role("button", name="Earlier messages").click()

    expect(page.locator(".hit")).to_have_count(25)
    expect(page.get_by_role("button", name="Earlier messages")).to_have_count(0)
