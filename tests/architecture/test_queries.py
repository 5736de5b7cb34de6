"""Each page asks the database as often as its budget says, however much there is."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from messaging.actions.topics import make_topic
from network.clinicians.actions.list_entries import list_colleague
from network.clinicians.models import Clinician
from tests import factories
from tests.architecture.doors import doors
from tests.clients.people import a_client, a_consent, a_link, signed
from tests.conftest import signed_in
from tests.messaging.reminding import remind
from tests.messaging.saying import her, say

BUDGETS: dict[str, int] = json.loads(
    Path(__file__).with_name("query_budgets.json").read_text()
)

# Pages of something: they have it in their address.
PARTICULAR = {
    "clients:client",
    "clients:consent",
    "clinicians:colleague",
    "clinicians:list",
    "messaging:about",
    "messaging:conversation",
    "messaging:copy",
    "messaging:keeping",
    "messaging:seeing",
}


@pytest.fixture
def addresses() -> dict[str, str]:
    """Of the pages that need nothing in their address."""
    return {
        door.name: door.path
        for door in doors()
        if door.is_general and ":" in door.name and not door.name.startswith("api:")
    }


def spent_by(browser: Client, address: str) -> int:
    """Queries of a page; nothing when it takes no GET or leads elsewhere."""
    with CaptureQueriesContext(connection) as queries:
        status = browser.get(address).status_code
    return len(queries) if status == 200 else 0


def over_budget(spent: dict[str, int], budgets: dict[str, int]) -> list[str]:
    return [
        f"{page}: {count}, budget {budgets.get(page, 'not given')}"
        for page, count in spent.items()
        if count > budgets.get(page, -1)
    ]


def test_every_page_keeps_its_budget(addresses: dict[str, str], ana: Clinician) -> None:
    assert ana.user is not None
    for number in range(4):
        colleague = factories.a_colleague(f"Wren Test {number}")
        list_colleague(factories.shortlist(ana), colleague, by=ana.user)
    room = factories.a_conversation(ana, colleague)
    for number in range(12):
        about = make_topic(room, f"No. {number}", by=her(colleague)).public_id
        said = say(colleague, room, f"No. {number}", topic=about)
        say(colleague, room, "An answer.", reply_to=said.seq)
        remind(ana, room, said.seq)
    addresses["messaging:conversation"] = room.get_absolute_url()
    addresses["messaging:about"] = f"{room.get_absolute_url()}about/"
    addresses["messaging:copy"] = f"{room.get_absolute_url()}copy/"
    addresses["messaging:keeping"] = f"{room.get_absolute_url()}keeping/?days=30"
    addresses["messaging:seeing"] = f"{room.get_absolute_url()}seeing/"
    addresses["clinicians:list"] = "/lists/shortlist/"
    addresses["clinicians:colleague"] = f"/clinicians/{colleague.public_id}/"
    for _ in range(4):
        client = a_client(ana)
        consents = [signed(a_consent(client, colleague)) for _ in range(4)]
        a_link(client.parties.get())
    addresses["clients:client"] = client.get_absolute_url()
    consent = f"consents/{consents[0].public_id}/"
    addresses["clients:consent"] = f"{client.get_absolute_url()}{consent}"
    spent = {
        page: spent_by(signed_in(ana), address) for page, address in addresses.items()
    }

    assert over_budget({page: n for page, n in spent.items() if n}, BUDGETS) == []


def test_every_budget_has_its_page(addresses: dict[str, str]) -> None:
    assert BUDGETS.keys() - PARTICULAR <= addresses.keys()


def test_a_planted_spendthrift_is_found() -> None:
    assert over_budget({"a": 3, "b": 1}, {"a": 2}) == [
        "a: 3, budget 2",
        "b: 1, budget not given",
    ]
