"""What whoever opens a conversation sees and hears at once."""

import pytest
from playwright.sync_api import expect
from pytest_playwright.pytest_playwright import CreateContextCallback

from messaging.sending import read_up_to
from network.clinicians.models import Clinician
from tests.factories import a_direct
from tests.journeys.conftest import Enter, TabOf, until
from tests.journeys.test_messages import at, last, line
from tests.messaging.saying import her, place_of, say


@pytest.mark.parametrize(("lines", "is_whole"), [(12, True), (60, False)])
def test_what_is_unread_shows_whole_where_there_is_room(
    tab_of: TabOf, ana: Clinician, ben: Clinician, lines: int, is_whole: bool
) -> None:
    room = a_direct(ana, ben)
    for number in range(30):
        say(ben, room, f"Line {number}")
    read_up_to(room, 30, by=her(ana))
    say(ben, room, "\n".join("word" for _ in range(lines)))
    say(ben, room, "The end.")
    page = tab_of(ana)
    page.set_viewport_size({"width": 1280, "height": 800})

    at(page, room)

    expect(page.get_by_text("New since")).to_be_in_viewport(ratio=1)
    if is_whole:
        expect(line(page, "The end.")).to_be_in_viewport(ratio=1)
        until(page, lambda: place_of(ana, room).unread == 0)
    else:
        expect(line(page, "The end.")).not_to_be_in_viewport()


def test_each_line_says_whose_it_is(
    tab_of: TabOf, ana: Clinician, ben: Clinician
) -> None:
    room, page = a_direct(ana, ben), tab_of(ana)
    for words in ("One.", "Another."):
        say(ben, room, words)

    at(page, room)

    expect(last(page)).to_match_aria_snapshot(
        """
        - listitem:
          - paragraph: Ben Sparrow
          - text: Another.
        """
    )


def test_without_a_script_no_key_is_said_to_send(
    new_context: CreateContextCallback, enter: Enter, ana: Clinician, ben: Clinician
) -> None:
    context = new_context(java_script_enabled=False)
    enter(context, ana)
    page = context.new_page()

    page.goto(a_direct(ana, ben).get_absolute_url())

    expect(page.get_by_role("button", name="Send")).to_be_visible()
    expect(page.locator(".composer__keys")).to_be_hidden()


def test_at_twice_the_size_the_list_is_more_than_a_slit(
    tab_of: TabOf,
    ana: Clinician,
    ben: Clinician,
    cleo: Clinician,
    dana: Clinician,
    eli: Clinician,
) -> None:
    for one in (ben, cleo, dana, eli):
        say(one, a_direct(ana, one))
    page = tab_of(ana)
    page.set_viewport_size({"width": 640, "height": 400})
    page.goto("/messages/")

    rows = page.locator(".conversation")
    expect(rows.first).to_be_in_viewport(ratio=1)
    page.mouse.wheel(0, 400)
    until(page, lambda: page.evaluate("scrollY"))
    expect(rows.last).to_be_in_viewport(ratio=1)
