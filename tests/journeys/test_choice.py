"""A client chooses on her phone; and colleagues who are asked one after the other."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_playwright.pytest_playwright import CreateContextCallback

from network.accounts.models import User
from network.clients.actions.identity import Identity, keep_identity
from network.clients.models import Client
from network.clinicians.actions.list_entries import list_colleague
from network.clinicians.actions.needs import save_need
from network.clinicians.models import Clinician
from referrals.models import Referral
from tests import factories
from tests.clients.people import with_identities
from tests.journeys.conftest import TabOf, follow, leading_on
from tests.journeys.test_accessibility import axe
from tests.journeys.test_clients import come_in
from tests.journeys.test_referrals import NEED, asked_of, go_on, press
from tests.messaging.saying import her

WORDS = "Checks the stove; exposure has not been tried."
NAME = "Wilhelmina Test"


@pytest.fixture
def phone(new_context: CreateContextCallback) -> Page:
    return new_context(viewport={"width": 390, "height": 844}).new_page()


def ask(anas: Page, ana: Clinician, mode: str, *people: Clinician) -> None:
    """From the search to the asking."""
    anas.goto(save_need({"need": NEED}, owner=ana, by=her(ana)).get_absolute_url())
    for who in people:
        anas.get_by_label(f"Refer to {who.name}").check()
    follow(anas.get_by_role("button", name="Refer to chosen"))
    anas.get_by_label("Why").select_option("specialty")
    anas.get_by_label("More exactly").select_option("testing-needed")
    anas.get_by_label("Soon: within two business days").check()
    anas.get_by_label(mode).check()
    anas.get_by_label("How acute").select_option("2")
    anas.get_by_role("textbox", name="What the client needs").fill(WORDS)
    assert axe(anas) == []
    follow(anas.get_by_role("button", name="See what they will read"))


def send(anas: Page) -> None:
    assert axe(anas) == []
    anas.get_by_label("Nobody pays").check()
    press(anas, "Send")
    expect(anas.get_by_text("Whom you asked")).to_be_visible()


def open_it(hers: Page) -> None:
    hers.goto("/referrals/")
    follow(asked_of(hers))
    expect(hers.get_by_text(WORDS)).to_be_visible()


def accept(hers: Page) -> None:
    open_it(hers)
    follow(hers.get_by_role("link", name="Accept", exact=True))
    hers.get_by_label("Nobody pays").check()
    follow(hers.locator("main").get_by_role("button", name="Accept", exact=True))


def test_a_client_chooses_on_her_phone(
    tab_of: TabOf, phone: Page, base_url: str, ana: Clinician, staff: User
) -> None:
    with_identities(staff)
    rosa, omar = factories.a_colleague("Rosa Wren"), factories.a_colleague("Omar Dove")
    anas, rosas, omars = tab_of(ana), tab_of(rosa), tab_of(omar)
    ask(anas, ana, "The client chooses", rosa, omar)
    send(anas)
    for hers, name in ((rosas, "Rosa Wren"), (omars, "Omar Dove")):
        accept(hers)
        row = anas.get_by_role("listitem").filter(has_text=name)
        expect(row.get_by_text("Accepted").first).to_be_visible()
    expect(anas.get_by_text("The client's turn").first).to_be_visible()
    assert axe(anas) == []

    known_as(NAME)
    address, code = a_link(anas)
    choose(phone, address, code)

    expect(omars.get_by_text("Somebody else was chosen.")).to_be_visible()
    expect(omars.get_by_text(WORDS)).to_have_count(0)
    assert WORDS not in omars.content()
    assert axe(omars) == []
    expect(anas.get_by_text("Chosen").first).to_be_visible()
    sign(phone)
    hand_over(anas)
    arrive(rosas, anas)
    expect(phone.get_by_text(NAME)).to_have_count(0)


def known_as(name: str) -> None:
    party = Client.objects.get().parties.get()
    identity = Identity(name=name, phone="914 555 0142")
    keep_identity(party, identity, by=her(party.client.owner))


def a_link(anas: Page) -> tuple[str, str]:
    here = anas.url
    follow(anas.get_by_role("button", name="Make a link"))
    address, code = anas.locator("code").all_inner_texts()
    anas.goto(here)
    return address, code


def choose(phone: Page, address: str, code: str) -> None:
    come_in(phone, address, code)
    assert axe(phone) == []
    phone.set_viewport_size({"width": 390, "height": 844})
    follow(phone.get_by_role("link", name="Open it"))
    expect(phone.get_by_role("heading", name="Omar Dove")).to_be_visible()
    expect(phone.get_by_text(WORDS)).to_have_count(0)
    expect(phone.get_by_role("link", name="988").first).to_be_visible()
    assert axe(phone) == []
    follow(phone.get_by_role("link", name="Choose Rosa Wren"))
    assert axe(phone) == []
    follow(phone.get_by_role("button", name="Yes, I choose Rosa Wren"))
    expect(phone.get_by_role("heading", name="Who you will see")).to_be_visible()
    assert axe(phone) == []


def sign(phone: Page) -> None:
    follow(phone.get_by_role("link", name="Read it and answer"))
    expect(phone.get_by_text("may tell Rosa Wren")).to_be_visible()
    assert axe(phone) == []
    follow(phone.get_by_role("button", name="Yes, I agree"))


def hand_over(anas: Page) -> None:
    """With a sign-in of a moment ago."""
    anas.reload()
    follow(anas.get_by_role("link", name="Hand over", exact=True))
    assert axe(anas) == []
    follow(anas.locator("main").get_by_role("button", name="Hand over", exact=True))
    it_is_her(anas)
    expect(anas.get_by_text("Handed over").first).to_be_visible()


def it_is_her(page: Page) -> None:
    """What she pressed waits for her password, and then goes on."""
    expect(page.get_by_role("heading", name="Is it you?")).to_be_visible()
    page.get_by_label("Password", exact=True).fill(factories.PASSWORD)
    follow(page.get_by_role("button", name="Go on"))


def arrive(rosas: Page, anas: Page) -> None:
    """The name is read, the client reached, booked, and there."""
    standing = anas.get_by_role("region", name="How it stands")
    here = rosas.url
    follow(rosas.get_by_role("link", name="Who the client is"))
    read_the_name(rosas)
    rosas.goto(here)
    follow(rosas.get_by_role("link", name="Tried, not reached"))
    rosas.get_by_label("Telephone").check()
    follow(rosas.locator("main").get_by_role("button", name="Tried, not reached"))
    expect(standing).to_contain_text("Being contacted")
    follow(rosas.get_by_role("link", name="Booked"))
    day = timezone.localtime() + timedelta(days=2)
    rosas.get_by_label("First session").fill(day.strftime("%Y-%m-%dT%H:%M"))
    assert axe(rosas) == []
    follow(rosas.locator("main").get_by_role("button", name="Booked"))
    expect(standing).to_contain_text("First session booked")
    press(rosas, "The client came")
    expect(standing).to_contain_text("Attended")
    go_on(rosas, "It holds: close it")
    expect(standing).to_contain_text("In treatment with the colleague")
    assert axe(rosas) == []


def read_the_name(rosas: Page) -> None:
    assert axe(rosas) == []
    rosas.get_by_label("To reach the client").check()
    follow(rosas.get_by_role("button", name="Show it"))
    it_is_her(rosas)
    expect(rosas.get_by_text(NAME)).to_be_visible()


def test_one_after_the_other_until_somebody_can(tab_of: TabOf, ana: Clinician) -> None:
    rosa, omar = factories.a_colleague("Rosa Wren"), factories.a_colleague("Omar Dove")
    iris = factories.a_colleague("Iris Crow")
    list_colleague(factories.shortlist(rosa), iris, by=her(rosa))
    anas, rosas, omars = tab_of(ana), tab_of(rosa), tab_of(omar)
    ask(anas, ana, "One after the other", omar, rosa)
    put_first(anas, "Rosa Wren", before="Omar Dove")
    send(anas)

    omars.goto("/referrals/")
    expect(asked_of(omars)).to_be_hidden()
    decline(rosas, suggesting="Iris Crow")

    expect(asked_of(omars)).to_be_visible()
    expect(anas.get_by_text("Suggests Iris Crow")).to_be_visible()
    accept(omars)
    standing = anas.get_by_role("region", name="How it stands")
    expect(standing).to_contain_text("Placed")
    offers = Referral.objects.get().offers.in_order()
    assert [one.state for one in offers] == ["declined", "selected"]
    assert axe(anas) == []


def put_first(anas: Page, name: str, *, before: str) -> None:
    """By the keyboard."""
    expect(anas.get_by_text(f"1. {before}")).to_be_visible()
    anas.get_by_role("button", name=f"Up with {name}").focus()
    with leading_on(anas):
        anas.keyboard.press("Enter")
    expect(anas.get_by_text(f"1. {name}")).to_be_visible()


def decline(rosas: Page, *, suggesting: str) -> None:
    open_it(rosas)
    expect(rosas.get_by_text("An answer is expected by").first).to_be_visible()
    rosas.get_by_text("More", exact=True).click()
    follow(rosas.get_by_role("link", name="Decline", exact=True))
    rosas.get_by_label("No opening").check()
    rosas.get_by_label("Somebody to ask instead").select_option(label=suggesting)
    assert axe(rosas) == []
    follow(rosas.locator("main").get_by_role("button", name="Decline"))
    expect(rosas.get_by_text(WORDS)).to_have_count(0)
