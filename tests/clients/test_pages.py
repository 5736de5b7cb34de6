"""A clinician's pages of her clients: hers work, and nobody else finds them."""

import re

import pytest
from django.test import Client as Browser

from network.accounts.models import User
from network.activity.models import Event
from network.clients.actions.disclosures import note
from network.clients.actions.identity import (
    Identity,
    keep_identity,
    release_identity,
)
from network.clients.models import AccessLink, Client, Consent, Party, Secret
from network.clients.wording import DataClass, Purpose
from network.clinicians.models import Clinician
from tests.clients.people import (
    a_client,
    a_consent,
    a_link,
    her,
    signed,
    with_identities,
)
from tests.conftest import signed_in
from tests.home.again import post_again

pytestmark = pytest.mark.django_db
HANDLE = re.compile(r"[A-Z][a-z]+ [A-Z][a-z]+ \d\d")
FACTS = {"unit": "couple", "age_band": "adult", "state": "NY", "zip3": "105"}


def page(browser: Browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_a_client_is_added_under_a_handle(ana: Clinician) -> None:
    browser = signed_in(ana)
    assert "No client yet" in page(browser, "/clients/")

    answer = browser.post("/clients/new/", FACTS, follow=True)

    client = Client.objects.get()
    assert HANDLE.fullmatch(client.handle)
    assert client.handle in answer.content.decode()
    assert [party.label for party in client.parties.in_order()] == [
        "Partner",
        "Partner 2",
    ]
    assert client.handle in page(browser, "/clients/")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"zip3": "10"}, "Three digits"),
        ({"zip3": "821", "state": "WY"}, "20,000 people or fewer"),
        ({"zip3": "900"}, "No ZIP of this state"),
        ({"state": ""}, "Name the state first"),
        ({"age_band": "43"}, "not one of the available choices"),
        ({"year": "1931-05-02"}, "not one of the available choices"),
        ({"unit": "band"}, "not one of the available choices"),
    ],
)
def test_its_fields_can_hold_no_identifier(
    wrong: dict[str, str], told: str, ana: Clinician
) -> None:
    answer = signed_in(ana).post("/clients/new/", {**FACTS, **wrong})

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Client.objects.exists()


def test_few_people_are_warned_of_and_not_stopped(ana: Clinician) -> None:
    browser, rare = signed_in(ana), {**FACTS, "note": "survived a house fire"}

    seen = browser.post("/clients/warning/", rare).content.decode()
    kept = browser.post("/clients/new/", rare, follow=True).content.decode()

    for said in (seen, kept):
        assert "Few people have all of this" in said
        assert "Say “a serious accident”" in said
    assert "Few people" not in browser.post("/clients/warning/", FACTS).content.decode()


def test_a_name_in_her_line_is_pointed_out(ana: Clinician) -> None:
    said = signed_in(ana).post("/clients/warning/", {"note": "Sarah Johnson, grief"})

    assert "“Sarah Johnson”" in said.content.decode()


def test_what_is_known_is_changed(ana: Clinician) -> None:
    client, browser = a_client(ana), signed_in(ana)
    address = f"{client.get_absolute_url()}facts/"
    assert "105" in page(browser, address)

    browser.post(address, {"unit": "individual", "state": "NJ"})

    client.refresh_from_db()
    assert (client.region, client.age_band) == ("NJ", "")


