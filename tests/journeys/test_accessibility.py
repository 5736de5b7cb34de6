"""Every page, in every light: nothing that axe can find. New pages are added here."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from network.clinicians.models import Clinician
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
