"""Rotation wraps the data keys anew, and leaves what they sealed as it is."""

import uuid
from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from network.clients.actions.links import unlock
from network.clients.models import AccessLink
from network.clinicians.models import Clinician
from network.privacy import data_keys
from network.privacy.data_keys import key_for, known_keys
from network.privacy.keys import Unreadable, new_key
from network.privacy.keystore.models import WrappedKey
from network.privacy.sealed import actions as sealing
from network.privacy.sealed.everything import needed_of_the_ring, rotate
from referrals.guests.belonging import addressed_to
from referrals.models import Offer, Step
from tests.clients.people import a_client, a_link
from tests.referrals.guests import a_member, asked

PLACE = "messaging.message.body:1:1"
OLD, NEW = new_key("old_key"), new_key("new_key")


def made(months: int) -> list[data_keys.DataKey]:
    scope = f"conversation:{uuid.uuid4()}"
    return [key_for(scope, date(2026, month + 1, 1)) for month in range(months)]


def wrapped_by(name: str) -> int:
    return WrappedKey.objects.filter(wrapped__startswith=f"v1:{name}:").count()


def test_a_rotation_wraps_every_key_anew_and_touches_no_body(
    db: None, settings: Settings
) -> None:
    settings.CONSILIUM_KEYS = OLD
    keys = made(5)
    boxes = [key.seal("words", PLACE) for key in keys]

    settings.CONSILIUM_KEYS = f"{NEW},{OLD}"
    assert rotate() == 5
    assert rotate() == 0

    settings.CONSILIUM_KEYS = NEW
    data_keys.forget_all()
    again = known_keys(key.id for key in keys)
    found = [
        again[key.id].open(box, PLACE) for key, box in zip(keys, boxes, strict=True)
    ]
    assert found == [b"words"] * 5
    assert wrapped_by("new_key") == 5


def test_the_old_key_is_useless_afterwards(db: None, settings: Settings) -> None:
    settings.CONSILIUM_KEYS = OLD
    [key] = made(1)
    settings.CONSILIUM_KEYS = f"{NEW},{OLD}"
    rotate()

    settings.CONSILIUM_KEYS = OLD
    data_keys.forget_all()
    with pytest.raises(Unreadable):
        known_keys([key.id])


def test_new_keys_are_wrapped_by_the_first_key_while_old_ones_still_open(
    db: None, settings: Settings
) -> None:
    settings.CONSILIUM_KEYS = OLD
    [before] = made(1)
    settings.CONSILIUM_KEYS = f"{NEW},{OLD}"
    [after] = made(1)
    data_keys.forget_all()

    assert known_keys([before.id, after.id]) == {before.id: before, after.id: after}
    assert (wrapped_by("old_key"), wrapped_by("new_key")) == (1, 1)


def test_a_rotation_that_was_stopped_goes_on_where_it_was(
    db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CONSILIUM_KEYS = OLD
    keys = made(7)
    last = WrappedKey.objects.order_by("pk").last()
    assert last
    WrappedKey.objects.filter(pk=last.pk).update(wrapped="v1:old_key:torn")

    monkeypatch.setattr(sealing, "BATCH", 3)
    settings.CONSILIUM_KEYS = f"{NEW},{OLD}"
    with pytest.raises(Unreadable):
        rotate()
    assert (wrapped_by("new_key"), wrapped_by("old_key")) == (6, 1)

    WrappedKey.objects.filter(pk=last.pk).update(wrapped=last.wrapped)
    assert rotate() == 1
    data_keys.forget_all()
    assert known_keys(key.id for key in keys) == {key.id: key for key in keys}


def needing(name: str) -> dict[str, int]:
    needed = needed_of_the_ring().items()
    return {column: counts[name] for column, counts in needed if counts[name]}


def test_a_key_is_needed_as_long_as_something_is_compared_with_its_hashes(
    ana: Clinician, settings: Settings
) -> None:
    settings.CONSILIUM_KEYS = OLD
    made = a_link(a_client(ana).parties.get())
    offer = asked(ana)
    steps = Step.objects.count()
    settings.CONSILIUM_KEYS = f"{NEW},{OLD}"
    rotate()

    codes = {"clients_accesslink.code_hash": 1}
    addresses = {"referrals_guestlink.email_hash": 1}
    assert needing("old_key") == {**codes, **addresses, "referrals_step.said": steps}
    assert unlock(made.link, made.code)
    assert list(addressed_to(a_member())) == [offer]
    now = timezone.now()
    with time_machine.travel(now + timedelta(days=2), tick=False):
        assert needing("old_key") == {**codes, **addresses}
    with time_machine.travel(now + timedelta(days=15), tick=False):
        assert needing("old_key") == addresses
    AccessLink.objects.update(ended_at=now)
    Offer.objects.update(state="retracted")
    with time_machine.travel(now + timedelta(days=2), tick=False):
        assert needing("old_key") == {}
