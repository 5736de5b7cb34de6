"""Keys in use stay at hand for whoever writes frames, and are gone once destroyed."""

import pytest
from django.utils import timezone

from messaging.bodies import key_at_hand, key_now, scope_of
from messaging.models import Conversation
from network.activity.actors import Actor
from network.clinicians.models import Clinician
from network.privacy.actions import destroy_keys
from network.privacy.data_keys import forget_all, held_key, held_keys, refresh
from tests.messaging.live.lines import user_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_key_in_use_is_asked_for_before_somebody_waits_for_it(
    room: Conversation,
) -> None:
    key = key_now(room.public_id)
    forget_all()
    assert key_at_hand(room.public_id) is None

    refresh([key.id])

    assert key_at_hand(room.public_id) == key
    assert held_keys([key.id]) == {key.id: key}


def test_a_destroyed_key_is_at_hand_no_more(room: Conversation, ana: Clinician) -> None:
    key, scope = key_now(room.public_id), scope_of(room.public_id)
    destroy_keys(scope, by=Actor.of(user_of(ana)), why="retention")

    refresh([key.id])

    assert held_keys([key.id]) == {}
    assert held_key(scope, timezone.now().date()) is None
