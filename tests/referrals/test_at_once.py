"""Many act at once, on a real database."""

from collections.abc import Callable
from functools import partial

import pytest
from django.utils import timezone

from network.activity.models import Event, Notification
from network.clinicians.models import Clinician
from referrals.actions import answering, ringing
from referrals.actions.stepping import Click, LostRaceError
from referrals.machine.words import Decline
from referrals.models import Offer, Timer
from referrals.permissions import LackingError, allowed
from tests import factories
from tests.conftest import signed_in
from tests.messaging.saying import her
from tests.messaging.test_log_at_once import together
from tests.referrals.story import NO_FEE, WORDS, by, click, offer_to, opened, sent
from tests.referrals.test_api import program_of

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 20


def accept(offer: Offer, seen: Click) -> str:
    """As a page would say it."""
    assert offer.receiver is not None
    try:
        answering.accept_offer(offer, NO_FEE, by=by(offer.receiver), click=seen)
    except LostRaceError:
        return "somebody else"
    return "yours"


def test_of_twenty_who_accept_at_once_one_is_first(ana: Clinician) -> None:
    people = [factories.a_colleague(f"Wren Test {number}") for number in range(MANY)]
    one = sent(ana, *people)
    offers = [opened(person, one) for person in people]
    clicks = [click(offer) for offer in offers]

    said = together(
        partial(accept, offer, seen) for offer, seen in zip(offers, clicks, strict=True)
    )

    assert sorted(said) == ["somebody else"] * (MANY - 1) + ["yours"]
    one.refresh_from_db()
    assert one.state == "placed"
    states = sorted(one.offers.values_list("state", flat=True))
    assert states == ["not_selected"] * (MANY - 1) + ["selected"]
    first = one.offers.get(state="selected").receiver
    for person in people:
        verbs = Notification.objects.visible_to(her(person))
        closed = verbs.filter(event__verb="offer.closed").count()
        assert closed == (0 if person == first else 1)
        if person != first:
            assert allowed(by(person), offer_to(person, one)) == frozenset()
            read_a_courteous_close(person, offer_to(person, one))
    assert Event.objects.filter(verb="offer.accepted").count() == 1


def read_a_courteous_close(person: Clinician, offer: Offer) -> None:
    """On her page and in her program: that it is over, and not a word of it."""
    page = signed_in(person).get(offer.get_absolute_url()).content.decode()
    assert "Somebody else was chosen" in page
    assert "Thank you for having looked at it" in page
    part = program_of(person).get(f"/offers/{offer.public_id}").json()
    assert (part["state"], part["words"], part["allowed"]) == ("not_selected", [], [])
    handle = offer.referral.client.handle
    assert WORDS not in page
    assert handle not in page


def test_her_last_opening_is_given_away_once(
    ana: Clinician, cleo: Clinician, rosa: Clinician
) -> None:
    """Two referrals of two senders; she accepts both in two tabs."""
    offers = [opened(rosa, sent(sender, rosa)) for sender in (ana, cleo)]
    clicks = [click(offer) for offer in offers]

    def take(offer: Offer, seen: Click) -> bool:
        try:
            answering.accept_offer(offer, NO_FEE, by=by(rosa), click=seen)
        except LackingError:
            return False
        return True

    said = together(
        partial(take, offer, seen) for offer, seen in zip(offers, clicks, strict=True)
    )

    assert sorted(said) == [False, True]
    assert Offer.objects.holding(rosa).count() == 1


def test_accepting_and_retracting_at_once_end_in_one_of_the_two(
    ana: Clinician, rosa: Clinician
) -> None:
    one = sent(ana, rosa)
    offer, mine = opened(rosa, one), offer_to(rosa, one)
    hers, theirs = click(offer), click(mine)

    def retract() -> str:
        try:
            answering.retract_offer(mine, by=by(ana), click=theirs)
        except LostRaceError:
            return "too late"
        return "retracted"

    jobs: list[Callable[[], str]] = [partial(accept, offer, hers), retract]
    said = together(jobs)

    state = offer_to(rosa, one).state
    assert (state, *said) in {
        ("selected", "yours", "too late"),
        ("retracted", "somebody else", "retracted"),
    }


def test_workers_ring_each_clock_once(
    ana: Clinician, rosa: Clinician, omar: Clinician
) -> None:
    for _ in range(3):
        sent(ana, rosa, omar)
    Timer.objects.filter(clock="remind").update(due_at=timezone.now())

    def ring() -> int:
        return ringing.ring_what_is_due(100)

    together([ring] * 4)
    ringing.ring_what_is_due(100)

    assert Event.objects.filter(verb="offer.reminded").count() == 6
    assert not Timer.objects.due(timezone.now()).exists()


def test_two_who_decline_at_once_in_parallel_leave_nobody(
    ana: Clinician, rosa: Clinician, omar: Clinician
) -> None:
    one = sent(ana, rosa, omar)
    offers = [opened(person, one) for person in (rosa, omar)]
    clicks = [click(offer) for offer in offers]

    def decline(offer: Offer, seen: Click) -> None:
        assert offer.receiver is not None
        me = by(offer.receiver)
        answering.decline_offer(offer, Decline.FULL, by=me, click=seen)

    together(
        partial(decline, offer, seen)
        for offer, seen in zip(offers, clicks, strict=True)
    )

    one.refresh_from_db()
    assert (one.state, one.turn) == ("ready", "sender")
    assert Event.objects.filter(verb="referral.exhausted").count() == 1
