"""The words of a referral, sealed by the key of its case and opened for who may read.

A passage is bound to itself; the key is the case's, made in the month it began.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from uuid import UUID

from network.privacy.data_keys import DataKey, key_for, known_keys
from network.privacy.keys import Unreadable
from network.privacy.sealed import Box, Holding, in_batches
from network.privacy.sealed.data import keys_that_open
from referrals.models import Passage, Referral

AT_ONCE = 500


def key_of(referral: Referral) -> DataKey:
    return key_for(referral.scope, referral.created_at.date())


def seal(passage: Passage, text: str, key: DataKey) -> None:
    passage.key_id, passage.box = key.id, key.seal(text, _place(passage))


def opened(passages: Iterable[Passage]) -> list[str]:
    """Blank where the key of the case was destroyed."""
    wanted = list(passages)
    keys = known_keys(one.key_id for one in wanted)
    return [
        _open(one, keys[one.key_id]) if one.key_id in keys else "" for one in wanted
    ]


def _open(passage: Passage, key: DataKey) -> str:
    return key.open(bytes(passage.box), _place(passage)).decode()


def _place(passage: Passage) -> str:
    return f"referrals.passage.box:{passage.public_id}"


def _boxes() -> Iterator[Box]:
    for batch in in_batches(Passage.objects.all(), AT_ONCE):
        keys = keys_that_open(row.key_id for row in batch)
        for row in batch:
            yield Box(str(row.pk), str(row.key_id), partial(_open_by, row, keys))


def _open_by(passage: Passage, keys: dict[UUID, DataKey]) -> None:
    if passage.key_id not in keys:
        raise Unreadable("its key is gone")
    _open(passage, keys[passage.key_id])


HELD = (Holding("referrals_passage", ("box", "key_id"), _boxes),)
