"""A client who would rather be called first is called, and then it is her turn."""

import pytest

from network.activity.models import Event
from network.clients.models import AccessLink
from network.clinicians.models import Clinician
from referrals.acting import By
from referrals.actions.choosing import choose_offer, note_call
from referrals.actions.replying import Wish, reply
from referrals.models import Referral, Reply
from referrals.permissions import allowed
from tests.clients.people import a_link
from tests.conftest import signed_in
from tests.referrals.story import accepted, by, click, offer_to, sent
from tests.referrals.test_api import program_of
from tests.referrals.test_pages import html, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def one(ana: Clinician, rosa: Clinician, omar: Clinician) -> Referral:
    found = sent(ana, rosa, omar, mode="client_choice")
    for person in (rosa, omar):
        accepted(person, found)
    return found


@pytest.fixture
def link(one: Referral) -> AccessLink:
    return a_link(one.client.parties.get()).link


def says(one: Referral, link: AccessLink, kind: Reply.Kind, *who: Clinician) -> None:
    ranked = tuple(offer_to(person, one).public_id for person in who)
    reply(one, Wish(kind, ranked), by=By.client(link), click=click(one))
    one.refresh_from_db()


@pytest.mark.parametrize("kind", [Reply.Kind.CALL, Reply.Kind.NONE])
def test_after_the_call_it_is_the_clients_turn_again(
    kind: Reply.Kind, ana: Clinician, one: Referral, link: AccessLink
) -> None:
    assert "note_call" not in allowed(by(ana), one)
    says(one, link, kind)
    assert one.turn == "sender"

    page = step(signed_in(ana), one, "clients-turn")

    one.refresh_from_db()
    assert (one.turn, one.replied_at) == ("client", None)
    assert "The client&#x27;s turn" in page
    assert "We have spoken" not in page
    assert not Reply.objects.exists()
    assert Event.objects.filter(verb="referral.client_called").count() == 1
    assert "choose" in allowed(By.client(link), one.offers.in_order()[0])


def test_an_order_stays_after_the_call(
    ana: Clinician, rosa: Clinician, one: Referral, link: AccessLink
) -> None:
    says(one, link, Reply.Kind.RANKED, rosa)

    note_call(one, by=by(ana), click=click(one))

    assert Reply.objects.get().ranked == [offer_to(rosa, one).public_id]


def test_nobody_else_says_that_they_have_spoken(
    rosa: Clinician, cleo: Clinician, one: Referral, link: AccessLink
) -> None:
    says(one, link, Reply.Kind.CALL)

    assert "note_call" not in allowed(by(rosa), one)
    address = f"{one.get_absolute_url()}clients-turn/"
    assert signed_in(cleo).get(address).status_code == 404


def test_once_it_is_chosen_there_is_no_call_to_note(
    ana: Clinician, rosa: Clinician, one: Referral, link: AccessLink
) -> None:
    says(one, link, Reply.Kind.CALL)
    offer = offer_to(rosa, one)
    choose_offer(offer, by=by(ana), click=click(offer))
    one.refresh_from_db()

    assert "note_call" not in allowed(by(ana), one)
    assert "We have spoken" not in html(signed_in(ana), one.get_absolute_url())


def test_a_program_notes_the_call(
    ana: Clinician, one: Referral, link: AccessLink
) -> None:
    says(one, link, Reply.Kind.CALL)

    told = program_of(ana).step(f"/referrals/{one.public_id}", "note_call")

    assert told["turn"] == "client"
