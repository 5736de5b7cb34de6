"""A client's way to a colleague: two browsers, from the search to the first session."""

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from network.clinicians.actions.needs import save_need
from network.clinicians.models import Clinician
from tests import factories
from tests.journeys.conftest import TabOf
from tests.journeys.test_accessibility import axe
from tests.messaging.saying import her

NEED = {"specialties": [{"term": "ocd"}], "place": {"state": "NY"}}
HANDLE = re.compile(r"^[A-Z]\w+ \w+ \d+$")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def go_on(page: Page, name: str) -> None:
    """To the page of a step, and taken there."""
    page.get_by_role("link", name=re.compile(f"^{name}")).click()
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def test_from_the_search_to_the_first_session(tab_of: TabOf, ana: Clinician) -> None:
    rosa = factories.a_colleague("Rosa Wren")
    anas, rosas = tab_of(ana), tab_of(rosa)
    choose_in_the_search(anas, ana)
    ask(anas)
    accept(rosas, anas)
    go_on(anas, "Choose")
    go_on(anas, "The client will call")
    arrive(rosas, anas)


def choose_in_the_search(anas: Page, ana: Clinician) -> None:
    anas.goto(save_need({"need": NEED}, owner=ana, by=her(ana)).get_absolute_url())
    anas.get_by_label("Refer to Rosa Wren").check()
    press(anas, "Refer to chosen")


def ask(anas: Page) -> None:
    anas.get_by_label("Why").select_option("specialty")
    anas.get_by_label("How acute").select_option("2")
    box = anas.get_by_role("textbox", name="What the client needs")
    box.fill("Checks the stove. Maria Lopez is her name.")
    expect(anas.get_by_text("This could tell who somebody is")).to_be_visible()
    assert axe(anas) == []
    box.fill("Checks the stove; exposure has not been tried.")
    press(anas, "See what they will read")
    expect(anas.get_by_text("Exactly this each of them will read")).to_be_visible()
    anas.get_by_label("Nobody pays").check()
    press(anas, "Send")


def asked_of(hers: Page) -> Locator:
    """The line of hers on the work lists."""
    return hers.locator(".list__row").get_by_role("link", name=HANDLE).first


def accept(rosas: Page, anas: Page) -> None:
    rosas.goto("/referrals/")
    asked_of(rosas).click()
    expect(rosas.get_by_text("Checks the stove")).to_be_visible()
    expect(anas.get_by_text("Opened on")).to_be_visible()
    assert axe(rosas) == []
    rosas.get_by_role("link", name="Accept", exact=True).click()
    rosas.get_by_label("Nobody pays").check()
    press(rosas, "Accept")


def arrive(rosas: Page, anas: Page) -> None:
    standing = anas.get_by_role("region", name="How it stands")
    day = timezone.localtime() + timedelta(days=2)
    rosas.get_by_role("link", name="Booked").click()
    rosas.get_by_label("First session").fill(day.strftime("%Y-%m-%dT%H:%M"))
    press(rosas, "Booked")
    expect(standing).to_contain_text("First session booked")

    press(rosas, "The client came")
    expect(standing).to_contain_text("Attended")
    assert axe(anas) == []
    go_on(rosas, "It holds: close it")
    expect(standing).to_contain_text("In treatment")
    expect(standing).to_contain_text("holds the clinical responsibility")
