"""Every page, in every light: nothing that axe can find. New pages are added here."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from network.clinicians.models import Clinician
from tests.accounts.entering import code
from tests.factories import PASSWORD
from tests.journeys.conftest import Enter

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

LIGHTS: dict[str, Any] = {
    "desk": {"viewport": {"width": 1280, "height": 800}},
    "phone": {"viewport": {"width": 320, "height": 640}},
    "dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
    "forced": {"viewport": {"width": 390, "height": 800}, "forced_colors": "active"},
}

VISITORS_PAGES = (
    "/",
    "/account/login/",
    "/account/signup/",
    "/account/password/reset/",
    "/account/password/reset/done/",
    "/account/password/reset/key/1-used/",
    "/account/confirm-email/",
    "/account/confirm-email/used/",
    "/account/inactive/",
    "/terms/",
    "/privacy/",
    "/nothing-here/",
)

MEMBERS_PAGES = (
    "/",
    "/find/",
    "/lists/",
    "/lists/shortlist/",
    "/profile/",
    "/profile/blocks/",
    "/profile/endorsements/",
    "/profile/supervision/",
    "/profile/clients/",
    "/profile/licences/",
    "/profile/openings/",
    "/profile/person/",
    "/profile/specialties/",
    "/notifications/",
    "/account/tokens/",
    "/account/email/",
    "/account/password/change/",
    "/settings/",
    "/settings/appearance/",
    "/settings/agreements/",
    "/settings/closing/",
    "/settings/data/",
    "/settings/language/",
    "/settings/notifications/",
    "/account/logout/",
    "/account/reauthenticate/",
    "/account/sessions/",
    "/account/2fa/",
    "/account/2fa/reauthenticate/",
    "/account/2fa/webauthn/",
    "/nothing-here/",
)


@pytest.mark.parametrize("light", LIGHTS)
def test_a_visitor_finds_no_barrier(
    browser: Browser, base_url: str, light: str
) -> None:
    page = browser.new_context(base_url=base_url, **LIGHTS[light]).new_page()

    assert barriers(page, VISITORS_PAGES) == []


@pytest.mark.parametrize("light", LIGHTS)
def test_a_member_finds_no_barrier(
    browser: Browser, base_url: str, light: str, enter: Enter, ana: Clinician
) -> None:
    context = browser.new_context(base_url=base_url, **LIGHTS[light])
    enter(context, ana)

    assert barriers(context.new_page(), MEMBERS_PAGES) == []


SETTING_UP = (
    "/account/second-factor/",
    "/account/2fa/totp/activate/",
    "/account/2fa/webauthn/add/",
)
SET_UP = (
    "/account/2fa/",
    "/account/2fa/totp/deactivate/",
    "/account/2fa/recovery-codes/",
    "/account/2fa/recovery-codes/generate/",
)


@pytest.mark.parametrize("light", LIGHTS)
def test_a_second_factor_is_set_up_without_a_barrier(
    browser: Browser, base_url: str, light: str, ana: Clinician
) -> None:
    page = browser.new_context(base_url=base_url, **LIGHTS[light]).new_page()
    page.goto("/account/login/")
    page.get_by_label("E-mail address").fill("ana@consilium.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/second-factor/")
    assert barriers(page, SETTING_UP) == []

    page.goto("/account/2fa/totp/activate/")
    page.get_by_label("Code").fill(code(secret=page.locator(".secret").inner_text()))
    page.get_by_role("button", name="Switch it on").click()
    page.wait_for_url("**/recovery-codes/")
    assert barriers(page, SET_UP) == []

    page.context.clear_cookies()
    page.goto("/account/login/")
    page.get_by_label("E-mail address").fill("ana@consilium.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/authenticate/")
    assert barriers(page, ("/account/2fa/authenticate/",)) == []


def test_the_warning_before_a_session_ends_has_no_barrier(anas_page: Page) -> None:
    anas_page.goto("/account/sessions/")
    anas_page.evaluate("document.querySelector('idle-watch dialog').showModal()")

    assert axe(anas_page) == []
    anas_page.get_by_role("button", name="Stay signed in").click()
    expect(anas_page.get_by_role("dialog")).to_be_hidden()


def test_a_form_with_mistakes_has_no_barrier_either(page: Page) -> None:
    page.goto("/account/signup/")
    page.get_by_role("button", name="Create the account").click()

    assert page.title().startswith("Error: ")
    assert axe(page) == []


def test_axe_finds_a_planted_barrier(page: Page) -> None:
    page.goto("/account/login/")
    page.evaluate("document.querySelector('label').remove()")

    assert [line.split()[1] for line in axe(page)] == ["label"]


def barriers(page: Page, addresses: tuple[str, ...]) -> list[str]:
    """What axe finds on these pages, and the pages that scroll sideways."""
    found = []
    for address in addresses:
        page.goto(address)
        found += axe(page)
        if not page.url.endswith(address):
            found.append(f"{address} led to {page.url}")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{address} scrolls sideways")
    return found


def axe(page: Page) -> list[str]:
    answer = Axe().run(page, options={"runOnly": list(RULES)}).response
    return [
        f"{page.url} {violation['id']} {node['target']}"
        for violation in answer["violations"]
        for node in violation["nodes"]
    ]
