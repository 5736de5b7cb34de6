"""From the welcome page to the first useful search: fields, keys and pages counted."""

import re
import sys
import time
from dataclasses import dataclass, field

import pytest
from django.core import mail
from playwright.sync_api import Page, expect
from pytest_django import Settings

from network.accounts.models import User
from network.clinicians.actions.membership import verify_member
from network.clinicians.models import Clinician
from tests.clinicians.test_claims import NPI, an_entry
from tests.factories import PASSWORD, a_colleague
from tests.journeys.conftest import Enter, follow
from tests.journeys.test_accessibility import barriers

EMAIL = "ivy@consilium.example"
LINK = re.compile(r"https?://[^/\s]+(/account/confirm-email/\S+)")
# Bounds for whoever the registry knows; docs/onboarding.md says what was counted.
MOST_FIELDS, MOST_KEYS, MOST_PAGES, MOST_SECONDS = 18, 130, 17, 300
# The keystroke-level model (Card, Moran, Newell 1980): a key of somebody who types
# moderately; to think, to reach and to click once a field or button. And five seconds
# to read a page.
KEY, TOUCH, READ = 0.28, 1.35 + 0.4 + 1.1 + 0.2, 5
NEWCOMERS_PAGES = (
    "/welcome/npi/",
    "/welcome/you/",
    "/welcome/licences/",
    "/welcome/specialties/",
    "/welcome/clients/",
    "/welcome/openings/",
    "/welcome/review/",
    "/profile/identity/",
)


@dataclass
class Hands:
    """Does what a person does, and counts it."""

    page: Page
    fields: int = 0
    keys: int = 0
    presses: int = 0
    pages: list[str] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        touched = self.fields + self.presses
        return self.keys * KEY + touched * TOUCH + len(set(self.pages)) * READ

    def type(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=False).first.fill(text)
        self.fields += 1
        self.keys += len(text)

    def choose(self, label: str, option: str) -> None:
        self.page.get_by_label(label, exact=True).first.select_option(option)
        self.fields += 1

    def tick(self, label: str) -> None:
        self.page.get_by_label(label, exact=True).first.check()
        self.fields += 1

    def narrow_and_choose(self, typed: str, label: str, option: str) -> None:
        """One answer of a long list: type to narrow it, then choose."""
        self.page.get_by_role("searchbox").last.fill(typed)
        self.keys += len(typed)
        self.choose(label, option)

    def press(self, name: str) -> None:
        found = self.page.locator("main").get_by_role("button", name=name, exact=True)
        link = self.page.locator("main").get_by_role("link", name=name, exact=True)
        follow(found.or_(link).first)
        self.presses += 1
        self.pages.append(self.page.url)

    def go_on(self, slug: str) -> None:
        """To the next question, which has no barrier."""
        self.press("Continue")
        expect(self.page).to_have_url(re.compile(f"/welcome/{slug}/$"))


@pytest.fixture
def hands(page: Page, settings: Settings) -> Hands:
    """Of somebody new, on a site that asks for no second factor."""
    settings.SECOND_FACTOR_REQUIRED = False
    return Hands(page)


def sign_up(hands: Hands) -> None:
    hands.page.goto("/")
    hands.press("Create an account")
    hands.type("E-mail address", EMAIL)
    hands.type("Password", PASSWORD)
    hands.press("Create the account")
    found = LINK.search(str(mail.outbox[-1].body))
    assert found
    hands.page.goto(found[1])
    hands.press("Yes, this address is mine")
    if "/login/" in hands.page.url:
        hands.type("E-mail address", EMAIL)
        hands.type("Password", PASSWORD)
        hands.press("Sign in")
    if "agreements" in hands.page.url:
        hands.press("Accept and go on")


