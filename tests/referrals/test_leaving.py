"""Somebody leaves for good: what she sent, and what she was asked."""

import pytest

from network.activity.models import Event, Notification
from network.clinicians.models import Clinician
from referrals.actions import ending
from referrals.actions.leaving import leave_every_referral
from referrals.models import Passage, Referral
from tests.messaging.saying import her
from tests.referrals.story import accepted, by, click, offer_to, ready, sent

pytestmark = pytest.mark.django_db


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
