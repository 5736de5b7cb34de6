"""A therapist and her client: asked at a desk, answered on a phone, seen at once."""

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_playwright.pytest_playwright import CreateContextCallback

from network.clients.models import Client, Consent
from network.clinicians.models import Clinician
from tests.clients.people import a_client, a_consent, a_link, signed
from tests.journeys.conftest import TabOf, follow, leading_on
from tests.journeys.test_accessibility import barriers


@pytest.fixture
def phone(new_context: CreateContextCallback) -> Page:
    return new_context(viewport={"width": 390, "height": 780}).new_page()


def come_in(phone: Page, address: str, code: str) -> None:
    phone.goto(address)
    with leading_on(phone):
        phone.get_by_role("button", name="Open my page").click()
    phone.get_by_label("Your code").fill(code)
    with leading_on(phone):
        phone.get_by_role("button", name="Go on").click()


def test_while_a_client_is_added_few_people_are_warned_of(
    tab_of: TabOf, ana: Clinician
) -> None:
    desk = tab_of(ana)
    desk.goto("/clients/")
    follow(desk.get_by_role("link", name="Add a client"))
    desk.get_by_label("State").select_option("NY")
    desk.get_by_label("First three digits").fill("105")
    desk.get_by_label("A line for you alone").fill("survived a house fire")
    desk.get_by_label(re.compile("^Age")).select_option("adult")

    expect(desk.get_by_text("Few people have all of this")).to_be_visible()
    follow(desk.get_by_role("button", name="Add the client"))
    expect(
        desk.get_by_role("heading", name=Client.objects.get().handle)
    ).to_be_visible()


def test_a_client_answers_on_a_phone_and_the_open_page_knows(
    tab_of: TabOf, phone: Page, ana: Clinician, ben: Clinician
) -> None:
    client, desk = a_client(ana), tab_of(ana)
    a_consent(client, ben)
    desk.goto(client.get_absolute_url())
    expect(desk.get_by_text("waits for Adult")).to_be_visible()
    follow(desk.get_by_role("button", name="Make a link"))
    address, code = desk.locator("code").all_inner_texts()
    desk.goto(client.get_absolute_url())

    come_in(phone, address, code)
    expect(phone).not_to_have_url(re.compile("/by/"))
    follow(phone.get_by_role("link", name="Read it and answer"))
    follow(phone.get_by_role("button", name="Yes, I agree"))

    expect(desk.get_by_text("In force")).to_be_visible()
    follow(phone.get_by_role("link", name=re.compile("may tell Ben Sparrow")))
    follow(phone.get_by_role("button", name="Take it back"))
    expect(desk.get_by_text("Taken back")).to_be_visible()
    assert Consent.objects.get().state == "revoked"
    follow(phone.get_by_role("button", name="Leave this page"))
    phone.goto("/client/")
    expect(phone.get_by_role("heading", name="This link is over")).to_be_visible()


def test_the_pages_of_clients_have_no_barrier(
    tab_of: TabOf, ana: Clinician, ben: Clinician
) -> None:
    client = a_client(ana, Client.Unit.MINOR, note="survived a house fire")
    consent = signed(a_consent(client, ben))
    a_consent(client, ben)
    party = client.parties.in_order()[0]
    a_link(party)
    base = client.get_absolute_url()
    pages = (
        "/clients/",
        "/clients/new/",
        base,
        f"{base}facts/",
        f"{base}erasure/",
        f"{base}consents/new/",
        f"{base}consents/{consent.public_id}/",
        f"{base}parties/{party.public_id}/",
    )

    assert barriers(tab_of(ana), pages) == []


def test_the_pages_behind_a_link_have_no_barrier(
    phone: Page, base_url: str, ana: Clinician, ben: Clinician
) -> None:
    client = a_client(ana, state="MA", zip3="")
    consent = a_consent(client, ben)
    made = a_link(client.parties.get())
    arrival = f"/client/by/{made.token}/"
    assert barriers(phone, (arrival, "/client/")) == []

    come_in(phone, f"{base_url}{arrival}", made.code)
    pages = (
        "/client/",
        "/client/shared/",
        "/client/wishes/",
        f"/client/consents/{consent.public_id}/",
    )

    assert barriers(phone, pages) == []