def test_a_consent_is_asked_for_and_signed_on_paper(
    ana: Clinician, ben: Clinician
) -> None:
    client, browser = a_client(ana), signed_in(ana)
    asked = {
        "name": "sparrow",
        "purpose": "referral",
        "data_classes": ["summary", "history"],
        "valid_from": "2099-01-01",
        "expires_on": "2099-06-01",
    }

    answer = browser.post(f"{client.get_absolute_url()}consents/new/", asked)

    consent = Consent.objects.get()
    address = f"{client.get_absolute_url()}consents/{consent.public_id}/"
    assert answer["Location"] == address
    said = page(browser, address)
    assert "Ben Sparrow" in said
    assert "what has been tried before" in said
    party = client.parties.get()
    browser.post(address, {"party": party.public_id, "how": "paper"})
    assert "Signed, not begun" in page(browser, address)
    browser.post(f"{address}ending/", {"verb": "revoke"})
    assert "Taken back" in page(browser, address)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"name": "nobody at all"}, "No colleague here"),
        ({"name": "e"}, "Two letters"),
        ({"name": "wr"}, "Choose whom you mean"),
        ({"data_classes": []}, "required"),
        ({"valid_from": "2001-01-01"}, "today at the earliest"),
        ({"expires_on": "2098-12-31"}, "A later day"),
        ({"expires_on": "2199-12-31"}, "within five years"),
    ],
)
def test_a_consent_says_all_of_it(
    changed: dict[str, object], told: str, ana: Clinician, ben: Clinician
) -> None:
    from tests.factories import a_member

    a_member("Wren Other")
    a_member("Wryneck Another")
    asked = {
        "name": "sparrow",
        "purpose": "referral",
        "data_classes": ["summary"],
        "valid_from": "2099-01-01",
        "expires_on": "2099-06-01",
    }
    address = f"{a_client(ana).get_absolute_url()}consents/new/"

    answer = signed_in(ana).post(address, {**asked, **changed})

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Consent.objects.exists()


def test_a_link_and_its_code_are_shown_once(ana: Clinician) -> None:
    client, browser = a_client(ana), signed_in(ana)
    party = client.parties.get()
    address = f"{client.get_absolute_url()}parties/{party.public_id}/link/"

    answer = browser.post(address)

    said = answer.content.decode()
    assert re.search(r"/client/by/[\w-]{43}/", said)
    assert re.search(r"<code>\d{6}</code>", said)
    assert "no-store" in answer["Cache-Control"]
    browser.post(f"{address}ending/")
    assert AccessLink.objects.get().ended_at


def test_who_belongs_to_it_is_changed(ana: Clinician, ben: Clinician) -> None:
    client, browser = a_client(ana, Client.Unit.MINOR), signed_in(ana)
    base = f"{client.get_absolute_url()}parties/"
    guardian = client.parties.filter(role="guardian").order_by("number")[0]
    note = "Sole custody by the order of 2024."

    browser.post(base, {"role": "adult"})
    one = f"{base}{guardian.public_id}/"
    browser.post(one, {"signs": "alone", "custody": note})

    guardian.refresh_from_db()
    assert guardian.signs == Party.Signs.ALONE
    assert note in page(browser, one)
    adult = client.parties.get(role="adult")
    browser.post(f"{base}{adult.public_id}/removal/")
    assert not client.parties.filter(role="adult").exists()
    signed(a_consent(client, ben))
    browser.post(f"{one}removal/")
    assert client.parties.filter(pk=guardian.pk).exists()


def test_without_identity_mode_no_page_has_a_place_for_a_name(ana: Clinician) -> None:
    client, browser = a_client(ana), signed_in(ana)
    base, party = client.get_absolute_url(), client.parties.get()

    assert "This network keeps no names" in page(browser, base)
    assert browser.get(f"{base}identity/").status_code == 404
    kept = browser.post(
        f"{base}parties/{party.public_id}/identity/", {"name": "Mira Testname"}
    )
    assert kept.status_code == 404
    assert not Secret.objects.exists()


def test_in_identity_mode_it_is_kept_and_read_for_a_reason(
    ana: Clinician, staff: User
) -> None:
    with_identities(staff)
    client, browser = a_client(ana), signed_in(ana)
    base, party = client.get_absolute_url(), client.parties.get()

    browser.post(
        f"{base}parties/{party.public_id}/identity/", {"name": "Mira Testname"}
    )
    assert "Mira Testname" not in page(browser, base)
    answer = post_again(browser, f"{base}identity/", why="care")

    assert "Mira Testname" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert Event.objects.get(verb="client.identity_revealed").why == "care"


