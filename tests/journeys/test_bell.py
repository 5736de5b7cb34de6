"""News reach every open tab by themselves; a lost line says so, quietly."""

import re
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Page, Route, expect

from network.accounts.models import User
from network.activity.actions import mark_all_read
from network.activity.actors import Actor
from network.activity.recorder import record
from network.clinicians.models import Clinician
from tests.journeys.conftest import Person, TabOf, until

GREETED = "document.querySelector('live-connection').isHere"


@pytest.fixture
def tab(tab_of: TabOf) -> TabOf:
    """A browser of its own each, open on Today and connected."""

    def opened(who: Person) -> Page:
        assert isinstance(who, Clinician)
        assert isinstance(who.user, User)
        mark_all_read(by=who.user)
        return connected(tab_of(who))

    return opened


def connected(page: Page) -> Page:
    page.goto("/")
    until(page, lambda: page.evaluate(GREETED))
    return page


def greet(person: Clinician) -> None:
    assert isinstance(person.user, User)
    with transaction.atomic():
        record(Actor.system(), "user.greeted", person, notify=[person.user])


def bell(page: Page, unread: int) -> Any:
    name = f"Notifications: {unread} unread" if unread else "Notifications"
    return page.get_by_role("link", name=name, exact=True)


def test_an_event_for_ben_rings_his_bell_in_every_tab_and_nobody_elses(
    tab: TabOf, ana: Clinician, ben: Clinician
) -> None:
    anas, bens = tab(ana), tab(ben)
    second = connected(bens.context.new_page())
    loads: list[str] = []
    bens.on("load", lambda page: loads.append(page.url))

    greet(ben)
    expect(bell(bens, 1)).to_be_visible()
    expect(bell(second, 1)).to_be_visible()
    greet(ben)
    expect(bell(bens, 2)).to_be_visible()

    assert loads == []
    expect(bell(anas, 0)).to_be_visible()


def test_what_is_read_in_one_tab_is_read_in_the_other(
    tab: TabOf, ben: Clinician
) -> None:
    first = tab(ben)
    second = connected(first.context.new_page())
    greet(ben)
    expect(bell(first, 1)).to_be_visible()

    second.goto("/notifications/")
    second.get_by_role("button", name="Mark all as read").click()

    expect(bell(first, 0)).to_be_visible()


def test_what_comes_before_the_line_is_there_is_not_missed(
    tab_of: TabOf, ben: Clinician
) -> None:
    page, held = tab_of(ben), list[Route]()

    def hold(script: Route) -> None:
        held.append(script)

    page.route("**/live-connection*", hold)
    page.goto("/", wait_until="commit")
    until(page, lambda: held)
    greet(ben)
    held[0].continue_()

    expect(bell(page, 1)).to_be_visible()


def test_a_bell_that_has_the_focus_keeps_it(tab: TabOf, ben: Clinician) -> None:
    page = tab(ben)
    bell(page, 0).focus()

    greet(ben)

    expect(bell(page, 1)).to_be_focused()


def test_a_tab_that_was_away_says_so_and_catches_up(tab: TabOf, ben: Clinician) -> None:
    page = tab(ben)
    notice = page.get_by_text("Offline, reconnecting")

    page.context.set_offline(True)
    page.evaluate("document.querySelector('live-connection').lose(1006)")
    greet(ben)
    expect(notice).to_be_visible()
    expect(page.get_by_text("That did not arrive")).to_be_hidden()

    page.context.set_offline(False)
    expect(bell(page, 1)).to_be_visible()
    expect(notice).to_be_hidden()


def test_a_tab_of_a_session_that_is_over_says_so_and_asks_no_more(
    tab: TabOf, ben: Clinician
) -> None:
    first = tab(ben)
    second = connected(first.context.new_page())

    second.get_by_role("button", name="You: your pages and sign out").click()
    second.get_by_role("button", name="Sign out", exact=True).click()

    ended = first.get_by_role("link", name="Sign in again")
    expect(ended).to_be_visible()
    ended.click()
    expect(first).to_have_url(re.compile("/account/login/"))
