"""From a client to her referrals, their packets and consents, and back."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client as Browser
from django.utils import timezone

from network.accounts.models import User
from network.clinicians.models import Clinician, RegistryEntry
from referrals.actions.ending import withdraw_referral
from referrals.actions.guests import join_offer
from referrals.matters import matters
from referrals.models import Referral
from tests.clients.people import a_client, a_consent, with_identities
from tests.conftest import signed_in
from tests.referrals.guests import a_member, accepted_by, asked, its
from tests.referrals.packets.packing import wrote
from tests.referrals.story import WORDS, accepted, by, click, sent
from tests.referrals.test_pages import hidden

pytestmark = pytest.mark.django_db


def page(browser: Browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def test_of_a_client_without_one_a_referral_is_begun(ana: Clinician) -> None:
    client, browser = a_client(ana, state="NJ", zip3=""), signed_in(ana)
    shown = page(browser, client.get_absolute_url())
    assert "None yet. A referral says what the client needs" in shown
    [way] = re.findall(r'href="(/referrals/new/\?client=[^"]+)"', shown)

    form = page(browser, way)

    assert f'<option value="{client.public_id}" selected' in form
    assert '<option value="NJ" selected' in form


def test_nobody_elses_client_is_filled_in(ana: Clinician, ben: Clinician) -> None:
    client = a_client(ana)
    for asked_for in (str(client.public_id), "made-up"):
        form = page(signed_in(ben), f"/referrals/new/?client={asked_for}")
        assert client.handle not in form
        assert str(client.public_id) not in form


def test_from_a_client_to_the_referral_its_packet_and_back(
    ana: Clinician, rosa: Clinician
) -> None:
    one = sent(ana, rosa)
    accepted(rosa, one)
    wrote(one)
    browser, client = signed_in(ana), one.client.get_absolute_url()

    shown = page(browser, client)

    here = one.get_absolute_url()
    assert f'href="{here}"' in shown
    assert one.get_state_display() in shown
    assert f'href="{here}packet/"' in shown
    assert f'href="{client}"' in page(browser, here)
    assert f'href="{here}"' in page(browser, f"{here}packet/")


def test_the_day_on_which_it_ended_is_that_of_whoever_reads_it(
    ana: Clinician, rosa: Clinician
) -> None:
    one = sent(ana, rosa)
    withdraw_referral(one, by=by(ana), click=click(one))
    late = datetime(2026, 11, 22, 2, tzinfo=UTC)
    Referral.objects.filter(pk=one.pk).update(closed_at=late)

    with timezone.override("America/New_York"):
        [matter] = matters(one.client)

    assert matter.standing.endswith("21 November 2026")


def test_a_colleague_who_is_asked_reads_no_list_of_anothers_referrals(
    ana: Clinician, rosa: Clinician
) -> None:
    one = sent(ana, rosa)

    assert signed_in(rosa).get(one.client.get_absolute_url()).status_code == 404


def joined(ana: Clinician) -> tuple[Referral, Clinician]:
    """A guest was chosen, and is a member since."""
    guest = accepted_by(asked(ana))
    june = a_member()
    join_offer(guest, by=by(june), click=click(guest))
    return its(guest.referral).referral, june


def test_what_was_allowed_for_a_guest_is_not_for_the_member_and_it_is_said(
    ana: Clinician, staff: User
) -> None:
    with_identities(staff)
    one, june = joined(ana)
    browser = signed_in(ana)

    shown = page(browser, one.get_absolute_url())
    assert f"before {june.display_name} was a member, does not count" in shown
    [way] = re.findall(r'href="(/clients/[^"]+/consents/new/\?to=[^"]+)"', shown)
    form = page(browser, way)
    assert f'value="{june.name}"' in form
    for chosen in ("identity", "contact", "summary", "referral"):
        assert re.search(f'value="{chosen}"[^>]* checked', form), chosen
    consent = a_consent(one.client, june)

    again = page(browser, one.get_absolute_url())
    assert "See who has still to sign" in again
    assert f"/consents/{consent.public_id}/" in again


def test_somebody_outside_is_named_in_no_consent_and_that_is_said(
    ana: Clinician,
) -> None:
    client = a_client(ana)
    address = f"{client.get_absolute_url()}consents/new/"

    answer = signed_in(ana).post(address, {"name": "June Marten"})

    assert answer.status_code == 422
    assert "can be named to a member alone" in answer.content.decode()


def test_somebody_listed_is_asked_without_a_member_beside_her(ana: Clinician) -> None:
    entry = RegistryEntry.objects.create(
        npi="1234567893",
        name="June Marten",
        profession="psychologist",
        taxonomies=[],
        licence_states=["NY"],
        imported_at=timezone.now(),
    )
    browser = signed_in(ana)
    shown = page(browser, f"/referrals/listed/{entry.public_id}/")
    assert "nobody else has to be asked" in shown
    way = f"/referrals/new/?listed={entry.public_id}"
    assert f'href="{way}"' in shown
    said = {
        **hidden(page(browser, way)),
        "kind": "transfer",
        "reason": "specialty",
        "urgency": "routine",
        "mode": "sender_choice",
        "jurisdiction": "NY",
        "acuity": "2",
        "body": WORDS,
    }

    answer = browser.post(way, said)

    one = Referral.objects.get()
    asking = f"{one.get_absolute_url()}guests/?listed={entry.public_id}"
    assert answer["Location"] == asking
    assert "June Marten" in page(browser, asking)
    assert "Nobody yet." in page(browser, one.get_absolute_url())
    begun = page(browser, f"/referrals/listed/{entry.public_id}/")
    assert one.client.handle in begun
