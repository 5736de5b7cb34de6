"""The main story: from a sentence about a client to a colleague at hand."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_playwright.pytest_playwright import CreateContextCallback

from network.clinicians.models import Clinician, ListEntry, SavedNeed
from tests.accounts.entering import code
from tests.factories import PASSWORD, a_colleague, with_an_app
from tests.journeys.conftest import Enter, follow, leading_on
from tests.journeys.test_accessibility import axe

STORY = "19, OCD with tics, ERP; CBT didn't help; evenings; 10583 or telehealth NY"

FOUND = re.compile(r"/find/[0-9a-f-]{36}/$")


@pytest.fixture
def ines(ana: Clinician) -> Clinician:
    """The one whom Ana looks for, among others."""
    a_colleague("Omar Weiss", specialties=[("ocd", "interest")], approaches=[])
    a_colleague("Tova Lund", specialties=[("grief", "teaches")])
    return a_colleague(
        "Ines Okafor", specialties=[("ocd", "consults"), ("tics", "trained")]
    )


def find(page: Page, words: str) -> None:
    page.goto("/find/")
    page.get_by_label("What does the client need?").fill(words)
    follow(page.get_by_role("button", name="Find", exact=True))
    expect(page).to_have_url(FOUND)


def press_until(page: Page, key: str, what: str) -> None:
    """Keep pressing a key until the focus is on what has this accessible name."""
    for _ in range(120):
        page.keyboard.press(key)
        name = page.evaluate(
            "(document.activeElement.getAttribute('aria-label')"
            " || document.activeElement.labels?.[0]?.textContent"
            " || document.activeElement.textContent).replace(/\\s+/g, ' ').trim()"
        )
        if re.search(what, name):
            return
    raise AssertionError(f"{key} never reached {what}")


def sign_in_by_keyboard(page: Page, ana: Clinician) -> None:
    assert ana.user is not None
    with_an_app(ana.user)
    page.goto(reverse("account_login"))
    press_until(page, "Tab", "E-?mail")
    page.keyboard.type("ana@consilium.example")
    press_until(page, "Tab", "^Password")
    page.keyboard.type(PASSWORD)
    with leading_on(page):
        page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/2fa/authenticate/"))
    press_until(page, "Tab", "[Cc]ode")
    page.keyboard.type(code())
    with leading_on(page):
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Today")).to_be_visible()


def test_ana_finds_ines_by_keyboard_alone(
    page: Page, ana: Clinician, ines: Clinician
) -> None:
    sign_in_by_keyboard(page, ana)

    with leading_on(page):
        page.keyboard.press("/")
    page.keyboard.press("/")
    page.keyboard.type(STORY)
    press_until(page, "Tab", "^Find$")
    with leading_on(page):
        page.keyboard.press("Enter")
    expect(page).to_have_url(FOUND)

    expect(page.get_by_role("heading", name="What was understood")).to_be_focused()
    expect(
        page.get_by_role("status").filter(has_text="criteria understood")
    ).to_be_attached()
    expect(page.locator("#matches h3").first).to_have_text("Ines Okafor")
    press_until(page, "Tab", "ERP: prefer")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="ERP: not. Change to must")).to_be_focused()

    press_until(page, "Tab", "Shortlist Ines Okafor")
    page.keyboard.press("Enter")
    expect(page.locator("#shortlist-count")).to_have_text("(1)")
    assert ListEntry.objects.get().colleague == ines


def test_the_form_answers_while_the_focus_stays(
    anas_page: Page, ines: Clinician
) -> None:
    page = anas_page
    find(page, "OCD")
    expect(page.locator("#results-title")).to_contain_text("2 colleagues")

    page.get_by_label("How deep: OCD").select_option("certified")
    page.get_by_label("How much: OCD").focus()
    page.get_by_label("How much: OCD").select_option("must")

    expect(page.locator("#results-title")).to_contain_text("1 colleague")
    expect(page.locator("#said")).to_have_text("1 colleague.")
    expect(page.get_by_label("How much: OCD")).to_be_focused()
    expect(page.locator("#understood")).to_contain_text("OCD (certified)")
    page.reload()
    expect(page.locator("#results-title")).to_contain_text("1 colleague")
    page.go_back()
    expect(page).to_have_url(re.compile(r"/find/$"))


def test_a_term_is_added_with_the_arrows(anas_page: Page, ines: Clinician) -> None:
    page = anas_page
    find(page, "OCD")

    page.get_by_label("Add a specialty").fill("touret")
    expect(page.get_by_role("option", name="Tics and Tourette")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.locator("#understood")).to_contain_text("Tics and Tourette")
    expect(page.get_by_label("Add a specialty")).to_be_focused()
    expect(page.get_by_label("Add a specialty")).to_have_value("")


def test_without_scripts_ana_comes_as_far(
    new_context: CreateContextCallback, enter: Enter, ana: Clinician, ines: Clinician
) -> None:
    context = new_context(java_script_enabled=False)
    enter(context, ana)
    page = context.new_page()
    find(page, STORY)
    expect(page.locator("#matches h3").first).to_have_text("Ines Okafor")

    page.get_by_role("button", name="ERP: prefer").click()
    expect(page.get_by_role("button", name="ERP: not")).to_be_visible()
    page.get_by_label("How much: OCD").select_option("prefer")
    page.get_by_role("button", name="Show matches").click()
    expect(page.get_by_role("button", name="OCD: prefer")).to_be_visible()
    for name in ("Ines Okafor", "Omar Weiss"):
        page.get_by_label(f"Compare {name}").check()
    page.get_by_role("button", name="Compare chosen").click()
    expect(page.get_by_role("heading", name="Compare")).to_be_visible()
    page.get_by_role("link", name="Back to the matches").click()
    page.get_by_role("button", name="Shortlist Ines Okafor").click()
    expect(page.get_by_role("button", name="Shortlist Ines Okafor")).to_have_attribute(
        "aria-pressed", "true"
    )


def test_no_barrier_on_the_way(anas_page: Page, ines: Clinician) -> None:
    page = anas_page
    found: list[str] = []

    def look() -> None:
        found.extend(axe(page))

    find(page, f"Maria Gonzalez, PD, {STORY}")
    for fold in page.locator("details").all():
        fold.evaluate("fold => { fold.open = true }")
    look()
    for box in page.locator("[name=compared]").all():
        box.check()
    page.get_by_role("button", name="Shortlist Ines Okafor").click()
    expect(page.locator("#shortlist-count")).to_have_text("(1)")
    follow(page.get_by_role("button", name="Compare chosen"))
    expect(page).to_have_url(re.compile("/comparison/"))
    look()
    page.goto("/lists/shortlist/")
    look()
    follow(page.get_by_role("button", name="Make a sheet"))
    expect(page).to_have_url(re.compile("/handout/"))
    look()
    assert found == []


def test_no_word_of_the_client_is_left_in_the_browser(
    anas_page: Page, ines: Clinician
) -> None:
    page = anas_page
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    find(page, "OCD and tics, zebrafinch")
    page.get_by_role("button", name="Tics and Tourette: prefer").click()
    expect(page.get_by_role("button", name="Tics and Tourette: not")).to_be_visible()

    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")

    assert not re.search("ocd|tics|zebrafinch", kept, re.IGNORECASE)
    assert not [url for url in seen if re.search("ocd|tics|zebrafinch|[?]", url)]
    assert "zebrafinch" not in str(SavedNeed.objects.get().content)
