"""A packet stands open on two screens of a colleague's when it is taken back."""

import re
from collections.abc import Iterable
from http import HTTPStatus

import pytest
from playwright.sync_api import Page, expect
from pytest_playwright.pytest_playwright import CreateContextCallback

from network.clinicians.models import Clinician
from tests import factories
from tests.clients.people import a_link
from tests.journeys.conftest import TabOf, follow
from tests.journeys.test_accessibility import axe
from tests.journeys.test_clients import come_in
from tests.referrals.packets.packing import REASON, a_packet, placed


@pytest.fixture
def phone(new_context: CreateContextCallback) -> Page:
    return new_context(viewport={"width": 390, "height": 844}).new_page()


def deaf_tab_of(rosa: Clinician, tab_of: TabOf) -> Page:
    """In which nothing is heard: nobody wakes it."""
    tab = tab_of(rosa)
    tab.context.route_web_socket("**/live/", lambda _: None)
    return tab


def test_an_open_packet_is_emptied_when_the_client_takes_it_back_on_her_phone(
    tab_of: TabOf, phone: Page, ana: Clinician
) -> None:
    rosa = factories.a_colleague("Rosa Wren")
    one = placed(ana, rosa)
    at = f"{a_packet(one, rosa).packet.get_absolute_url()}1/"
    tabs = [tab_of(rosa), deaf_tab_of(rosa, tab_of)]
    open_packet(tabs, at)

    made = a_link(one.client.parties.get())
    come_in(phone, f"/client/by/{made.token}/", made.code)
    follow(phone.get_by_role("link", name=re.compile("may tell Rosa Wren")))
    assert axe(phone) == []
    follow(phone.get_by_role("button", name="Take it back"))

    emptied_for_good(tabs)
    assert axe(tabs[0]) == []


def test_an_open_packet_is_emptied_when_its_sender_takes_it_back(
    tab_of: TabOf, ana: Clinician
) -> None:
    rosa = factories.a_colleague("Rosa Wren")
    one = placed(ana, rosa)
    at = f"{a_packet(one, rosa).packet.get_absolute_url()}1/"
    tabs, anas = [tab_of(rosa), deaf_tab_of(rosa, tab_of)], tab_of(ana)
    open_packet(tabs, at)

    anas.goto(f"{one.get_absolute_url()}packet/")
    expect(anas.get_by_text("read it, version 1").first).to_be_visible()
    follow(anas.get_by_role("button", name="Take back version 1"))

    expect(anas.get_by_text("Taken back on")).to_be_visible()
    emptied_for_good(tabs)


def open_packet(tabs: Iterable[Page], at: str) -> None:
    for tab in tabs:
        tab.goto(at)
        expect(tab.get_by_text(REASON)).to_be_visible()


def emptied_for_good(tabs: Iterable[Page]) -> None:
    """It is not on the screen, and nothing of it is kept: what comes back is asked for
    again.
    """
    for tab in tabs:
        expect(tab.get_by_text("This version is closed.")).to_be_visible()
        assert REASON not in tab.content()
    for tab in tabs:
        tab.goto("/referrals/")
        back = tab.go_back()
        assert back
        assert back.status == HTTPStatus.NOT_FOUND
        assert REASON not in tab.content()
