"""What somebody is writing stays while the page around it is drawn anew."""

from playwright.sync_api import expect

from network.clinicians.models import Clinician
from referrals.actions.drafting import shortlist
from tests import factories
from tests.journeys.conftest import TabOf, until
from tests.referrals.story import by, click, ready

CONNECTED = "document.querySelector('live-connection')?.isHere ?? false"
NAMES = "Eda Larkspur, 1980"


def test_a_half_written_form_stays_when_the_page_has_news(
    tab_of: TabOf, ana: Clinician
) -> None:
    rosa, omar = (factories.a_colleague(name) for name in ("Rosa Wren", "Omar Dove"))
    one = ready(ana, rosa)
    page = tab_of(ana)
    page.goto(one.get_absolute_url())
    until(page, lambda: page.evaluate(CONNECTED))
    names = page.get_by_label("Names to check for conflicts")
    names.fill(NAMES)
    page.get_by_label("Nobody pays").check()

    shortlist(one, [rosa, omar], by=by(ana), click=click(one))

    expect(page.locator("#state").get_by_text("Omar Dove")).to_be_visible()
    expect(names).to_have_value(NAMES)
    expect(names).to_be_visible()
    expect(page.get_by_label("Nobody pays")).to_be_checked()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("It has changed meanwhile")).to_be_visible()
