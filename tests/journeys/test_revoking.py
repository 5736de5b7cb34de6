"""A client takes a permission back while the colleague has it on her screen."""

import re

from django.urls import reverse
from playwright.sync_api import Error, Page, expect

from network.accounts.models import User
from network.clients.actions.consents import revoke_consent
from network.clinicians.models import Clinician
from tests import factories
from tests.journeys.conftest import TabOf, follow, until
from tests.journeys.test_bell import GREETED
from tests.messaging.saying import her
from tests.referrals.test_revoked import CLOSED, NAME, handed_over

SOON = 5_000


def test_within_seconds_no_open_tab_shows_who_it_is(
    tab_of: TabOf, ana: Clinician, staff: User
) -> None:
    rosa = factories.a_colleague("Rosa Wren")
    offer, consent = handed_over(ana, rosa, staff)
    tab = tab_of(rosa)
    tab.goto(offer.get_absolute_url())
    way = tab.get_by_role("link", name="Who the client is")
    expect(way).to_be_visible()
    beside = tab.context.new_page()
    beside.goto(reverse("clients:identity", args=[offer.referral.client.public_id]))
    read(beside)
    until(beside, lambda: beside.evaluate(GREETED))

    revoke_consent(consent, by=her(ana))

    expect(beside.get_by_text(NAME)).to_have_count(0, timeout=SOON)
    expect(beside.get_by_text(CLOSED)).to_be_visible()
    assert NAME not in beside.content()
    beside.goto("/referrals/")
    go_back(beside)
    expect(beside.locator("html")).not_to_contain_text(NAME)
    tab.reload()
    expect(way).to_have_count(0)


def go_back(page: Page) -> None:
    """To the answer to a form: a browser that did not keep it says so instead."""
    try:
        page.go_back()
    except Error as said:
        if "ERR_CACHE_MISS" not in said.message:
            raise
    expect(page).not_to_have_url(re.compile("/referrals/$"))


def read(page: Page) -> None:
    page.get_by_role("radio").first.check()
    follow(page.get_by_role("button", name="Show it"))
    page.get_by_label("Password", exact=True).fill(factories.PASSWORD)
    follow(page.get_by_role("button", name="Go on"))
    expect(page.get_by_text(NAME)).to_be_visible()
