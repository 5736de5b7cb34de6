"""The pages of a referral keep their budgets, whoever reads them and however much."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from network.clinicians.models import Clinician
from referrals.models import Referral
from tests.architecture.test_queries import over_budget, spent_by
from tests.clients.people import a_link
from tests.clients.test_visits import come_in
from tests.conftest import signed_in
from tests.factories import a_colleague
from tests.referrals.packets.packing import a_packet
from tests.referrals.story import accepted, begun, opened, sent
from tests.referrals.test_api import program_of

BUDGETS: dict[str, int] = json.loads(
    Path(__file__).with_name("referral_query_budgets.json").read_text()
)
OTHERS = 3
OTHERS_TURN = "/referrals/lists/waiting/"
API = (
    "/referrals",
    "/offers",
    "/clients",
    "/referrals/lists",
    "/referrals/lists/mine",
    "/referrals/lists/waiting",
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleagues() -> list[Clinician]:
    return [a_colleague(f"Wren Test {number}") for number in range(OTHERS)]


@pytest.fixture
def placed(ana: Clinician, colleagues: list[Clinician]) -> Referral:
    """Among others, with a packet."""
    for _ in range(OTHERS):
        sent(ana, *colleagues)
        begun(ana)
    chosen = colleagues[0]
    one = sent(ana, *colleagues)
    accepted(chosen, one)
    a_packet(one, chosen)
    return one


def pages_of(one: Referral) -> dict[str, str]:
    here = f"/referrals/{one.public_id}/"
    year, week, _ = timezone.localdate().isocalendar()
    return {
        "home:today": "/",
        "home:week": "/week/",
        "home:week_of": f"/week/{year}/{week}/",
        "referrals:referrals": "/referrals/",
        "referrals:list mine": "/referrals/lists/mine/",
        "referrals:list between": "/referrals/lists/between/",
        "referrals:referral": here,
        "referrals:packet_draft": f"{here}packet/",
        "referrals:packet_version": f"/referrals/packets/{one.packet.public_id}/1/",
    }


def over(browser: Browser, pages: dict[str, str]) -> list[str]:
    spent = {page: spent_by(browser, address) for page, address in pages.items()}
    assert all(spent.values()), spent
    return over_budget(spent, BUDGETS)


def spent_on_lists(me: Clinician) -> dict[str, int]:
    pages = ("/", "/week/", "/referrals/", "/referrals/lists/mine/")
    browser = signed_in(me)
    spent = {page: spent_by(browser, page) for page in (*pages, OTHERS_TURN)}
    headers = {"Authorization": f"Bearer {program_of(me).token}"}
    for path in API:
        with CaptureQueriesContext(connection) as queries:
            assert Browser().get(f"/api/v1{path}", headers=headers).status_code == 200
        spent[path] = len(queries)
    return spent


def test_lists_ask_no_more_of_twice_as_many(
    ana: Clinician, colleagues: list[Clinician]
) -> None:
    """To her who sends, and to her who receives; on pages and for programs."""
    people, spent = (ana, colleagues[0]), []
    for _ in range(2):
        for _ in range(3):
            sent(ana, *colleagues)
            begun(ana)
            opened(colleagues[1], sent(ana, *colleagues, mode="sender_choice"))
        spent.append([spent_on_lists(person) for person in people])

    assert spent[0] == spent[1]


def test_what_a_sender_reads_keeps_its_budget(ana: Clinician, placed: Referral) -> None:
    assert over(signed_in(ana), pages_of(placed)) == []


def test_what_a_colleague_reads_keeps_its_budget(
    placed: Referral, colleagues: list[Clinician]
) -> None:
    offer = placed.offers.get(receiver=colleagues[0])
    packet = f"/referrals/packets/{placed.packet.public_id}/"
    pages = {
        "referrals:offer": f"/referrals/offers/{offer.public_id}/",
        "referrals:list mine": "/referrals/lists/mine/",
        "referrals:packet_version received": f"{packet}1/",
    }

    hers = signed_in(colleagues[0])
    hers.get(pages["referrals:offer"])  # the first look is written down

    assert over(hers, pages) == []


def test_what_a_client_chooses_from_keeps_its_budget(
    ana: Clinician, colleagues: list[Clinician]
) -> None:
    one = sent(ana, *colleagues, mode="client_choice")
    for colleague in colleagues:
        accepted(colleague, one)
    visitor = come_in(a_link(one.client.parties.get()))
    offer = one.offers.in_order()[0]
    here = f"/client/choices/{one.public_id}/"
    pages = {
        "client_link:start": "/client/",
        "client_choice:choice": here,
        "client_choice:ranking": f"{here}order/",
        "client_choice:choosing": f"{here}{offer.public_id}/",
    }

    assert over(visitor, pages) == []
