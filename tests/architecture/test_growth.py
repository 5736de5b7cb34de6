"""What is shown of several colleagues at once is asked for at once: with three times as
many of them a page asks no more questions.
"""

import pytest
from django.test import Client as Browser

from network.clinicians.models import Clinician
from referrals.models import Referral
from tests.architecture.test_queries import spent_by
from tests.clients.people import a_link
from tests.clients.test_visits import come_in
from tests.conftest import signed_in
from tests.factories import a_colleague
from tests.referrals.packets.packing import agreed, packed, wrote
from tests.referrals.story import accepted, chosen, offer_to, sent

pytestmark = pytest.mark.django_db
FEW, MANY = 2, 6
Spent = dict[str, int]


def people(many: int) -> list[Clinician]:
    return [a_colleague(f"Wren Test {many} {number}") for number in range(many)]


def willing(sender: Clinician, many: int) -> Referral:
    """So many would take her."""
    asked = people(many)
    one = sent(sender, *asked, mode="client_choice")
    for colleague in asked:
        accepted(colleague, one)
    return one


def spent_on_choosing(sender: Clinician, many: int) -> Spent:
    one = willing(sender, many)
    visitor = come_in(a_link(one.client.parties.get()))
    here = f"/client/choices/{one.public_id}/"
    which = one.offers.in_order()[0].public_id
    pages = ("/client/", here, f"{here}order/", f"{here}{which}/")
    names = ("start", "choice", "ranking", "choosing")
    return _spent(visitor, dict(zip(names, pages, strict=True)))


def spent_on_a_packet(sender: Clinician, many: int) -> Spent:
    """Of many versions, asked of many, by many permissions."""
    one = willing(sender, many)
    her = one.offers.in_order()[0].receiver
    assert her is not None
    chosen(her, one)
    for _ in range(many):
        agreed(one, her)
        wrote(one)
        packed(one)
    packet = f"/referrals/packets/{one.packet.public_id}/{many}/"
    offer = offer_to(her, one).get_absolute_url()
    hers = _spent(signed_in(her), {"packet": packet, "offer": offer})
    client = {"client": one.client.get_absolute_url()}
    return {**hers, **_spent(signed_in(sender), client)}


def _spent(browser: Browser, pages: dict[str, str]) -> Spent:
    """Of a second look: the first one writes that it was read."""
    for address in pages.values():
        browser.get(address)
    return {name: spent_by(browser, address) for name, address in pages.items()}


def test_a_client_who_chooses_among_more_asks_no_more(ana: Clinician) -> None:
    few, many = spent_on_choosing(ana, FEW), spent_on_choosing(ana, MANY)

    assert all(few.values())
    assert many == few


def test_a_packet_with_more_around_it_asks_no_more(ana: Clinician) -> None:
    few, many = spent_on_a_packet(ana, FEW), spent_on_a_packet(ana, MANY)

    assert all(few.values())
    assert many == few
