"""What was shared of a client with whom: complete, and each line by one permission."""

import pytest

from network.accounts.models import User
from network.clients.models import Client, Disclosure
from network.clients.wording import DataClass, Why
from network.clinicians.models import Clinician
from referrals.acting import By
from referrals.actions import arriving
from referrals.actions.drafting import Guest
from referrals.actions.reading import read_identity, read_words
from referrals.actions.unpacking import open_version
from tests.clients.people import a_consent, a_link, signed, with_identities
from tests.clients.test_visits import come_in, text
from tests.conftest import signed_in
from tests.referrals.guests import asked
from tests.referrals.packets.packing import agreed, packed, placed, wrote
from tests.referrals.story import accepted, by, click, offer_to, sent

pytestmark = pytest.mark.django_db


def lines(client: Client) -> list[tuple[str, str, list[str]]]:
    rows = Disclosure.objects.filter(client=client).order_by("pk")
    return [(one.receiver_name, one.about, one.data_classes) for one in rows]


def test_whoever_reads_the_need_has_one_line_and_who_has_not_has_none(
    ana: Clinician, rosa: Clinician, omar: Clinician
) -> None:
    one = sent(ana, rosa, omar)
    offer = offer_to(rosa, one)

    for _ in range(2):
        read_words(offer, by=by(rosa))
    read_words(one, by=by(rosa))
    read_words(one, by=by(ana))

    assert lines(one.client) == [
        (rosa.display_name, "asked without a name", ["summary"])
    ]


def test_by_the_page_and_by_the_api_it_is_the_same_line(
    ana: Clinician, rosa: Clinician
) -> None:
    one = sent(ana, rosa)
    browser = signed_in(rosa)

    for _ in range(2):
        browser.get(offer_to(rosa, one).get_absolute_url())

    assert len(lines(one.client)) == 1


def test_a_guest_has_a_line_once_she_reads_it(ana: Clinician) -> None:
    guest = asked(ana)
    client = guest.referral.client
    assert lines(client) == []

    read_words(guest, by=By.guest(guest))

    assert lines(client) == [("June Marten", "asked without a name", ["summary"])]


def test_whom_the_sender_asks_herself_has_a_line_when_it_is_sent(
    ana: Clinician, rosa: Clinician
) -> None:
    told = Guest("Jo Partridge", by_link=False)

    one = sent(ana, rosa, told)

    assert lines(one.client) == [("Jo Partridge", "asked without a name", ["summary"])]


def test_who_it_is_has_a_line_when_it_is_opened_and_for_each_reading(
    ana: Clinician, rosa: Clinician, staff: User
) -> None:
    with_identities(staff)
    one = sent(ana, rosa)
    accepted(rosa, one)
    consent = signed(a_consent(one.client, rosa))
    arriving.release_identity(one, by=by(ana), click=click(one))
    for _ in range(2):
        read_identity(offer_to(rosa, one), by=by(rosa), why=Why.CARE)

    rows = Disclosure.objects.filter(client=one.client).order_by("pk")
    assert [(row.about, row.consent) for row in rows] == [
        ("opened, to be read", consent),
        ("read", consent),
        ("read", consent),
    ]
    assert {tuple(row.data_classes) for row in rows} == {("identity", "contact")}


def test_a_packet_that_is_read_by_two_permissions_has_a_line_for_each(
    ana: Clinician, rosa: Clinician
) -> None:
    one = placed(ana, rosa)
    first = agreed(one, rosa, DataClass.SUMMARY, DataClass.HISTORY)
    second = agreed(one, rosa, DataClass.MEDICATION)
    wrote(one)
    version = packed(one)

    for _ in range(2):  # drawn anew on the same day
        open_version(version, by=by(rosa))

    thing = f"packet:{version.packet.public_id} v1"
    rows = Disclosure.objects.filter(client=one.client, thing=thing)
    assert rows.count() == 2
    assert {(row.consent, tuple(row.data_classes)) for row in rows} == {
        (first, ("summary", "history")),
        (second, ("medication",)),
    }


def test_the_client_reads_all_of_it_and_by_what_she_agreed_to(
    ana: Clinician, rosa: Clinician, staff: User
) -> None:
    with_identities(staff)
    one = sent(ana, rosa)
    accepted(rosa, one)
    read_words(offer_to(rosa, one), by=by(rosa))
    consent = signed(a_consent(one.client, rosa))
    arriving.release_identity(one, by=by(ana), click=click(one))
    visitor = come_in(a_link(one.client.parties.get()))

    page = text(visitor, "shared/")

    for words in ("asked without a name", "opened, to be read"):
        assert page.count(f"{rosa.display_name}: {words}") == 1
    assert f"/client/consents/{consent.public_id}/" in page
    taken = visitor.post("/client/copy/", {"form": "json"}).json()
    assert [one["consent"] for one in taken["shared"]] == [str(consent.public_id), None]
    assert [one["id"] for one in taken["consents"]] == [str(consent.public_id)]
