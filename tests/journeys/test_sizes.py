"""Whatever the size of a window: nothing of a conversation leaves it, or is lost."""

import re

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect
from pytest_django import Settings

from messaging.actions.conversations import close
from messaging.actions.members import remove_member
from messaging.actions.muting import mute
from messaging.actions.topics import make_topic
from messaging.models import Kind
from network.clinicians.models import Clinician
from tests.factories import a_conversation, a_direct
from tests.journeys.conftest import TabOf
from tests.journeys.test_files import TEXT, choose
from tests.journeys.test_guarding import TELLING, guarded
from tests.journeys.test_messages import at, box, synced
from tests.messaging.saying import do, her, say

DESK = ViewportSize(width=1280, height=800)
PHONE = ViewportSize(width=390, height=844)
LOW = ((375, 560), (390, 664), (390, 844), (1280, 620), (1280, 720))
NEW = re.compile("New .*1", re.DOTALL)
LOWEST = {
    "log-box": 40,
    ".composer__text": 40,
    ".findings": 60,
    ".composer__notice": 20,
}
# At one moment: what was found is drawn anew now and then.
BOXES = """(parts) => parts.map((part) => {
  const { height, bottom } = document.querySelector(part).getBoundingClientRect();
  return [part, height, bottom];
})"""
# Of its words, not of the element.
WORDS = """(it) => {
  const range = document.createRange();
  range.selectNodeContents(it);
  return range;
}"""
ENDS = f"it => ({WORDS})(it).getBoundingClientRect().right"
# As the script says it of a line that the server refused, at its longest.
REFUSED = """() => {
  const { content } = document.querySelector("[data-form=refused]");
  const said = content.cloneNode(true);
  said.querySelector("[data-why]").textContent = "it could tell who somebody is.";
  document.querySelector(".thread__log [data-part=state]").append(said);
}"""


def top(one: Locator) -> float:
    at = one.bounding_box()
    assert at
    return at["y"]


def bottom(one: Locator) -> float:
    at = one.bounding_box()
    assert at
    return at["y"] + at["height"]


def left_of(one: Locator) -> float:
    at = one.bounding_box()
    assert at
    return at["x"]


def right(one: Locator) -> float:
    at = one.bounding_box()
    assert at
    return at["x"] + at["width"]


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


def test_much_to_send_leaves_the_lines_and_send_in_the_window(
    tab_of: TabOf, ana: Clinician, ben: Clinician
) -> None:
    room, page = guarded(ana, ben, "block"), tab_of(ana)
    say(ben, room)
    at(page, room)

    box(page).fill(f"{TELLING}. {'She asks for an evening. ' * 12}")
    box(page).press("Enter")
    for shown in (".composer__amiss", ".findings"):
        expect(page.locator(shown)).to_be_visible()
    assert cramped(page) == []
    choose(page, TEXT)
    expect(page.locator(".tray__file")).to_be_visible()
    assert cramped(page) == []


def cramped(page: Page) -> list[tuple[str, int, int]]:
    """What is too low to be used, or leaves the window, at which size."""
    faults = []
    for wide, high in LOW:
        page.set_viewport_size({"width": wide, "height": high})
        boxes = page.evaluate(BOXES, list(LOWEST))
        bad = [one for one, tall, low in boxes if low > high or tall < LOWEST[one]]
        faults += [(one, wide, high) for one in bad]
    return faults


@pytest.mark.parametrize("is_answer", [True, False])
def test_on_its_side_what_was_found_stands_below_the_text(
    tab_of: TabOf, ana: Clinician, ben: Clinician, is_answer: bool
) -> None:
    room, page = a_direct(ana, ben), tab_of(ana)
    said = say(ben, room)
    page.set_viewport_size({"width": 844, "height": 390})
    page.goto(f"{room.get_absolute_url()}{f'?reply={said.seq}' * is_answer}")
    synced(page)

    box(page).press_sequentially(TELLING)

    found = page.locator(".findings")
    expect(found).to_be_visible()
    assert top(found) >= bottom(box(page))
    assert bottom(page.get_by_role("button", name="Send")) <= top(found)


def test_what_was_left_in_a_closed_conversation_is_reached_in_the_lowest_window(
    tab_of: TabOf, ana: Clinician, ben: Clinician
) -> None:
    room, page = a_conversation(ana, ben, title="Tuesday"), tab_of(ana)
    at(page, room)
    box(page).fill("A line of it.\n" * 5)
    expect(page.get_by_text("draft kept")).to_be_visible()

    close(room, by=her(ana))

    left = page.locator(".thread__left textarea")
    expect(left).to_be_visible()
    assert left.evaluate("box => box.scrollHeight <= box.clientHeight")
    page.set_viewport_size({"width": 320, "height": 256})
    assert bottom(page.locator(".thread__foot")) <= 256
    page.locator(".composer__notice").scroll_into_view_if_needed()
    assert bottom(page.locator(".composer__notice")) <= 256


def test_that_it_is_over_stands_apart_from_the_edges(
    tab_of: TabOf, dana: Clinician, ana: Clinician
) -> None:
    room, page = a_conversation(dana, ana, title="Tuesday"), tab_of(ana)
    page.set_viewport_size(PHONE)
    at(page, room)

    remove_member(room, ana, by=her(dana))

    notice = page.locator(".thread__over > .notice")
    expect(notice).to_be_visible()
    assert left_of(notice) >= 16
    assert top(notice) >= top(page.locator(".thread")) + 16


def test_the_times_of_a_list_end_where_its_counts_do(
    tab_of: TabOf, ana: Clinician, ben: Clinician
) -> None:
    room, page = a_direct(ana, ben), tab_of(ana)
    for _ in range(10):
        say(ben, room)
    mute(room, "good", by=her(ana))

    page.goto("/messages/")

    said = page.locator(".conversation__time").evaluate(ENDS)
    assert said == pytest.approx(right(page.locator(".conversation__count")), abs=1)


def test_a_way_back_has_its_words_in_one_line(
    tab_of: TabOf, ana: Clinician, ben: Clinician
) -> None:
    room, page = a_direct(ana, ben), tab_of(ana)
    say(ana, room)
    page.set_viewport_size(PHONE)
    at(page, room)

    page.evaluate(REFUSED)

    back = page.locator(".thread__log").get_by_role("button", name="Take back")
    assert back.evaluate(f"it => ({WORDS})(it).getClientRects().length") == 1


def test_topics_have_room_beside_what_is_pinned_and_new(
    tab_of: TabOf, ana: Clinician, ben: Clinician
) -> None:
    room, page = a_direct(ana, ben), tab_of(ana)
    topic = make_topic(room, "A rather long name of a topic", by=her(ben))
    said = say(ben, room, topic=topic.public_id)
    do(ben, room, Kind.PIN, said.seq)
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{room.get_absolute_url()}?topic={topic.public_id}")

        expect(page.locator("#bar summary")).to_have_text([re.compile("Pinned"), NEW])
        assert page.locator(".thread__topics").evaluate("it => it.clientWidth") >= 128


def test_what_leads_elsewhere_is_not_printed(
    tab_of: TabOf, ana: Clinician, ben: Clinician
) -> None:
    room, page = a_direct(ana, ben), tab_of(ana)
    page.set_viewport_size({"width": 794, "height": 1123})
    page.emulate_media(media="print")

    at(page, room)
    expect(page.locator(".thread__back")).to_be_hidden()
    page.goto("/messages/")
    expect(page.get_by_role("searchbox", name="Search messages")).to_be_hidden()
    expect(page.locator(".messages")).to_have_css("border-top-width", "0px")
