"""A guest who accepts and joins: asked by mail, on a phone, and a member in the end."""

import re

import pytest
from django.core import mail
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_playwright.pytest_playwright import CreateContextCallback

from network.accounts.models import User
from network.clinicians.actions.membership import verify_member
from network.clinicians.models import Clinician, RegistryEntry
from referrals.models import Referral
from referrals.tasks import mail_guests
from tests.clinicians.test_claims import an_entry
from tests.factories import PASSWORD
from tests.journeys.conftest import TabOf, follow, leading_on
from tests.journeys.test_accessibility import axe
from tests.journeys.test_onboarding import LINK as CONFIRMATION
from tests.referrals.guests import ADDRESS, link_in_mail
from tests.referrals.story import begun


@pytest.fixture
def phone(new_context: CreateContextCallback, settings: Settings) -> Page:
    """Of somebody new, on a site that asks for no second factor."""
    settings.SECOND_FACTOR_REQUIRED = False
    return new_context(viewport={"width": 390, "height": 780}).new_page()


def press(page: Page, name: str) -> None:
    with leading_on(page):
        page.get_by_role("button", name=name, exact=True).click()


def test_a_guest_accepts_and_joins(
    tab_of: TabOf, phone: Page, ana: Clinician, staff: User
) -> None:
    entry, one, desk = an_entry(), begun(ana), tab_of(ana)
    ask_by_link(desk, one, entry)
    mail_guests()
    accept(phone, one)
    expect(desk.get_by_role("region", name="How it stands")).to_contain_text("Placed")
    join(phone)
    claim(phone)
    verify_member(Clinician.objects.get(user__email=ADDRESS), by=staff)
    take_over(phone, one)
    expect(desk.get_by_text("has joined, and goes on as a member")).to_be_visible()


def ask_by_link(desk: Page, one: Referral, entry: RegistryEntry) -> None:
    desk.goto(f"/referrals/listed/{entry.public_id}/")
    follow(desk.get_by_role("link", name=one.client.handle))
    assert axe(desk) == []
    expect(desk.get_by_label("Name")).to_have_value(entry.name)
    desk.get_by_label("E-mail address").fill(ADDRESS)
    press(desk, "Add")
    expect(desk.get_by_text("is in line")).to_be_visible()
    desk.get_by_label("Nobody pays").check()
    press(desk, "Send")


def accept(phone: Page, one: Referral) -> None:
    phone.goto(link_in_mail())
    assert axe(phone) == []
    press(phone, "Read what is needed")
    expect(phone.get_by_role("heading", name=one.client.handle)).to_be_visible()
    assert axe(phone) == []
    follow(phone.get_by_role("link", name="Accept", exact=True))
    assert axe(phone) == []
    phone.get_by_label("I am licensed").check()
    phone.get_by_label("Nobody pays").check()
    press(phone, "Accept")
    expect(phone.get_by_role("region", name="How it stands")).to_contain_text("Placed")


def join(phone: Page) -> None:
    follow(phone.get_by_role("link", name="Join Consilium"))
    assert axe(phone) == []
    press(phone, "Create an account")
    expect(phone.get_by_label("E-mail address")).to_have_value(ADDRESS)
    phone.get_by_label("Password", exact=True).fill(PASSWORD)
    press(phone, "Create the account")
    found = CONFIRMATION.search(str(mail.outbox[-1].body))
    assert found
    phone.goto(found[1])
    press(phone, "Yes, this address is mine")
    if "/login/" in phone.url:
        phone.get_by_label("E-mail address").fill(ADDRESS)
        phone.get_by_label("Password", exact=True).fill(PASSWORD)
        press(phone, "Sign in")
    if "agreements" in phone.url:
        press(phone, "Accept and go on")


def claim(phone: Page) -> None:
    """The entry that lists her; its number is there already."""
    phone.goto("/welcome/npi/")
    expect(phone.get_by_label("Your NPI")).not_to_have_value("")
    phone.get_by_label("Your last name").fill("McLarch-Ash")
    press(phone, "Look me up")
    press(phone, "Yes, fill it in")
    expect(phone).to_have_url(re.compile("/welcome/you/"))


def take_over(phone: Page, one: Referral) -> None:
    phone.goto("/referrals/")
    assert axe(phone) == []
    press(phone, "Take it into my list")
    expect(phone.get_by_role("heading", name=one.client.handle)).to_be_visible()
    phone.goto("/referrals/")
    mine = phone.get_by_role("link", name=re.compile(one.client.handle))
    expect(mine.first).to_be_visible()
