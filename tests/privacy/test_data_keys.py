"""Data keys: one for each scope and month, whoever asks first, kept apart."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from time import monotonic

import pytest
from django.db import connections, transaction
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext

from network.privacy import data_keys
from network.privacy.data_keys import DataKey, held_key, key_for, known_keys
from network.privacy.keys import Unreadable
from network.privacy.keystore.actions import find_or_make_key
from network.privacy.keystore.models import WrappedKey
from network.privacy.keystore.router import KEYSTORE
from network.privacy.recent import Recent

NOVEMBER, DECEMBER = date(2026, 11, 22), date(2026, 12, 1)
PLACE, WORDS = "messaging.message.body:1:1", "Ünïcode canary 🦉"


def test_a_month_has_one_key_and_the_next_month_another(db: None, scope: str) -> None:
    november = key_for(scope, NOVEMBER)

    data_keys.forget_all()
    assert key_for(scope, NOVEMBER.replace(day=1)) == november
    assert key_for(scope, DECEMBER).id != november.id
    assert key_for(f"{scope}0", NOVEMBER).secret != november.secret
    assert WrappedKey.objects.filter(scope=scope).count() == 2


def test_what_it_seals_it_opens(db: None, scope: str) -> None:
    key = key_for(scope, NOVEMBER)
    box = key.seal(WORDS, PLACE)
    data_keys.forget_all()

    [again] = known_keys([key.id, uuid.uuid4()]).values()

    assert again.open(box, PLACE).decode() == WORDS
    assert key.open(key.seal(b"\x00\xff", PLACE), PLACE) == b"\x00\xff"
    assert key.seal(WORDS, PLACE) != box
    assert b"canary" not in box


def test_a_box_moved_elsewhere_bent_or_torn_does_not_open(db: None, scope: str) -> None:
    key, other = key_for(scope, NOVEMBER), key_for(scope, DECEMBER)
    box = key.seal(WORDS, PLACE)
    bent = bytes([*box[:-1], box[-1] ^ 1])

    moved = DataKey(other.id, scope, key.secret)
    refused = [
        (key, box, f"{PLACE}0"),
        (other, box, PLACE),
        (moved, box, PLACE),
        (key, bent, PLACE),
        (key, box[:20], PLACE),
        (key, b"", PLACE),
    ]

    for by, found, place in refused:
        with pytest.raises(Unreadable) as refusal:
            by.open(found, place)
        assert "canary" not in str(refusal.value)


def test_a_derived_key_is_for_one_purpose_and_tells_nothing(
    db: None, scope: str
) -> None:
    key = key_for(scope, NOVEMBER)

    found = {key.derived("search"), key.derived("attachments"), key.secret}

    assert len(found) == 3
    assert {len(secret) for secret in found} == {32}
    assert key.derived("search") == key.derived("search")
    assert str(key.secret) not in repr(key)


@pytest.mark.parametrize(
    "change",
    [
        {"scope": "conversation:another"},
        {"month": date(2025, 1, 1)},
        {"id": uuid.UUID(int=7)},
    ],
)
def test_a_wrapped_key_moved_elsewhere_is_refused(
    db: None, scope: str, change: dict[str, object]
) -> None:
    key_for(scope, NOVEMBER)
    WrappedKey.objects.filter(scope=scope).update(**change)
    data_keys.forget_all()
    [row] = WrappedKey.objects.all()

    with pytest.raises(Unreadable):
        key_for(row.scope, row.month)
    with pytest.raises(Unreadable):
        known_keys([row.pk])


def test_a_month_that_is_no_month_cannot_be_kept(db: None, scope: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(using=KEYSTORE):
        find_or_make_key(scope, NOVEMBER)


def test_it_is_asked_for_once_and_never_by_who_only_wants_what_is_held(
    db: None, scope: str
) -> None:
    assert held_key(scope, NOVEMBER) is None
    key = key_for(scope, NOVEMBER)

    with CaptureQueriesContext(connections[KEYSTORE]) as queries:
        assert held_key(scope, NOVEMBER) == key
        assert key_for(scope, NOVEMBER) == key
        assert known_keys([key.id, key.id]) == {key.id: key}

    assert len(queries) == 0


def test_a_key_is_remembered_for_half_a_minute_and_no_longer(
    db: None, scope: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = key_for(scope, NOVEMBER)
    WrappedKey.objects.all().delete()
    assert known_keys([key.id]) == {key.id: key}
    assert data_keys.SECONDS == 30

    for memory in (data_keys._by_id, data_keys._by_month):
        monkeypatch.setattr(memory, "seconds", 0)
    assert held_key(scope, NOVEMBER) is None
    assert known_keys([key.id]) == {}


def test_only_so_many_are_remembered_and_none_that_is_stale() -> None:
    recent: Recent[int, int] = Recent(most=3, seconds=30)
    for number in range(5):
        recent.put(number, number, since=monotonic())
    assert [recent.get(number) for number in range(5)] == [None, None, 2, 3, 4]

    recent = Recent(most=3, seconds=30)
    recent.put(0, 0, since=monotonic() - 31)
    recent.put(1, 1, since=monotonic())
    assert (len(recent), recent.get(0), recent.get(1)) == (1, None, 1)


def test_a_key_outlives_the_transaction_in_which_it_was_made(
    transactional_db: None, scope: str
) -> None:
    with transaction.atomic():
        key = key_for(scope, NOVEMBER)
        transaction.set_rollback(True)

    data_keys.forget_all()
    assert key_for(scope, NOVEMBER) == key
    assert connections[KEYSTORE].connection is None


def all_at_once(doing: Callable[[], DataKey], threads: int = 8) -> list[DataKey]:
    ready = Barrier(threads)

    def one() -> DataKey:
        ready.wait(60)
        return doing()

    with ThreadPoolExecutor(threads) as pool:
        made = [pool.submit(one) for _ in range(threads)]
        return [future.result() for future in made]


def test_those_who_make_it_at_once_get_the_same(
    transactional_db: None, scope: str
) -> None:
    def as_another_process() -> DataKey:
        data_keys.forget_all()
        return key_for(scope, NOVEMBER)

    for month in range(1, 6):
        found = all_at_once(lambda m=month: key_for(scope, date(2026, m, 1)))  # type: ignore[misc]
        assert len(set(found)) == 1

    assert len(set(all_at_once(as_another_process))) == 1
    assert WrappedKey.objects.filter(scope=scope).count() == 6
