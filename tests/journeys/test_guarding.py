"""Ana writes of a client, and is shown what would tell who that is."""

import re

from playwright.sync_api import Page, Route, expect

from messaging.actions.guarding import set_guard
from messaging.models import Conversation
from network.clinicians.models import Clinician
from tests.factories import a_direct
from tests.journeys.conftest import TabOf, until
from tests.journeys.test_accessibility import axe
from tests.journeys.test_messages import at, bodies, box
from tests.messaging.saying import her

TELLING = "Call Maria Lopez at 914 555 0142, she is 43 and lives in Rye"
SAFE = "Call the client at (number on file), she is in her forties and lives in"


def take(page: Page, words: str) -> None:
    row = page.locator(".findings__row").filter(has_text=words)
    row.get_by_role("button").click()


def test_ana_takes_other_words_and_sends_them(
    tab_of: TabOf, ana: Clinician, ben: Clinician
) -> None:
    page = tab_of(ana)
    at(page, a_direct(ana, ben))

    box(page).press_sequentially(TELLING)
    rows = page.locator(".findings__row")
    expect(rows).to_have_count(4)
    says = page.locator("[data-guard-says]")
    expect(says).to_have_text("4 passages could tell who somebody is.")
    assert axe(page) == []

    for words in ("Maria Lopez", "43", "914 555 0142", "Rye"):
        take(page, words)
    expect(rows).to_have_count(0)
    expect(says).to_have_text("Nothing tells who somebody is any more.")
    expect(box(page)).to_have_value(f"{SAFE} the region")

    box(page).press("Enter")
    expect(bodies(page)).to_have_text([f"{SAFE} the region"])


def test_no_button_goes_away_under_a_finger(
    tab_of: TabOf, ana: Clinician, ben: Clinician
) -> None:
    page = tab_of(ana)
    at(page, a_direct(ana, ben))
    box(page).press_sequentially(TELLING)
    expect(page.locator(".findings__row")).to_have_count(4)

    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/guard/", hold)
    take(page, "Maria Lopez")
    until(page, lambda: bool(held))
    button = page.locator(".findings__row").filter(has_text="43").get_by_role("button")
    button.hover()
    page.mouse.down()
    with page.expect_response("**/guard/"):
        held[0].continue_()
    page.wait_for_timeout(200)  # in which it would be gone
    page.unroute("**/guard/")
    page.mouse.up()

    expect(box(page)).to_have_value(re.compile("in her forties"))


def guarded(ana: Clinician, ben: Clinician, level: str) -> Conversation:
    room = a_direct(ana, ben)
    set_guard(room, Conversation.Guarding(level), by=her(ana))
    return room


def test_an_open_page_takes_that_the_guard_was_changed(
    tab_of: TabOf, ana: Clinician, ben: Clinician
) -> None:
    room, page = a_direct(ana, ben), tab_of(ana)
    at(page, room)
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(fault.message))

    set_guard(room, Conversation.Guarding.REASON, by=her(ben))
    expect(page.locator(".thread__note")).to_contain_text("what the guard does")

    assert faults == []


def test_an_edit_that_is_refused_leaves_the_line_as_it_was_kept(
    tab_of: TabOf, ana: Clinician, ben: Clinician
) -> None:
    page = tab_of(ana)
    at(page, guarded(ana, ben, "block"))
    box(page).fill("Nobody is named.")
    box(page).press("Enter")
    kept = page.locator(".thread__log .message").last
    expect(kept).to_contain_text("kept")

    box(page).press("ArrowUp")
    box(page).fill(TELLING)
    box(page).press("Enter")
    expect(page.locator("[data-says]")).to_contain_text("Not changed")
    expect(box(page)).to_have_value(TELLING)
    expect(kept).to_contain_text("Nobody is named.")
    expect(kept).not_to_contain_text("Not changed")


def test_ana_says_why_she_names_somebody(
    tab_of: TabOf, ana: Clinician, ben: Clinician
) -> None:
    page = tab_of(ana)
    at(page, guarded(ana, ben, "reason"))

    box(page).fill(TELLING)
    reason = page.get_by_label("To send it as it is, say why:")
    expect(reason).to_be_visible()
    assert axe(page) == []
    reason.select_option("consented")
    page.get_by_role("button", name="Send").click()

    expect(bodies(page)).to_have_text([TELLING])
    expect(page.locator(".message [data-part='state']")).to_contain_text("kept")


def test_what_was_sent_too_quickly_comes_back_into_the_box(
    tab_of: TabOf, ana: Clinician, ben: Clinician
) -> None:
    page = tab_of(ana)
    at(page, guarded(ana, ben, "block"))

    box(page).fill(TELLING)
    box(page).press("Enter")
    expect(page.locator(".findings__row")).to_have_count(4)
    expect(box(page)).to_have_value(TELLING)
    expect(bodies(page)).to_have_count(0)
    take(page, "Maria Lopez")
    take(page, "914 555 0142")
    expect(page.locator(".findings__row")).to_have_count(2)
    box(page).press("Enter")
    expect(bodies(page)).to_have_count(1)
