"""Somebody leaves for good: what she sent, and what she was asked."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from threading import Thread

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connections, transaction
from django.utils import timezone

from home.actions.closing import erase
from messaging.actions.lock import all_locked
from messaging.bodies import scope_of
from messaging.models import Conversation
from messaging.permissions import allowed as allowed_in
from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.models import Event, Notification
from network.activity.recorder import record
from network.clients.actions.erasure import erase_client, forget_erased_clients
from network.clients.actions.lock import locked
from network.clinicians.models import Clinician
from network.privacy.models import Destruction
from referrals.actions import answering, ending
from referrals.actions.answering import ask_sender
from referrals.actions.drafting import create_referral
from referrals.actions.leaving import leave_every_referral
from referrals.actions.passages import Words
from referrals.actions.reading import read_words
from referrals.disclosure import passages_for
from referrals.events import ReferralEvent
from referrals.machine.continuity import Care
from referrals.machine.words import Outcome
from referrals.models import Offer, Passage, Referral
from referrals.permissions import LackingError, allowed
from tests.locks import until_somebody_waits
from tests.messaging.saying import her, log_of, say
from tests.referrals.story import (
    WORDS,
    a_draft,
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
at_once = pytest.mark.django_db(transaction=True)


def test_what_she_was_asked_goes_back_to_whoever_asked(
    ana: Clinician, rosa: Clinician, omar: Clinician
) -> None:
    one = sent(ana, rosa)
    accepted(rosa, one)
    other = sent(ana, rosa, omar, mode="sequential")
    begun_only = ready(ana, rosa)
    paused = sent(ana, rosa)
    ending.pause_referral(paused, by=by(ana), click=click(paused))

    leave_every_referral(rosa)

    for each in (one, other):
        each.refresh_from_db()
    assert (one.state, one.turn, one.conversation) == ("ready", "sender", None)
    assert offer_to(omar, other).state == "sent"
    for each in (begun_only, paused):
        assert offer_to(rosa, each).state == "declined"
    told = Notification.objects.visible_to(her(ana))
    assert told.filter(event__verb="referral.exhausted").exists()


def test_what_she_sent_goes_with_its_words(ana: Clinician, rosa: Clinician) -> None:
    one = sent(ana, rosa)

    leave_every_referral(ana)

    assert not Referral.objects.exists()
    assert not Passage.objects.exists()
    keys = Event.objects.get(verb="keys.destroyed")
    assert keys.detail["scope"] == one.scope
    told = Notification.objects.visible_to(her(rosa))
    assert told.filter(event__verb="referral.forgotten").exists()


@pytest.mark.parametrize("first", ["ana", "rosa"])
@pytest.mark.parametrize("is_over", [False, True])
def test_the_room_closes_with_one_of_the_two_and_goes_with_the_other(
    ana: Clinician, rosa: Clinician, first: str, *, is_over: bool
) -> None:
    one = sent(ana, rosa)
    accepted(rosa, one)
    room = one.conversation
    assert room is not None
    say(ana, room)
    if is_over:
        over = {"state": "closed", "turn": "nobody", "outcome": Outcome.ENGAGED}
        Referral.objects.filter(pk=one.pk).update(**over)
    leaver, left = (ana, rosa) if first == "ana" else (rosa, ana)

    gone(leaver)

    fresh = Conversation.objects.get(pk=room.pk)
    kinds = [row.kind for row in log_of(room)]
    assert (kinds.count("left"), kinds.count("closed")) == (1, 1)
    assert "write" not in allowed_in(left, fresh)
    keys = Destruction.objects.filter(scope=scope_of(room.public_id))
    assert not keys.exists()

    gone(left)

    assert not Conversation.objects.exists()
    assert not Referral.objects.exists()
    assert keys.exists()


def gone(who: Clinician) -> None:
    user = her(who)
    User.objects.filter(pk=user.pk).update(erase_at=timezone.now())
    assert erase(user.pk)


def is_destroyed(one: Referral) -> bool:
    gone = Event.objects.filter(verb="keys.destroyed")
    return one.scope in [event.detail["scope"] for event in gone]


def test_of_an_erased_client_nobody_reads_on(
    ana: Clinician, rosa: Clinician, omar: Clinician
) -> None:
    one = sent(ana, rosa, omar)
    asked = opened(omar, one)
    ask_sender(asked, Words("Evenings?"), by=by(omar), click=click(asked))
    offer = accepted(rosa, one)
    room = one.conversation
    assert room is not None
    assert WORDS in [s.text for s in passages_for(by(rosa), offer)]

    erase_client(one.client, by=her(ana))

    one.refresh_from_db()
    room.refresh_from_db()
    offer = offer_to(rosa, one)
    assert (one.state, one.turn, one.conversation) == ("withdrawn", "nobody", None)
    assert (offer.state, offer.holds, room.is_closed) == ("retracted", False, True)
    assert not passages_for(by(rosa), offer)
    assert not passages_for(by(ana), one)
    assert not Passage.objects.exists()
    assert is_destroyed(one)
    told = Notification.objects.visible_to(her(rosa))
    assert told.filter(event__verb="offer.retracted").exists()


def test_of_an_erased_client_what_is_over_loses_its_words(
    ana: Clinician, rosa: Clinician
) -> None:
    over, draft = sent(ana, rosa), begun(ana)
    care = frozenset(Care)
    end = ending.Ending(Outcome.CLIENT_DECLINED, "Rather not.", continuity=care)
    ending.close_referral(over, end, by=by(ana), click=click(over))
    Referral.objects.filter(pk=draft.pk).update(client=over.client)

    erase_client(over.client, by=her(ana))

    over.refresh_from_db()
    draft.refresh_from_db()
    assert (over.state, draft.state) == ("closed", "withdrawn")
    assert not Passage.objects.exists()
    assert "reopen" not in allowed(by(ana), over)
    with pytest.raises(LackingError, match="erased"):
        ending.reopen_referral(over, by=by(ana), click=click(over))
    with pytest.raises(PermissionDenied):
        create_referral(over.client, a_draft(), by=ana)


def test_what_is_forgotten_after_six_years_takes_its_keys_along(
    ana: Clinician, rosa: Clinician
) -> None:
    one = sent(ana, rosa)
    erase_client(one.client, by=her(ana))

    with time_machine.travel(timezone.now() + timedelta(days=2300)):
        assert forget_erased_clients() == 1

    assert not Referral.objects.exists()
    assert is_destroyed(one)


@at_once
@pytest.mark.parametrize("leaver", ["rosa", "ana"])
def test_a_step_and_an_erasure_at_once_do_not_lock_each_other_out(
    ana: Clinician, rosa: Clinician, leaver: str, request: pytest.FixtureRequest
) -> None:
    """The step holds the referral and wants the room; so must whoever is erased."""
    one = sent(ana, rosa)
    offer = accepted(rosa, one)
    seen, user = click(offer), her(request.getfixturevalue(leaver))
    User.objects.filter(pk=user.pk).update(erase_at=timezone.now())
    other = Thread(target=apart, args=(lambda: erase(user.pk),))

    with transaction.atomic():
        Referral.objects.select_for_update().get(pk=one.pk)
        other.start()
        until_somebody_waits()
        answering.recuse(Offer.objects.get(pk=offer.pk), by=by(rosa), click=seen)
    other.join(60)

    assert not other.is_alive()
    assert not User.objects.filter(pk=user.pk).exists()
    assert Event.objects.filter(verb="offer.recused").count() == 1


@at_once
def test_rooms_are_held_in_the_order_in_which_everybody_holds_them(
    ana: Clinician, rosa: Clinician, omar: Clinician
) -> None:
    """The later referral met first: somebody holds its room and wants the other."""
    one, other = sent(ana, rosa), sent(ana, omar)
    Referral.objects.filter(pk=other.pk).update(client=one.client)
    accepted(omar, other)
    accepted(rosa, one)
    first, second = (each.conversation for each in (other, one))
    assert first is not None
    assert second is not None
    erasure = partial(erase_client, one.client, by=her(ana))
    erasing = Thread(target=apart, args=(erasure,))

    with transaction.atomic():
        all_locked([first.pk])
        erasing.start()
        until_somebody_waits()
        all_locked([second.pk])
    erasing.join(60)

    assert not erasing.is_alive()
    closed = Conversation.objects.exclude(closed_at=None)
    assert set(closed) == {first, second}


@at_once
def test_a_first_reading_and_an_erasure_do_not_lock_each_other_out(
    ana: Clinician, rosa: Clinician
) -> None:
    """The erasure holds the client and goes on to the next of her referrals."""
    one = sent(ana, rosa)
    reading = Thread(target=apart, args=(lambda: read_words(one, by=by(rosa)),))

    with transaction.atomic():
        locked(one.client)
        reading.start()
        until_somebody_waits()
        record(Actor.system(), ReferralEvent.WITHDRAWN, one)
    reading.join(60)

    assert not reading.is_alive()
    assert Event.objects.filter(verb="referral.opened").count() == 1


def apart(job: Callable[[], object]) -> None:
    """In a thread, with a connection of its own."""
    try:
        job()
    finally:
        connections.close_all()
