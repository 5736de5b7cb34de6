"""Who may read what, in which stage: asked on every read."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from network.accounts.models import User
from network.activity.models import Event
from network.clients.actions.consents import revoke_consent
from network.clients.actions.identity import Identity, keep_identity
from network.clients.models import Consent, Disclosure
from network.clients.wording import Why
from network.clinicians.models import Clinician
from referrals import export
from referrals.actions import arriving, ending
from referrals.actions.answering import Terms, ask_sender, recuse
from referrals.actions.passages import Words
from referrals.actions.reading import read_identity, read_words
from referrals.disclosure import may_know_identity, passages_for
from referrals.machine.continuity import Care
from referrals.machine.words import Outcome
from referrals.models import Offer, Referral
from referrals.permissions import LackingError, allowed
from tests.clients.people import a_consent, signed, with_identities
from tests.messaging.saying import her, log_of
from tests.referrals.story import (
    WORDS,
    accepted,
    by,
    click,
    offer_to,
    opened,
    ready,
    sent,
)

pytestmark = pytest.mark.django_db
SOON = timedelta(days=30)


def reads(who: Clinician, one: Referral) -> list[str]:
    """By the referral, and by the offers that she sees."""
    found = [said.text for said in passages_for(by(who), one)]
    for offer in Offer.objects.visible_to(who).filter(referral=one):
        found += [said.text for said in passages_for(by(who), offer)]
    return found


@pytest.fixture
def handed(ana: Clinician, rosa: Clinician, staff: User) -> Offer:
    """Chosen, with a consent that names her, and the identity released."""
    with_identities(staff)
    one = sent(ana, rosa)
    party = one.client.parties.get()
    keep_identity(party, Identity(name="Mary Ellen Johnson"), by=her(ana))
    offer = accepted(rosa, one)
    today = timezone.localdate()
    signed(a_consent(one.client, rosa, expires_on=today + SOON))
    arriving.release_identity(one, by=by(ana), click=click(one))
    return offer_to(rosa, offer.referral)


def test_what_is_needed_is_read_while_the_offer_lives(
    ana: Clinician, rosa: Clinician, omar: Clinician, cleo: Clinician
) -> None:
    one = ready(ana, rosa, omar)
    assert reads(rosa, one) == []
    one = sent(ana, rosa, omar)
    for person in (ana, rosa, omar):
        assert WORDS in reads(person, one)
    assert reads(cleo, one) == []

    accepted(rosa, one)

    assert WORDS in reads(rosa, one)
    assert reads(omar, one) == []
    assert not Referral.objects.visible_to(omar).filter(pk=one.pk).exists()
    assert Offer.objects.visible_to(omar).filter(referral=one).exists()


def test_what_two_write_to_each_other_no_third_reads(
    ana: Clinician, rosa: Clinician, omar: Clinician
) -> None:
    one = sent(ana, rosa, omar)
    offer = opened(rosa, one)
    ask_sender(offer, Words("Only evenings?"), by=by(rosa), click=click(offer))

    assert "Only evenings?" in reads(rosa, one)
    assert "Only evenings?" in reads(ana, one)
    assert "Only evenings?" not in reads(omar, one)


def test_who_withdraws_takes_the_words_along(ana: Clinician, rosa: Clinician) -> None:
    one = sent(ana, rosa)
    opened(rosa, one)
    ending.withdraw_referral(one, by=by(ana), click=click(one), words="A secret why")

    assert reads(rosa, one) == []
    assert "A secret why" in reads(ana, one)
    assert export.portion(her(rosa).pk)["referral_words"] == []


def test_who_is_next_in_line_does_not_learn_it_by_a_copy(
    ana: Clinician, rosa: Clinician, omar: Clinician
) -> None:
    sent(ana, rosa, omar, mode="sequential")

    assert export.portion(her(omar).pk)["offers_received"] == []
    assert len(export.portion(her(rosa).pk)["offers_received"]) == 1


def test_who_steps_back_sees_nothing_and_is_out_of_the_room(
    ana: Clinician, rosa: Clinician
) -> None:
    one = sent(ana, rosa)
    offer = accepted(rosa, one)
    room = one.conversation
    assert room is not None
    recuse(offer, by=by(rosa), click=click(offer))

    assert reads(rosa, one) == []
    assert not room.memberships.filter(clinician=rosa, left_at=None).exists()
    said = [(row.kind, row.sender) for row in log_of(room)]
    assert said == [("removed", rosa), ("closed", rosa)]
    one.refresh_from_db()
    assert (one.state, one.conversation) == ("ready", None)


def test_every_reading_by_a_colleague_is_in_the_trail(
    ana: Clinician, rosa: Clinician
) -> None:
    one = sent(ana, rosa)
    offer = opened(rosa, one)

    assert [said.kind for said in read_words(offer, by=by(rosa))] == ["need"]
    read_words(one, by=by(ana))

    seen = Event.objects.about(one).filter(verb="referral.opened")
    assert list(seen.values_list("actor_id", flat=True)) == [str(her(rosa).public_id)]


def test_without_identities_nobody_is_handed_over(
    ana: Clinician, rosa: Clinician
) -> None:
    one = sent(ana, rosa)
    accepted(rosa, one)
    signed(a_consent(one.client, rosa))

    assert "release_identity" not in allowed(by(ana), one)
    with pytest.raises(LackingError, match="identity mode"):
        arriving.release_identity(one, by=by(ana), click=click(one))
    assert "self_contact" in allowed(by(ana), one)


def test_without_a_consent_that_names_her_nobody_is_handed_over(
    ana: Clinician, rosa: Clinician, omar: Clinician, staff: User
) -> None:
    with_identities(staff)
    one = sent(ana, rosa)
    accepted(rosa, one)
    signed(a_consent(one.client, omar))

    with pytest.raises(LackingError, match="consent"):
        arriving.release_identity(one, by=by(ana), click=click(one))


def test_who_it_is_is_read_by_whoever_is_chosen_and_noted(
    handed: Offer, ana: Clinician, rosa: Clinician, omar: Clinician
) -> None:
    [read] = read_identity(handed, by=by(rosa), why=Why.CONTACT)

    assert read.identity.name == "Mary Ellen Johnson"
    assert Disclosure.objects.filter(client=handed.referral.client).exists()
    with pytest.raises(PermissionDenied):
        read_identity(handed, by=by(omar), why=Why.CONTACT)


def test_revoked_it_is_read_no_more_from_that_moment_on(
    handed: Offer, ana: Clinician, rosa: Clinician
) -> None:
    consent = Consent.objects.get(client=handed.referral.client)
    revoke_consent(consent, by=her(ana))

    assert not may_know_identity(by(rosa), handed)
    with pytest.raises(PermissionDenied):
        read_identity(handed, by=by(rosa), why=Why.CARE)


@pytest.mark.parametrize("far", range(4))
def test_by_a_new_consent_it_is_released_once_more(
    far: int, handed: Offer, ana: Clinician, rosa: Clinician
) -> None:
    """From wherever it stands by then; and not while it is open."""
    one = handed.referral
    day = timezone.now() + timedelta(days=2)
    ways: list[Callable[[], None]] = [
        lambda: arriving.log_attempt(
            one, arriving.Attempt("phone"), by=by(rosa), click=click(one)
        ),
        lambda: arriving.book(one, day, by=by(rosa), click=click(one)),
        lambda: arriving.note_attended(one, by=by(rosa), click=click(one)),
    ]
    for way in ways[:far]:
        way()
    one.refresh_from_db()
    was = one.state
    assert "release_identity" not in allowed(by(ana), one)
    revoke_consent(Consent.objects.get(client=one.client), by=her(ana))
    with pytest.raises(LackingError, match="consent"):
        arriving.release_identity(one, by=by(ana), click=click(one))

    signed(a_consent(one.client, rosa))

    assert not may_know_identity(by(rosa), handed)
    assert "release_identity" in allowed(by(ana), one)
    arriving.release_identity(one, by=by(ana), click=click(one))
    one.refresh_from_db()
    assert one.state == was
    assert may_know_identity(by(rosa), handed)
    assert "release_identity" not in allowed(by(ana), one)


def test_over_it_is_read_no_more(handed: Offer, rosa: Clinician) -> None:
    assert may_know_identity(by(rosa), handed)

    with time_machine.travel(timezone.now() + SOON + timedelta(days=1)):
        assert not may_know_identity(by(rosa), handed)


def test_cancelled_by_both_it_is_read_no_more(
    handed: Offer, ana: Clinician, rosa: Clinician
) -> None:
    one = handed.referral
    ending.request_cancel(one, by=by(ana), click=click(one))
    one.refresh_from_db()
    assert "confirm_cancel" in allowed(by(rosa), one)
    ending.confirm_cancel(one, by=by(rosa), click=click(one))

    handed.refresh_from_db()
    assert handed.state == "retracted"
    assert not may_know_identity(by(rosa), handed)
    assert reads(rosa, one) == []


def test_closed_without_arrival_it_is_read_no_more(
    handed: Offer, ana: Clinician, rosa: Clinician
) -> None:
    one = handed.referral
    end = ending.Ending(Outcome.UNREACHABLE, continuity=frozenset(Care))
    ending.close_referral(one, end, by=by(ana), click=click(one))

    handed.refresh_from_db()
    assert not may_know_identity(by(rosa), handed)
    with pytest.raises(PermissionDenied):
        read_identity(handed, by=by(rosa), why=Why.CARE)


def test_a_possible_overlap_is_talked_over_first(
    ana: Clinician, rosa: Clinician, staff: User
) -> None:
    with_identities(staff)
    one = sent(ana, rosa)
    offer = accepted(rosa, one, Terms(no_fee=True))
    signed(a_consent(one.client, rosa))
    offer.conflict = "possible"
    offer.save()

    with pytest.raises(LackingError, match="conflicts"):
        arriving.release_identity(one, by=by(ana), click=click(one))
