"""Whatever the size of a window: nothing of a conversation leaves it, or is lost."""

import pytest
from playwright.sync_api import Locator, ViewportSize, expect
from pytest_django import Settings

from network.clinicians.models import Clinician
from tests.factories import a_conversation, a_direct
from tests.journeys.conftest import TabOf
from tests.journeys.test_messages import at, box
from tests.messaging.saying import say

DESK = ViewportSize(width=1280, height=800)
PHONE = ViewportSize(width=390, height=844)


def top(one: Locator) -> float:
    at = one.bounding_box()
    assert at
    return at["y"]


def bottom(one: Locator) -> float:
    at = one.bounding_box()
    assert at
    return at["y"] + at["height"]


def test_a_list_longer_than_the_window_scrolls_by_itself(
    tab_of: TabOf, ana: Clinician, ben: Clinician
) -> None:
    for number in range(20):
        say(ben, a_conversation(ben, ana, title=f"Room {number}"))
    page = tab_of(ana)
    page.set_viewport_size(DESK)

    at(page, a_direct(ana, ben))

    high = page.evaluate("document.documentElement.scrollHeight")
    assert high == DESK["height"]


@pytest.mark.parametrize("has_banner", [True, False])
def test_few_lines_leave_the_box_at_the_foot_of_a_phone(
    tab_of: TabOf,
    ana: Clinician,
    ben: Clinician,
    settings: Settings,
    has_banner: bool,
) -> None:
    settings.SECOND_FACTOR_REQUIRED = not has_banner
    room, page = a_direct(ana, ben), tab_of(ana)
    say(ben, room)
    page.set_viewport_size(PHONE)

    at(page, room)

    expect(page.locator(".banner")).to_have_count(int(has_banner))
    assert bottom(page.locator(".thread__foot")) == pytest.approx(
        PHONE["height"], abs=1
    )
    assert bottom(box(page)) > PHONE["height"] - 150
    page.goto("/messages/")
    assert top(page.get_by_role("link", name="New")) < 250
