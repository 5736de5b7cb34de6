"""Several messages wait in one conversation, and their rows say the same."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import APIResponse, Locator, Page, Route, expect

from messaging.forms.moment import PAST
from messaging.models import Conversation
from network.clinicians.models import Clinician
from tests.factories import a_direct
from tests.journeys.conftest import TabOf, until
from tests.journeys.test_messages import at
from tests.messaging.scheduling import schedule

Held = tuple[Route, APIResponse]


@pytest.fixture
def room(ana: Clinician, ben: Clinician) -> Conversation:
    return a_direct(ana, ben)


@pytest.fixture
def anas(tab_of: TabOf, ana: Clinician, room: Conversation) -> Page:
    """With two that wait, in sight."""
    schedule(ana, room, "one")
    schedule(ana, room, "another", at=timezone.now() + timedelta(hours=3))
    page = tab_of(ana)
    page.set_viewport_size({"width": 390, "height": 844})
    at(page, room)
    page.locator("waiting-list summary").first.click()
    return page


def row(page: Page, number: int) -> Locator:
    return page.locator("waiting-list li").nth(number)


def hold(page: Page) -> list[Held]:
    """What is answered to another hour."""
    held = list[Held]()
    page.route("**/hour/", lambda route: held.append((route, route.fetch())))
    return held


def is_list(address: str) -> bool:
    return address.endswith("/scheduled/")


def test_only_the_one_that_needs_another_look_stays_open(anas: Page) -> None:
    first = row(anas, 0)
    first.get_by_text("Another time…").click()

    first.get_by_label("Day and hour").fill("2020-01-01T08:00")
    first.get_by_role("button", name="Send it then").click()

    expect(first.get_by_text(PAST)).to_be_visible()
    expect(anas.locator("waiting-list li details[open]")).to_have_count(1)
    expect(first.get_by_label("Day and hour")).to_be_focused()
    expect(first.get_by_label("Day and hour")).to_be_in_viewport()


def test_news_leave_the_focus_with_its_own_message(
    anas: Page, ana: Clinician, room: Conversation
) -> None:
    second = row(anas, 1)
    second.get_by_text("Another time…").click()
    second.get_by_role("button", name="Send now").focus()

    schedule(ana, room, "a third", at=timezone.now() + timedelta(hours=4))

    expect(anas.locator("waiting-list li")).to_have_count(3)
    expect(second.get_by_role("button", name="Send now")).to_be_focused()
    expect(second.locator("details[open]")).to_have_count(1)
    expect(anas.locator("waiting-list li details[open]")).to_have_count(1)


def test_news_before_the_answer_take_nothing_of_it_away(anas: Page) -> None:
    """What she does is told to all her tabs, this one as well."""
    held, asked = hold(anas), list[str]()
    anas.on("requestfinished", lambda one: asked.append(one.url))
    first = row(anas, 0)
    first.get_by_text("Another time…").click()
    first.get_by_label("When").select_option("tomorrow, 8:00")

    first.get_by_role("button", name="Send it then").click()

    until(anas, lambda: held and any(map(is_list, asked)))
    [(route, answer)] = held
    asked.clear()
    route.fulfill(response=answer)
    told = anas.locator("waiting-list [data-told]")
    expect(told).to_have_text("It is sent tomorrow, 8:00.")
    until(anas, lambda: any(map(is_list, asked)))
    expect(told).to_be_visible()
    expect(anas.locator("waiting-list li details[open]")).to_have_count(0)
    expect(anas.locator("waiting-list summary").first).to_be_focused()


def test_a_finger_holds_up_no_answer(anas: Page) -> None:
    held, first = hold(anas), row(anas, 0)
    first.get_by_text("Another time…").click()
    first.get_by_label("Day and hour").fill("2020-01-01T08:00")
    button = first.get_by_role("button", name="Send it then")

    button.click()
    anas.mouse.down()
    until(anas, lambda: held)
    [(route, answer)] = held
    route.fulfill(response=answer)

    expect(first.get_by_text(PAST)).to_be_visible()
    anas.mouse.up()
    expect(first.get_by_text(PAST)).to_be_visible()
