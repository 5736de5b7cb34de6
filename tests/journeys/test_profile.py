"""A clinician completes her profile with the keyboard, a section at a time."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from network.clinicians.models import Clinician
from tests.factories import a_colleague
from tests.journeys.conftest import Enter


def test_a_specialty_is_added_without_a_mouse(
    page: Page, enter: Enter, ana: Clinician
) -> None:
    enter(page.context, ana)
    page.goto("/profile/")
    expect(page.locator("#progress")).to_contain_text("0 of 9 parts")

    page.get_by_role("link", name="Change specialties").press("Enter")
    heading = page.get_by_role("heading", name="Specialties")
    expect(heading).to_be_focused()

    page.keyboard.press("Tab")
    page.keyboard.type("tic")
    expect(page.get_by_label("Tics and Tourette")).to_be_visible()
    expect(page.get_by_label("Grief")).to_be_hidden()
    page.get_by_label("Tics and Tourette").select_option("certified")
    page.get_by_role("button", name="Keep").press("Enter")

    section = page.locator("#section-specialties")
    expect(section).to_contain_text("Tics and Tourette certified")
    expect(page.get_by_role("link", name="Change specialties")).to_be_focused()
    expect(page.locator("#progress")).to_contain_text("1 of 9 parts")
    assert ana.specialty_skills.get().depth == "certified"


def test_a_mistake_is_said_where_it_is(
    page: Page, enter: Enter, ana: Clinician
) -> None:
    enter(page.context, ana)
    page.goto("/profile/")
    page.get_by_role("link", name="Change places").press("Enter")
    page.get_by_label("ZIP").fill("00000")
    page.get_by_role("button", name="Keep").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("No place in the United States")

    page.get_by_role("link", name="Leave as it was").press("Enter")
    expect(page.get_by_role("link", name="Change places")).to_be_visible()


def test_a_colleague_is_seen_blocked_and_seen_again(
    page: Page, enter: Enter, ana: Clinician
) -> None:
    colleague = a_colleague("Wren Test")
    enter(page.context, ana)
    page.goto(f"/clinicians/{colleague.public_id}/")
    assert Axe().run(page).response["violations"] == []

    page.locator("summary", has_text="Block this").press("Enter")
    page.get_by_role("button", name="Block Wren Test").press("Enter")
    expect(page.get_by_role("heading", name="Blocked colleagues")).to_be_visible()
    page.get_by_role("button", name="Undo the block of Wren Test").press("Enter")
    expect(page.get_by_text("You have blocked nobody.")).to_be_visible()
