"""Every page, in every light: nothing that axe can find. New pages are added here."""

import re
from collections.abc import Iterator
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from network.clinicians.models import Clinician
from tests.accounts.entering import code
from tests.factories import PASSWORD
from tests.journeys.conftest import follow

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
COLOURS = ("color-contrast", "link-in-text-block")
VIOLATIONS = "asked => axe.run(asked).then(({ violations }) => violations)"

# Each with its width, and which rules can find there what no light before it shows.
LIGHTS: dict[str, tuple[int, dict[str, Any], tuple[str, ...]]] = {
    "desk": (1280, {}, RULES),
    "phone": (320, {}, RULES),
    "dark": (1280, {"color_scheme": "dark"}, COLOURS),
    "forced": (390, {"forced_colors": "active"}, COLOURS),
}
# With less motion a colour is there at once and not on its way.
PLAIN: dict[str, Any] = {
    "color_scheme": "light",
    "forced_colors": "none",
    "reduced_motion": "reduce",
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
    "/referrals/",
    "/referrals/new/",
    "/referrals/lists/mine/",
    "/week/",
    "/",
    "/find/",
    "/lists/",
    "/lists/shortlist/",
    "/messages/",
    "/messages/later/",
    "/messages/search/",
    "/messages/start/",
    "/profile/",
    "/profile/blocks/",
    "/profile/conflicts/",
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
    "/settings/presence/",
    "/account/logout/",
    "/account/reauthenticate/",
    "/account/sessions/",
    "/account/2fa/",
    "/account/2fa/reauthenticate/",
    "/account/2fa/webauthn/",
    "/nothing-here/",
)


def test_a_visitor_finds_no_barrier(page: Page) -> None:
    assert barriers(page, VISITORS_PAGES) == []


def test_a_member_finds_no_barrier(anas_page: Page) -> None:
    assert barriers(anas_page, MEMBERS_PAGES) == []


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


def test_a_second_factor_is_set_up_without_a_barrier(
    page: Page, ana: Clinician
) -> None:
    enter_password(page)
    expect(page).to_have_url(re.compile("/second-factor/$"))
    assert barriers(page, SETTING_UP) == []

    page.goto("/account/2fa/totp/activate/")
    page.get_by_label("Code").fill(code(secret=page.locator(".secret").inner_text()))
    follow(page.get_by_role("button", name="Switch it on"))
    expect(page).to_have_url(re.compile("/recovery-codes/$"))
    assert barriers(page, SET_UP) == []

    page.context.clear_cookies()
    enter_password(page)
    expect(page).to_have_url(re.compile("/authenticate/$"))
    assert barriers(page, ("/account/2fa/authenticate/",)) == []


def enter_password(page: Page) -> None:
    page.goto("/account/login/")
    page.get_by_label("E-mail address").fill("ana@consilium.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    follow(page.get_by_role("button", name="Sign in", exact=True))


def test_the_warning_before_a_session_ends_has_no_barrier(anas_page: Page) -> None:
    anas_page.goto("/account/sessions/")
    anas_page.evaluate("document.querySelector('idle-watch dialog').showModal()")

    assert axe(anas_page) == []
    anas_page.get_by_role("button", name="Stay signed in").click()
    expect(anas_page.get_by_role("dialog")).to_be_hidden()


def test_a_form_with_mistakes_has_no_barrier_either(page: Page) -> None:
    page.goto("/account/signup/")
    follow(page.get_by_role("button", name="Create the account"))

    expect(page).to_have_title(re.compile("^Error: "))
    assert axe(page) == []


def test_axe_finds_a_planted_barrier(page: Page) -> None:
    page.goto("/account/login/")
    page.evaluate("document.querySelector('label').remove()")

    assert [line.split()[::2][:2] for line in axe(page)] == [
        ["desk:", "label"],
        ["phone:", "label"],
    ]


def barriers(page: Page, addresses: tuple[str, ...]) -> list[str]:
    """What is wrong with these pages, and which of them led elsewhere."""
    found = []
    for address in addresses:
        page.goto(address)
        found += axe(page)
        if not page.url.endswith(address):
            found.append(f"{address} led to {page.url}")
    return found


def axe(page: Page) -> list[str]:
    """What axe finds in each light, and where the page scrolls sideways."""
    found = []
    for light, (width, media, rules) in LIGHTS.items():
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(**{**PLAIN, **media})
        found += [f"{light}: {page.url} {line}" for line in _violations(page, rules)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{light}: {page.url} scrolls sideways")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.emulate_media(**PLAIN)
    return found


def _violations(page: Page, rules: tuple[str, ...]) -> Iterator[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    options = {"runOnly": list(rules), "resultTypes": ["violations"]}
    for violation in page.evaluate(VIOLATIONS, options):
        for node in violation["nodes"]:
            yield f"{violation['id']} {node['target']}"
