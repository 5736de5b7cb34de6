"""The site as an app of somebody's device: it keeps nothing, and says one sentence."""

import json
import re
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings as live_settings
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django import Settings

from network.accounts.models import PushSubscription
from network.accounts.push.keys import new_key
from network.clinicians.models import Clinician
from tests.accounts.push_service import Device
from tests.factories import a_direct
from tests.journeys.conftest import until
from tests.messaging.saying import say

KEPT = """async () => {
  const kept = [];
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) {
      const answer = await caches.match(request);
      kept.push([new URL(request.url).pathname, await answer?.text()]);
    }
  }
  return {
    kept,
    databases: (await indexedDB.databases()).map(({ name }) => name),
    local: { ...localStorage },
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  };
}"""
READY = """async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  return Boolean(registration?.active);
}"""
SHOWN = """async () => {
  const shown = await (await navigator.serviceWorker.ready).getNotifications();
  return shown.map(({ title, body, tag }) => [title, body, tag]);
}"""
# What a browser's own push service would answer leaves the machine.
SUBSCRIBES = """
PushManager.prototype.getSubscription = async () => null;
PushManager.prototype.subscribe = async (asked) => {
  window.askedFor = asked.applicationServerKey;
  return { toJSON: () => (%s) };
};
Notification.requestPermission = async () => "granted";
"""


@pytest.fixture
def app(anas_page: Page) -> Page:
    """Ana's, with its worker at work."""
    anas_page.goto("/")
    until(anas_page, lambda: anas_page.evaluate(READY))
    return anas_page


@pytest.fixture
def offered(settings: Settings) -> None:
    settings.VAPID_PRIVATE_KEY = new_key()


def kept(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(KEPT)
    return found


def test_a_device_keeps_the_shell_and_nothing_of_anybody(
    app: Page, ana: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)
    say(ben, room, "canary of a message")

    for path in ("/find/", "/messages/", room.get_absolute_url(), "/notifications/"):
        app.goto(path)
    expect(app.get_by_text("Notifications").first).to_be_visible()

    found = kept(app)
    paths = [path for path, _ in found["kept"]]
    assert "/offline/" in paths
    assert all(path == "/offline/" or path.startswith("/static/") for path in paths)
    said = json.dumps(found)
    for word in ("canary", "Ana Heron", "Ben Sparrow", "csrf", "ana@"):
        assert word not in said
    assert (found["databases"], found["local"]) == ([], {})


def test_without_a_line_a_page_says_so_and_comes_back(app: Page) -> None:
    app.context.set_offline(True)
    app.goto("/find/")
    expect(app.get_by_role("heading", name="No connection")).to_be_visible()
    expect(
        app.get_by_text("Nothing of your work is kept on this device")
    ).to_be_visible()

    app.context.set_offline(False)
    app.get_by_role("link", name="Try again").click()

    expect(app).to_have_title(re.compile("Find"))


def test_signing_out_leaves_nothing_behind(app: Page) -> None:
    assert kept(app)["kept"]

    app.get_by_role("button", name="You: your pages and sign out").click()
    app.get_by_role("button", name="Sign out", exact=True).click()
    expect(app.get_by_role("link", name="Sign in").first).to_be_visible()

    until(app, lambda: (left := kept(app))["workers"] == 0 and left["kept"] == [])


def test_the_card_of_the_app_names_icons_that_are_there(app: Page) -> None:
    card = app.request.get("/manifest.webmanifest").json()

    assert (card["name"], card["display"], card["scope"]) == (
        "Consilium",
        "standalone",
        "/",
    )
    assert {icon["purpose"] for icon in card["icons"]} == {"any", "maskable"}
    for icon in card["icons"]:
        assert app.request.get(icon["src"]).headers["content-type"] == "image/png"


def push(page: Page, words: dict[str, str]) -> None:
    """As the browser's maker hands it over, once it has come."""
    line = page.context.new_cdp_session(page)
    found: list[str] = []

    def note(said: dict[str, Any]) -> None:
        found.extend(one["registrationId"] for one in said["registrations"])

    line.on("ServiceWorker.workerRegistrationUpdated", note)
    line.send("ServiceWorker.enable")
    until(page, lambda: found)
    origin = page.evaluate("location.origin")
    line.send(
        "ServiceWorker.deliverPushMessage",
        {"origin": origin, "registrationId": found[0], "data": json.dumps(words)},
    )


def test_a_push_shows_one_sentence(app: Page, base_url: str) -> None:
    app.context.grant_permissions(["notifications"], origin=base_url)

    push(app, {"text": "You have a new message", "tag": "messages"})

    until(app, lambda: app.evaluate(SHOWN))
    assert app.evaluate(SHOWN) == [["Consilium", "You have a new message", "messages"]]


def known(page: Page, person: Clinician) -> None:
    """As if she had signed in here: then a row says where."""
    [key] = [
        cookie["value"]
        for cookie in page.context.cookies()
        if cookie["name"] == live_settings.SESSION_COOKIE_NAME
    ]
    UserSession.objects.create(
        user=person.user, session_key=key, ip="192.0.2.1", user_agent="Firefox Linux"
    )


@pytest.mark.usefixtures("offered")
def test_a_device_is_told_at_the_press_of_a_button_and_no_more_at_another(
    context: BrowserContext, anas_page: Page, ana: Clinician
) -> None:
    device = Device("https://fcm.googleapis.com/fcm/send/one")
    context.add_init_script(SUBSCRIBES % json.dumps(device.details))
    known(anas_page, ana)
    anas_page.goto("/settings/notifications/")

    anas_page.get_by_role("button", name="Tell this device").click()
    expect(anas_page.get_by_text("This device is told from now on.")).to_be_visible()
    assert PushSubscription.objects.get().details["endpoint"] == device.endpoint

    anas_page.get_by_role("button", name="Switch off").click()
    expect(anas_page.get_by_role("button", name="Tell this device")).to_be_visible()
    assert not PushSubscription.objects.exists()


@pytest.mark.usefixtures("offered")
def test_a_browser_that_does_not_allow_it_says_what_to_do(
    context: BrowserContext, anas_page: Page
) -> None:
    context.add_init_script("Notification.requestPermission = async () => 'denied'")
    anas_page.goto("/settings/notifications/")

    anas_page.get_by_role("button", name="Tell this device").click()

    expect(anas_page.get_by_text("This browser does not allow it.")).to_be_visible()


def test_how_much_is_unread_stands_in_the_rail_and_changes_by_itself(
    app: Page, ana: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)
    entry = app.get_by_role("link", name=re.compile("^Messages"))
    expect(entry).to_have_accessible_name("Messages")

    say(ben, room, "a word")

    expect(entry).to_have_accessible_name("Messages , 1 unread")
    app.goto(room.get_absolute_url())
    expect(entry).to_have_accessible_name("Messages")
