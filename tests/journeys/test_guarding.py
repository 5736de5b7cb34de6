"""Ana writes of a client, and is shown what would tell who that is."""

from playwright.sync_api import Browser, Page, expect

from network.clinicians.models import Clinician
from tests.factories import a_direct
from tests.journeys.conftest import Enter
from tests.journeys.test_accessibility import axe
from tests.journeys.test_messages import at, bodies, box

TELLING = "Call Maria Lopez at 914 555 0142, she is 43 and lives in Rye"
SAFE = "Call the client at (number on file), she is in her forties and lives in"


def take(page: Page, words: str) -> None:
    row = page.locator(".findings__row").filter(has_text=words)
    row.get_by_role("button").click()


def test_ana_takes_other_words_and_sends_them(
    browser: Browser, base_url: str, enter: Enter, ana: Clinician, ben: Clinician
) -> None:
    context = browser.new_context(base_url=base_url)
    enter(context, ana)
    page = context.new_page()
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
