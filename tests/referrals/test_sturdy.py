"""What goes wrong beside a referral stops nobody else: bad rows, old keys, races."""

from dataclasses import asdict
from functools import partial
from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from pytest_django import Settings

from network.activity.models import Event
from network.clinicians.models import Clinician
from network.privacy.keys import new_key
from referrals.actions import drafting, ringing
from referrals.actions.drafting import create_referral, edit_referral
from referrals.actions.stepping import Click, ReusedKeyError
from referrals.models import Referral, Step, Timer
from tests.messaging.test_log_at_once import together
from tests.referrals.story import WORDS, a_client, a_draft, begun, by, click, sent

pytestmark = pytest.mark.django_db
at_once = pytest.mark.django_db(transaction=True)


def test_a_clock_that_cannot_ring_stops_no_other(
    ana: Clinician, rosa: Clinician, caplog: pytest.LogCaptureFixture
) -> None:
    spoilt, sound = sent(ana, rosa), sent(ana, rosa)
    Timer.objects.filter(clock="remind").update(due_at=timezone.now())
    odd = Timer.objects.get(referral=spoilt, clock="remind")
    Timer.objects.filter(pk=odd.pk).update(clock="unheard of")

    assert ringing.ring_what_is_due(100) == 1

    [reminded] = Event.objects.filter(verb="offer.reminded")
    assert reminded in Event.objects.about(sound.offers.get())
    assert Timer.objects.due(timezone.now()).get() == odd
    assert "passed_by" in caplog.text
    assert WORDS not in caplog.text

    Timer.objects.filter(pk=odd.pk).update(clock="remind")
    assert ringing.ring_what_is_due(100) == 1


def test_the_same_step_is_known_again_after_the_keys_were_rotated(
    ana: Clinician, settings: Settings
) -> None:
    old, new = new_key("old"), new_key("new")
    settings.CONSILIUM_KEYS = old
    client, key = a_client(ana), uuid4()
    one = create_referral(client, a_draft(), by=ana, key=key)
    pressed = click(one)
    drafting.shortlist(one, [], by=by(ana), click=pressed)

    settings.CONSILIUM_KEYS = f"{new},{old}"

    assert create_referral(client, a_draft(), by=ana, key=key) == one
    drafting.shortlist(one, [], by=by(ana), click=pressed)
    assert Step.objects.count() == 2
    with pytest.raises(ReusedKeyError):
        create_referral(client, a_draft(acuity=3), by=ana, key=key)


@at_once
def test_one_key_on_two_referrals_at_once_is_good_for_one(ana: Clinician) -> None:
    pair, key = [begun(ana), begun(ana)], uuid4()

    said = together(partial(edit, one, ana, key) for one in pair)

    assert sorted(said) == ["refused", "taken"]
    assert Step.objects.filter(key=key).count() == 1


def edit(one: Referral, sender: Clinician, key: UUID) -> str:
    again = a_draft(**{**asdict(a_draft()), "acuity": 4})
    try:
        edit_referral(one, again, by=by(sender), click=Click(key, one.version))
    except ReusedKeyError:
        return "refused"
    return "taken"
