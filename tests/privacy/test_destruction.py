"""Destroyed keys stay destroyed, wherever it is cut off."""

import json
import uuid
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from network.activity.models import Event
from network.privacy import data_keys
from network.privacy.actions import replay_destroyed_keys
from network.privacy.data_keys import DataKey, key_for, known_keys
from network.privacy.keystore import tombstones
from network.privacy.keystore.models import DestroyedKey, WrappedKey
from network.privacy.models import Destruction
from network.privacy.tasks import complete_destructions
from tests.privacy.keeping import destroy, is_readable

NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
COMMITTED = pytest.mark.django_db(transaction=True)


@COMMITTED
def test_what_is_destroyed_is_gone_and_everything_else_is_not(scope: str) -> None:
    gone = [key_for(scope, NOVEMBER), key_for(scope, DECEMBER)]
    kept = key_for(f"{scope}-other", NOVEMBER)

    assert destroy(scope) == 2

    assert known_keys([*(key.id for key in gone), kept.id]) == {kept.id: kept}
    assert data_keys.held_key(scope, NOVEMBER) is None
    assert tombstones.inscribed() == {key.id: scope for key in gone}
    assert set(DestroyedKey.objects.values_list("key_id", "scope")) == {
        (key.id, scope) for key in gone
    }
    assert not Destruction.objects.waiting().exists()


@COMMITTED
def test_the_trail_says_who_destroyed_keys_and_why(scope: str) -> None:
    key_for(scope, NOVEMBER)

    destroy(scope)

    event = Event.objects.get(verb="keys.destroyed")
    assert (event.actor_kind, event.why) == ("system", "retention")
    assert event.detail == {"scope": scope, "keys": 1}
    assert event.subject == f"privacy.destruction:{Destruction.objects.get().pk}"


def test_where_there_is_no_key_nothing_is_said(db: None, scope: str) -> None:
    assert destroy(scope) == 0

    assert not Event.objects.filter(verb="keys.destroyed").exists()


@COMMITTED
def test_what_is_not_committed_destroys_nothing(scope: str) -> None:
    key = key_for(scope, NOVEMBER)

    with transaction.atomic():
        destroy(scope)
        transaction.set_rollback(True)
    replay_destroyed_keys()

    assert is_readable(key)
    assert tombstones.inscribed() == {}
    assert not Event.objects.filter(verb="keys.destroyed").exists()


@COMMITTED
def test_a_later_word_under_the_scope_gets_another_key(scope: str) -> None:
    before = key_for(scope, NOVEMBER)
    destroy(scope)

    after = key_for(scope, NOVEMBER)
    replay_destroyed_keys()

    assert after.id != before.id
    assert after.secret != before.secret
    assert is_readable(after)


# -- Cut off by a crash ---------------------------------------------------------


@pytest.mark.parametrize("steps", range(4))
def test_wherever_it_is_cut_off_the_sweep_completes_it(
    db: None, scope: str, steps: int
) -> None:
    key = cut_off(scope, steps)

    complete_destructions()

    assert not is_readable(key)
    assert_all_lists_name(key)
    assert Event.objects.filter(verb="keys.destroyed").count() == 1


@pytest.mark.parametrize("steps", range(4))
def test_wherever_it_is_cut_off_the_next_start_completes_it(
    db: None, scope: str, steps: int
) -> None:
    key = cut_off(scope, steps)
    said = StringIO()

    call_command("replay_destroyed_keys", stdout=said)

    assert not is_readable(key)
    assert_all_lists_name(key)
    assert said.getvalue().endswith("keys destroyed again\n")


def cut_off(scope: str, steps: int) -> DataKey:
    """So many of the steps after the commit, which a test's own never reaches."""
    key = key_for(scope, NOVEMBER)
    destroy(scope)
    [destruction] = Destruction.objects.waiting()
    after: list[Callable[[], object]] = [
        lambda: tombstones.inscribe(destruction.gone),
        lambda: DestroyedKey.objects.create(key_id=key.id, scope=scope),
        lambda: WrappedKey.objects.filter(pk=key.id).delete(),
    ]
    for step in after[:steps]:
        step()
    assert is_readable(key) is (steps < 3)
    return key


def assert_all_lists_name(key: DataKey) -> None:
    assert tombstones.inscribed() == {key.id: key.scope}
    assert DestroyedKey.objects.get().key_id == key.id
    assert Destruction.objects.all_gone() == {key.id: key.scope}
    assert not Destruction.objects.waiting().exists()


@COMMITTED
def test_a_list_that_cannot_be_written_costs_time_and_nothing_else(
    scope: str, stones: Path, caplog: pytest.LogCaptureFixture
) -> None:
    key = key_for(scope, NOVEMBER)
    stones.parent.write_text("a file where the directory belongs")

    destroy(scope)
    assert is_readable(key)
    assert "destruction_waits" in caplog.text

    stones.parent.unlink()
    complete_destructions()
    assert not is_readable(key)


# -- The file -------------------------------------------------------------------


def test_the_file_is_only_added_to_and_survives_half_a_line(
    stones: Path, scope: str
) -> None:
    first, second = uuid.uuid4(), uuid.uuid4()
    tombstones.inscribe({first: scope})
    whole = stones.read_bytes()
    stones.write_bytes(whole + b'["half a li')

    tombstones.inscribe({second: "other"})

    assert stones.read_bytes().startswith(whole)
    assert tombstones.inscribed() == {first: scope, second: "other"}
    at = json.loads(whole)[2]
    assert at[:10] == f"{timezone.now():%Y-%m-%d}"


def test_without_a_file_nothing_was_destroyed(stones: Path) -> None:
    assert tombstones.inscribed() == {}
    tombstones.inscribe({})
    assert not stones.exists()
