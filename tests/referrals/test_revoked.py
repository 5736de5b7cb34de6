"""Who a client is, once the client has taken the permission back: behind no door."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from home.portions import PORTIONS
from network.accounts.models import User
from network.clients.actions.consents import revoke_consent
from network.clients.actions.identity import Identity, keep_identity
from network.clients.models import Consent
from network.clinicians.models import Clinician
from referrals.actions import arriving
from referrals.disclosure import may_know_identity
from referrals.models import Offer
from tests.clients.people import a_consent, signed, with_identities
from tests.conftest import signed_in
from tests.home.again import post_again
from tests.messaging.saying import her
from tests.referrals.story import accepted, by, click, offer_to, sent
from tests.referrals.test_api import program_of

pytestmark = pytest.mark.django_db
NAME = "Mary Ellen Johnson"
CLOSED = "not open to you any more"


def handed_over(ana: Clinician, rosa: Clinician, staff: User) -> tuple[Offer, Consent]:
    """Chosen, with a consent that names her, and who it is released to her."""
    with_identities(staff)
    one = sent(ana, rosa)
    keep_identity(one.client.parties.get(), Identity(NAME), by=her(ana))
    accepted(rosa, one)
    until = timezone.localdate() + timedelta(days=30)
    consent = signed(a_consent(one.client, rosa, expires_on=until))
    arriving.release_identity(one, by=by(ana), click=click(one))
    return offer_to(rosa, one), consent


def test_what_was_taken_back_is_behind_no_door(
    ana: Clinician, rosa: Clinician, staff: User
) -> None:
    offer, consent = handed_over(ana, rosa, staff)
    tab, program = signed_in(rosa), program_of(rosa)
    page = reverse("clients:identity", args=[offer.referral.client.public_id])
    piece = {"HX-Request": "true"}
    assert NAME in post_again(tab, page, why="care").content.decode()
    assert tab.get(page, headers=piece).status_code == 204
    assert page in tab.get(offer.get_absolute_url()).content.decode()

    revoke_consent(consent, by=her(ana))

    assert tab.get(page).status_code == 404
    assert tab.post(page, {"why": "care"}).status_code == 404
    still = tab.get(page, headers=piece)
    assert CLOSED in still.content.decode()
    assert "no-store" in still["Cache-Control"]
    answers = [
        tab.get(offer.get_absolute_url()),
        tab.post("/messages/search/", {"words": "Johnson"}),
        program.get(f"/offers/{offer.public_id}"),
        program.get(f"/referrals/{offer.referral.public_id}"),
    ]
    said = "".join(answer.content.decode() for answer in answers)
    assert {answer.status_code for answer in answers} == {200}
    assert page not in said
    assert NAME not in said
    copy = [portion(her(rosa).pk) for portion in PORTIONS]
    assert NAME not in json.dumps(copy, default=str)


def test_the_senders_page_has_the_way_once_another_consent_is_signed(
    ana: Clinician, rosa: Clinician, staff: User
) -> None:
    offer, consent = handed_over(ana, rosa, staff)
    tab, one = signed_in(ana), offer.referral
    address = one.get_absolute_url()
    assert "opens again once" not in tab.get(address).content.decode()

    revoke_consent(consent, by=her(ana))
    assert "Who the client is opens again once" in tab.get(address).content.decode()
    signed(a_consent(one.client, rosa))
    page = tab.get(address).content.decode()
    assert "Open again who it is" in page
    one.refresh_from_db()
    said = {"key": str(uuid4()), "seen": str(one.version), "names": "Mary Johnson"}
    post_again(tab, f"{address}handover/", **said)

    assert may_know_identity(by(rosa), offer)
    assert "Open again" not in tab.get(address).content.decode()


def test_an_open_page_learns_the_same_of_what_it_may_not_know_and_what_is_not_there(
    ana: Clinician, rosa: Clinician, cleo: Clinician, finn: Clinician, staff: User
) -> None:
    offer, consent = handed_over(ana, rosa, staff)
    page = reverse("clients:identity", args=[offer.referral.client.public_id])
    nowhere = reverse("clients:identity", args=[consent.public_id])

    for person in (cleo, finn):
        tab = signed_in(person)
        pieces = [
            tab.get(path, headers={"HX-Request": "true"}) for path in (page, nowhere)
        ]
        assert [CLOSED in piece.content.decode() for piece in pieces] == [True, True]
        assert pieces[0].content == pieces[1].content
