"""Kim registers a passkey and comes in without a password, as long as it knows her."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.core.cache import cache
from playwright.sync_api import BrowserContext, CDPSession, Page, expect

from network.accounts.models import User
from network.activity.models import Event
from tests import factories
from tests.journeys.conftest import follow

SHUT = "A second factor first"
KIM = "kim@consilium.example"


@dataclass
class Device:
    """A passkey's device that Chromium plays; it may refuse to know its owner."""

    session: CDPSession
    id: str

    def knows_its_owner(self, knows: bool) -> None:
        state = {"authenticatorId": self.id, "isUserVerified": knows}
        self.session.send("WebAuthn.setUserVerified", state)

    @property
    def passkeys(self) -> list[dict[str, object]]:
        state = {"authenticatorId": self.id}
        kept = self.session.send("WebAuthn.getCredentials", state)
        return list(kept["credentials"])


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def authenticator(context: BrowserContext, page: Page) -> Iterator[Device]:
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield Device(session, made["authenticatorId"])
    cache.clear()


@pytest.fixture
def kim(transactional_db: None) -> User:
    cache.clear()
    return factories.a_user(KIM)


def enter_password(page: Page, password: str = factories.PASSWORD) -> None:
    page.goto("/account/login/")
    page.get_by_label("E-mail address").fill(KIM)
    page.get_by_label("Password", exact=True).fill(password)
    follow(page.get_by_role("button", name="Sign in", exact=True))


def sign_out(page: Page) -> None:
    page.goto("/account/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()


def add_passkey(page: Page) -> None:
    follow(page.get_by_role("link", name="Add a passkey"))
    page.get_by_label("Name").fill("Desk")
    follow(page.get_by_role("button", name="Add it"))


def come_in_by_passkey(page: Page) -> None:
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()


def ways(kim: User) -> list[str]:
    signed_in = Event.objects.about(kim).filter(verb="account.signed_in")
    return [str(event.detail["by"]) for event in signed_in]


def test_kim_registers_a_passkey_and_needs_no_password_any_more(
    page: Page, authenticator: Device, kim: User
) -> None:
    enter_password(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(SHUT)

    add_passkey(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    expect(page.locator(".codes li")).to_have_count(10)
    assert len(authenticator.passkeys) == 1
    follow(page.get_by_role("link", name="Done"))
    expect(page.get_by_role("heading", level=1)).not_to_have_text(
        "A second factor first"
    )

    sign_out(page)
    come_in_by_passkey(page)
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    page.goto("/account/2fa/")

    expect(page.get_by_text("Desk").first).to_be_visible()
    assert ways(kim) == ["password", "mfa:webauthn"]


def test_a_passkey_that_does_not_know_its_owner_opens_nothing(
    page: Page, authenticator: Device, kim: User
) -> None:
    enter_password(page)
    add_passkey(page)
    sign_out(page)

    authenticator.knows_its_owner(False)
    come_in_by_passkey(page)

    expect(page.get_by_text("No passkey was used.")).to_be_visible()
    page.goto("/settings/")
    assert "/account/login/" in page.url
    assert ways(kim) == ["password"]


def test_the_server_itself_refuses_a_passkey_that_did_not_ask_who_is_there(
    page: Page, authenticator: Device, kim: User
) -> None:
    """The browser is told that it need not ask; the server is not fooled."""
    enter_password(page)
    add_passkey(page)
    sign_out(page)

    authenticator.knows_its_owner(False)
    page.goto("/account/login/")
    page.evaluate(
        """() => {
            const kept = webauthnJSON.get;
            const careless = (asked) => {
                asked.publicKey.userVerification = "discouraged";
                return kept(asked);
            };
            window.webauthnJSON = { get: careless };
        }"""
    )
    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.get_by_text("This code is not right")).to_be_visible()
    assert ways(kim) == ["password"]


def test_a_passkey_is_the_way_in_while_somebody_locks_the_password(
    page: Page, authenticator: Device, kim: User
) -> None:
    enter_password(page)
    add_passkey(page)
    sign_out(page)

    for _ in range(11):
        enter_password(page, "wrong")
    enter_password(page)
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()

    come_in_by_passkey(page)
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    assert ways(kim) == ["password", "mfa:webauthn"]