def test_somebody_the_registry_knows_searches_within_minutes(
    hands: Hands, staff: User, capsys: pytest.CaptureFixture[str]
) -> None:
    an_entry()
    a_colleague("Wren Test")
    began = time.monotonic()

    sign_up(hands)
    answer_everything(hands)
    asked = time.monotonic() - began
    her = Clinician.objects.get(user__email=EMAIL)
    assert hands.page.goto("/find/").status == 403  # type: ignore[union-attr]
    verify_member(her, by=staff)
    first_search(hands)

    with capsys.disabled():
        sys.stdout.write(
            f"\nonboarding: {hands.fields} fields, {hands.keys} keys, "
            f"{hands.presses} presses, {len(set(hands.pages))} pages; a person needs "
            f"{hands.seconds:.0f} s by the keystroke-level model; "
            f"a machine took {asked:.0f} s\n"
        )
    assert hands.fields <= MOST_FIELDS
    assert hands.keys <= MOST_KEYS
    assert len(set(hands.pages)) <= MOST_PAGES
    assert hands.seconds < MOST_SECONDS


def answer_everything(hands: Hands) -> None:
    be_found(hands)
    hands.go_on("licences")
    hands.type("Valid until", "2099-12-31")
    hands.go_on("places")
    hands.go_on("specialties")
    say_the_rest(hands)
    hands.go_on("review")
    expect(hands.page.get_by_text("All of it is said")).to_be_visible()


def be_found(hands: Hands) -> None:
    hands.type("Your NPI", NPI)
    hands.type("Your last name", "McLarch-Ash")
    hands.press("Look me up")
    expect(hands.page.get_by_role("heading", name="Is this you?")).to_be_visible()
    hands.press("Yes, fill it in")
    expect(hands.page.get_by_label("Name, as colleagues")).to_have_value(
        "Ivy Q. McLarch-Ash Jr."
    )


def say_the_rest(hands: Hands) -> None:
    hands.narrow_and_choose("ocd", "OCD", "certified")
    hands.narrow_and_choose("panic", "Panic and agoraphobia", "trained")
    hands.go_on("approaches")
    hands.narrow_and_choose("erp", "Exposure and response prevention", "certified")
    hands.go_on("clients")
    for age in ("Young adults (18-25)", "Adults (26-64)", "Individual"):
        hands.tick(age)
    hands.go_on("meeting")
    for way in ("In person", "Video"):
        hands.tick(way)
    hands.go_on("languages")
    hands.narrow_and_choose("engl", "English", "native")
    hands.go_on("payment")
    hands.type("Fee from, in dollars", "150")
    hands.go_on("openings")
    hands.type("How many", "2")


def first_search(hands: Hands) -> None:
    hands.page.goto("/find/")
    hands.type("What does the client need?", "adult with OCD, ERP, 10583")
    hands.press("Find")
    expect(hands.page.get_by_role("link", name="Wren Test")).to_be_visible()


def test_what_is_typed_is_kept_before_anything_is_pressed(
    page: Page, enter: Enter, finn: Clinician
) -> None:
    enter(page.context, finn)
    page.goto("/welcome/payment/")
    page.get_by_label("Fee from, in dollars").fill("150")
    page.keyboard.press("Tab")
    expect(page.locator("#kept")).to_contain_text("Kept, ")
    expect(page.locator("#meter")).not_to_contain_text("how clients pay")
    expect(page.get_by_label("Fee to, in dollars")).to_be_focused()

    page.get_by_label("Fee to, in dollars").fill("100")
    page.keyboard.press("Tab")
    expect(page.locator("#kept")).to_contain_text("less than where the fee begins")
    expect(page.get_by_label("Fee to, in dollars")).to_have_value("100")

    page.goto("/welcome/payment/")
    expect(page.get_by_label("Fee from, in dollars")).to_have_value("150")


def test_a_newcomer_finds_no_barrier(page: Page, enter: Enter, finn: Clinician) -> None:
    enter(page.context, finn)

    assert barriers(page, NEWCOMERS_PAGES) == []
