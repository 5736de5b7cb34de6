"""Who may take which steps: the table, asked as the pages ask it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from network.activity.models import Event, Notification
from network.clients.actions.links import end_link
from network.clinicians.actions.membership import suspend_member
from network.clinicians.models import Clinician
from referrals.acting import By
from referrals.actions import answering, choosing, ending
from referrals.actions.drafting import Guest
from referrals.models import Offer, Referral
from referrals.permissions import allowed
from tests.among.people import an_associate, guided
from tests.clients.people import a_link
from tests.factories import a_staff_member
from tests.messaging.saying import her
from tests.referrals.story import (
    NO_FEE,
    accepted,
    begun,
    by,
    click,
    offer_to,
    opened,
    ready,
    sent,
)

pytestmark = pytest.mark.django_db
ANSWERS = {"ask", "accept", "decline", "offer_waitlist", "recuse"}


def test_what_each_may_on_the_way(
    ana: Clinician, rosa: Clinician, omar: Clinician, cleo: Clinician
) -> None:
    one = begun(ana)
    assert allowed(by(ana), one) == {"edit", "discard", "submit", "shortlist"}
    one = ready(ana, rosa, omar)
    assert {"edit", "check", "send", "withdraw", "pause"} <= allowed(by(ana), one)

    one = sent(ana, rosa, omar, mode="sender_choice")
    hers, his = offer_to(rosa, one), offer_to(omar, one)
    assert allowed(by(rosa), hers) == {"open", "decline", "recuse"}
    assert allowed(by(rosa), his) == allowed(by(rosa), one) == frozenset()
    assert allowed(by(ana), hers) == {"retract"}
    assert allowed(by(rosa), opened(rosa, one)) == ANSWERS

    hers = accepted(rosa, one)
    assert allowed(by(rosa), hers) == {"decline", "recuse", "reconfirm"}
    assert allowed(by(ana), hers) == {"retract", "choose"}
    for thing in (one, hers, his):
        assert allowed(by(cleo), thing) == frozenset()


def test_who_is_held_back_does_nothing(
    ana: Clinician, rosa: Clinician, staff: object
) -> None:
    offer = opened(rosa, sent(ana, rosa))
    suspend_member(rosa, by=a_staff_member(), why="complaint")
    rosa.refresh_from_db()

    assert allowed(by(rosa), offer) == frozenset()
    assert not Offer.objects.visible_to(rosa).exists()
    assert not Referral.objects.visible_to(rosa).exists()


def test_an_associates_acceptance_is_the_supervisors(
    ana: Clinician, rosa: Clinician
) -> None:
    ida = an_associate("Ida Lark")
    guided(ida, rosa)
    one = sent(ana, ida)
    offer = accepted(ida, one)
    assert (offer.state, one.turn) == ("confirming", "supervisor")
    told = Notification.objects.visible_to(her(rosa))
    assert told.filter(event__verb="offer.supervisor_asked").exists()
    assert Offer.objects.visible_to(rosa).get() == offer
    assert allowed(by(ida), offer) == {"decline", "recuse"}
    assert allowed(by(rosa), offer) == {"confirm_acceptance", "refuse_acceptance"}

    answering.confirm_acceptance(offer, by=by(rosa), click=click(offer))

    one.refresh_from_db()
    assert (one.state, offer_to(ida, one).state) == ("placed", "selected")
    assert not Offer.objects.visible_to(rosa).exists()


def test_the_client_chooses_by_her_link(
    ana: Clinician, rosa: Clinician, omar: Clinician
) -> None:
    one = sent(ana, rosa, omar, mode="client_choice")
    offer = accepted(rosa, one)
    link = a_link(one.client.parties.get()).link
    me = By.client(link)
    assert one.turn == "client"
    assert allowed(me, offer) == {"choose"}
    assert allowed(me, one) == {"reply"}
    other = sent(ana, omar, mode="client_choice")
    assert allowed(me, accepted(omar, other)) == frozenset()

    choosing.choose_offer(offer, by=me, click=click(offer))

    one.refresh_from_db()
    assert one.state == "placed"
    event = Event.objects.get(verb="offer.chosen")
    assert (event.actor_kind, event.actor_id) == ("client", str(link.public_id))
    assert allowed(me, one) == {"self_contact"}
    end_link(link, by=her(ana))
    assert allowed(me, one) == frozenset()


def test_where_the_sender_chooses_the_client_does_not(
    ana: Clinician, rosa: Clinician
) -> None:
    one = sent(ana, rosa, mode="sender_choice")
    offer = accepted(rosa, one)
    me = By.client(a_link(one.client.parties.get()).link)

    assert allowed(me, offer) == frozenset()


def test_a_guest_answers_by_her_link_while_it_is_good(ana: Clinician) -> None:
    guest = Guest("Somebody Else", "guest@consilium.example")
    one = sent(ana, guest)
    offer = one.offers.get()
    me = By.guest(offer)
    answering.open_offer(offer, by=me, click=click(offer))
    offer.refresh_from_db()
    assert allowed(me, offer) == ANSWERS

    offer.link_expires_at = timezone.now() - timedelta(minutes=1)
    offer.save()
    assert allowed(me, offer) == frozenset()
    with pytest.raises(PermissionDenied):
        answering.accept_offer(offer, NO_FEE, by=me, click=click(offer))


def test_of_whoever_is_asked_elsewhere_the_sender_keeps_the_record(
    ana: Clinician,
) -> None:
    one = sent(ana, Guest("Somebody Far", by_link=False))
    offer = one.offers.get()
    for step in (answering.open_offer, answering.decline_offer):
        said = ("full",) if step is answering.decline_offer else ()
        step(offer, *said, by=by(ana), click=click(offer))

    one.refresh_from_db()
    assert one.state == "ready"


def test_what_is_over_can_only_begin_again(ana: Clinician, rosa: Clinician) -> None:
    one = sent(ana, rosa)
    ending.withdraw_referral(one, by=by(ana), click=click(one))

    one.refresh_from_db()
    assert allowed(by(ana), one) == {"reopen"}
    assert allowed(by(rosa), offer_to(rosa, one)) == frozenset()


def test_nobody_is_asked_whom_the_sender_does_not_see(
    ana: Clinician, finn: Clinician
) -> None:
    for person in (finn, ana):
        with pytest.raises(PermissionDenied):
            ready(ana, person)