def test_a_colleague_reads_it_on_the_same_page_once_it_is_released(
    ana: Clinician, ben: Clinician, cleo: Clinician, staff: User
) -> None:
    with_identities(staff)
    client = a_client(ana)
    keep_identity(client.parties.get(), Identity("Mira Testname"), by=her(ana))
    address = f"{client.get_absolute_url()}identity/"
    assert signed_in(ben).get(address).status_code == 404

    asked = signed(a_consent(client, ben, purpose=Purpose.CONSULTATION))
    release_identity(asked, by=her(ana))

    answer = post_again(signed_in(ben), address, why="care")
    assert "Mira Testname" in answer.content.decode()
    assert signed_in(ben).get(client.get_absolute_url()).status_code == 404
    assert signed_in(cleo).get(address).status_code == 404


def test_what_is_agreed_to_for_a_referral_is_opened_there_and_not_here(
    ana: Clinician, ben: Clinician, staff: User
) -> None:
    with_identities(staff)
    client, browser = a_client(ana), signed_in(ana)
    consent = signed(a_consent(client, ben))
    address = f"{client.get_absolute_url()}consents/{consent.public_id}/"

    shown = page(browser, address)
    answer = post_again(browser, f"{address}release/", verb="open")

    assert "The referral opens it" in shown
    assert "Let Ben" not in shown
    assert answer.status_code == 404
    assert not consent.releases.exists()


def test_the_accounting_says_what_went_to_whom(ana: Clinician, ben: Clinician) -> None:
    client = a_client(ana)
    consent = signed(a_consent(client, ben))
    what = [DataClass.SUMMARY]
    note(ana, ben, client, what, consent, purpose=Purpose.REFERRAL, thing="packet v2")
    base = client.get_absolute_url()

    told = signed_in(ana).get(f"{base}shared.json")
    printed = signed_in(ana).get(f"{base}shared.pdf")

    [line] = told.json()["shared"]
    assert (line["to"], line["thing"]) == ("Ben Sparrow", "packet v2")
    assert printed.content.startswith(b"%PDF")
    for answer in (told, printed):
        assert "what-was-shared" in answer["Content-Disposition"]
    assert signed_in(ana).get(f"{base}shared.xlsx").status_code == 404


def test_an_open_page_asks_for_the_piece_that_changed(
    ana: Clinician, ben: Clinician
) -> None:
    client = a_client(ana)
    signed(a_consent(client, ben))
    address = client.get_absolute_url()

    piece = signed_in(ana).get(address, headers={"HX-Request": "true"}).content.decode()

    assert "In force" in piece
    assert "<html" not in piece
    assert f"live:consent:{client.public_id}" in page(signed_in(ana), address)


def test_what_is_hers_is_missing_to_anybody_else(
    ana: Clinician, ben: Clinician, finn: Clinician
) -> None:
    client = a_client(ana, note="her line")
    consent = signed(a_consent(client, ben))
    party = client.parties.get()
    a_link(party)
    base = client.get_absolute_url()
    places = (
        "", "facts/", "erasure/", "identity/", "shared.json", "consents/new/",
        f"consents/{consent.public_id}/", f"consents/{consent.public_id}/ending/",
        f"consents/{consent.public_id}/release/", f"parties/{party.public_id}/",
        f"parties/{party.public_id}/link/", f"parties/{party.public_id}/identity/",
        f"parties/{party.public_id}/link/ending/",
        f"parties/{party.public_id}/removal/",
    )  # fmt: skip
    for place in places:
        for browser, closed in ((signed_in(ben), {404, 405}), (signed_in(finn), {403})):
            for ask in (browser.get, browser.post):
                answer = ask(base + place)
                assert answer.status_code in closed, (place, answer.status_code)
                assert client.handle not in answer.content.decode()
    assert Client.objects.get().erased_at is None


def test_erasing_takes_it_off_the_list(ana: Clinician) -> None:
    client, browser = a_client(ana), signed_in(ana)

    post_again(browser, f"{client.get_absolute_url()}erasure/")

    assert client.handle not in page(browser, "/clients/new/")
    said = page(browser, "/clients/")
    assert "No client yet" in said
    assert f"{client.get_absolute_url()}shared.json" in said
    assert browser.get(client.get_absolute_url()).status_code == 404
    kept = browser.get(f"{client.get_absolute_url()}shared.json")
    assert kept.json()["handle"] == client.handle
