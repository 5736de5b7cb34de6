"""A sender's pages ask the database as often for twelve colleagues as for four."""

import pytest
from django.test import Client as Browser

from network.clinicians.actions.list_entries import list_colleague
from network.clinicians.models import Clinician
from referrals.actions.answering import Terms
from referrals.models import Referral
from tests.architecture.test_queries import spent_by
from tests.conftest import signed_in
from tests.factories import a_colleague, shortlist
from tests.messaging.saying import her
from tests.referrals.story import accepted, begun, opened, ready, sent

FEW, MANY = 4, 12
ROOM = Terms(no_fee=True, makes_room=True)

pytestmark = pytest.mark.django_db


def colleagues_of(ana: Clinician, count: int) -> list[Clinician]:
    people = [a_colleague(f"Wren Test {number}") for number in range(count)]
    for one in people:
        list_colleague(shortlist(ana), one, by=her(ana))
    return people


def a_step_by_each(people: list[Clinician], one: Referral) -> None:
    """Half of them have opened it, and a quarter would take the client."""
    for person in people[::2]:
        opened(person, one)
    for person in people[::4]:
        accepted(person, one, ROOM)


def pages_of(ana: Clinician, people: list[Clinician]) -> dict[str, str]:
    draft, line = begun(ana), ready(ana, *people, mode="sequential")
    asked = sent(ana, *people, mode="sender_choice")
    a_step_by_each(people, asked)
    return {
        "what is sent": asked.get_absolute_url(),
        "before it is sent": line.get_absolute_url(),
        "a draft": draft.get_absolute_url(),
        "changing it": f"{line.get_absolute_url()}draft/",
        "asking more": f"{asked.get_absolute_url()}people/",
        "a new one": "/referrals/new/",
    }


def spent(browser: Browser, pages: dict[str, str]) -> dict[str, int]:
    return {page: spent_by(browser, address) for page, address in pages.items()}


def test_no_page_asks_more_for_more_colleagues(ana: Clinician) -> None:
    people, browser = colleagues_of(ana, MANY), signed_in(ana)
    few = spent(browser, pages_of(ana, people[:FEW]))

    many = spent(browser, pages_of(ana, people))

    assert all(few.values())
    assert {
        page: many[page] - few[page] for page in few if many[page] > few[page]
    } == {}
