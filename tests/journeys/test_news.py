"""Pieces of a page that ask by themselves miss nothing, and disturb nobody."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import APIResponse, Page, Request, Route, expect

from network.clinicians.models import Clinician
from referrals.actions.ending import withdraw_referral
from referrals.models import Referral
from tests import factories
from tests.journeys.conftest import TabOf, leading_on, until
from tests.journeys.test_bell import GREETED
from tests.messaging.saying import say
from tests.referrals.story import WORDS, by, click, offer_to, opened, sent

HEARD = """() => {
  window.heard = 0;
  document.body.addEventListener("htmx:afterOnLoad", () => (window.heard += 1));
}"""
NUDGED = """() => {
  window.nudged = 0;
  document.body.addEventListener("live:conversations", () => (window.nudged += 1));
}"""
SEEN = "Opened on"
A_WHILE = 2_000  # in which a line would be there, and news on it
Held = tuple[Route, APIResponse]


@pytest.fixture
def rosa() -> Clinician:
    return factories.a_colleague("Rosa Wren")


@pytest.fixture
def one(ana: Clinician, rosa: Clinician) -> Referral:
    return sent(ana, rosa)


@pytest.fixture
def page(tab_of: TabOf, ana: Clinician, one: Referral) -> Page:
    """Ana's, at the referral; what it asks for when the line is there has come."""
    page = tab_of(ana)
    address = one.get_absolute_url()

    def is_asked_again(asked: Request) -> bool:
        return asked.resource_type == "xhr" and asked.url.endswith(address)

    with page.expect_request_finished(is_asked_again):
        page.goto(address)
    return page


@contextmanager
def answered(page: Page) -> Iterator[None]:
    """Until the page has done what it does with an answer."""
    page.evaluate(HEARD)
    yield
    until(page, lambda: page.evaluate("window.heard"))


def is_list(address: str) -> bool:
    """Of conversations, as a piece that is asked for by itself."""
    return "/messages/?" in address


def test_what_happens_before_the_line_is_there_is_seen(
    tab_of: TabOf, ana: Clinician, rosa: Clinician, one: Referral
) -> None:
    page, held = tab_of(ana), list[Route]()

    def hold(script: Route) -> None:
        held.append(script)

    page.route("**/live-connection*", hold)
    page.goto(one.get_absolute_url(), wait_until="commit")
    until(page, lambda: held)
    expect(page.get_by_role("region", name="How it stands")).to_be_visible()
    opened(rosa, one)
    held[0].continue_()

    expect(page.get_by_text(SEEN)).to_be_visible()


def test_no_link_goes_away_under_a_finger(
    page: Page, rosa: Clinician, one: Referral
) -> None:
    page.get_by_role("link", name="The packet").hover()
    page.mouse.down()
    with answered(page):
        opened(rosa, one)
    with leading_on(page):
        page.mouse.up()

    expect(page).to_have_url(re.compile("/packet/"))


def test_what_waited_for_a_finger_comes_when_it_is_let_go(
    page: Page, rosa: Clinician, one: Referral
) -> None:
    page.get_by_role("heading", name="Whom you asked").hover()
    page.mouse.down()
    with answered(page):
        opened(rosa, one)
    expect(page.get_by_text(SEEN)).to_have_count(0)
    page.mouse.up()

    expect(page.get_by_text(SEEN)).to_be_visible()


def test_what_she_may_read_no_more_goes_also_under_a_finger(
    tab_of: TabOf, ana: Clinician, rosa: Clinician, one: Referral
) -> None:
    page, offer = tab_of(rosa), offer_to(rosa, one)
    page.goto(offer.get_absolute_url())
    until(page, lambda: page.evaluate(GREETED))
    page.get_by_role("heading", name="What the client needs").hover()
    page.mouse.down()

    withdraw_referral(one, by=by(ana), click=click(one))

    expect(page.get_by_text(WORDS)).to_have_count(0)
    page.mouse.up()


def test_what_is_folded_out_stays_so_and_keeps_the_focus(
    page: Page, rosa: Clinician, one: Referral
) -> None:
    more = page.locator("#state summary").filter(has_text="More").first
    more.press("Enter")

    opened(rosa, one)

    expect(page.get_by_text(SEEN)).to_be_visible()
    expect(page.locator("#state details[open]")).to_have_count(1)
    expect(more).to_be_focused()


def test_an_answer_that_says_the_same_changes_nothing(
    tab_of: TabOf, rosa: Clinician, one: Referral
) -> None:
    page, offer = tab_of(rosa), offer_to(rosa, one)
    page.goto(offer.get_absolute_url())
    until(page, lambda: page.evaluate("document.querySelector('#part') !== null"))
    page.evaluate("document.querySelector('#part').kept = true")

    with answered(page):
        page.evaluate("document.querySelector('live-connection').lose(1006)")

    assert page.evaluate("document.querySelector('#part').kept")


def test_what_comes_while_a_piece_is_on_its_way_is_seen_too(
    tab_of: TabOf, ana: Clinician, ben: Clinician
) -> None:
    page, room, held = tab_of(ben), factories.a_direct(ana, ben), list[Held]()

    def hold(asked: Route) -> None:
        held.append((asked, asked.fetch()))

    page.goto("/messages/")
    until(page, lambda: page.evaluate(GREETED))
    page.wait_for_load_state("networkidle")
    page.evaluate(NUDGED)
    page.route(is_list, hold, times=1)
    say(ana, room, "the first word")
    until(page, lambda: held)
    say(ana, room, "the second word")
    until(page, lambda: page.evaluate("window.nudged") == 2)
    [(asked, answer)] = held
    asked.fulfill(response=answer)

    row = page.locator("#conversations .conversation")
    expect(row).to_contain_text("the second word")
    expect(row).to_contain_text("2 unread")


def test_what_comes_before_all_scripts_are_there_is_seen(
    tab_of: TabOf, ana: Clinician, ben: Clinician
) -> None:
    page, room, held = tab_of(ben), factories.a_direct(ana, ben), list[Route]()

    def hold(script: Route) -> None:
        held.append(script)

    page.route("**/js/chat*.js", hold)
    page.goto("/messages/", wait_until="commit")
    until(page, lambda: held)
    page.wait_for_timeout(A_WHILE)
    say(ana, room, "the first word")
    page.wait_for_timeout(A_WHILE)
    held[0].continue_()

    row = page.locator("#conversations .conversation")
    expect(row).to_contain_text("the first word")
