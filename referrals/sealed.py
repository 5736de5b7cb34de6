"""The words of a referral, sealed by the key of its case and opened for who may read.

What is sealed is bound to its row; the key is the case's, made in the month it began.
At the end, which keyed hashes something may still be compared with.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from network.privacy.data_keys import DataKey, key_for, known_keys
from network.privacy.keys import Unreadable
from network.privacy.sealed import Box, Compared, Holding, in_batches
from network.privacy.sealed.data import keys_that_open
from referrals.machine.words import LIVE, OVER
from referrals.models import GuestLink, Passage, Referral, Sought, Step

AT_ONCE = 500
# In which a step may come again under its key; without the ring's key it is refused.
SENT_AGAIN = timedelta(days=1)
Kept = Passage | Sought


def key_of(referral: Referral) -> DataKey:
    return key_for(referral.scope, referral.created_at.date())


def seal(one: Kept, text: str, key: DataKey) -> None:
    one.key_id, one.box = key.id, key.seal(text, _place(one))


def opened(kept: Iterable[Kept]) -> list[str]:
    """Blank where the key of the case was destroyed."""
    wanted = list(kept)
    keys = known_keys(one.key_id for one in wanted)
    return [
        _open(one, keys[one.key_id]) if one.key_id in keys else "" for one in wanted
    ]


def _open(one: Kept, key: DataKey) -> str:
    return key.open(bytes(one.box), _place(one)).decode()


def _place(one: Kept) -> str:
    return f"{one._meta.label_lower}.box:{one.public_id}"


def _boxes(model: type[Kept]) -> Iterator[Box]:
    rows: QuerySet[Any] = model._default_manager.all()
    for batch in in_batches(rows, AT_ONCE):
        keys = keys_that_open(row.key_id for row in batch)
        for row in batch:
            yield Box(str(row.pk), str(row.key_id), partial(_open_by, row, keys))


def _open_by(one: Kept, keys: dict[UUID, DataKey]) -> None:
    if one.key_id not in keys:
        raise Unreadable("its key is gone")
    _open(one, keys[one.key_id])


def _addresses() -> QuerySet[GuestLink]:
    """Of guests whose offers are found once they are members."""
    asked = GuestLink.objects.filter(offer__receiver=None, offer__state__in=LIVE)
    return asked.exclude(offer__referral__state__in=OVER)


def _steps() -> QuerySet[Step]:
    return Step.objects.filter(taken_at__gt=timezone.now() - SENT_AGAIN)


HELD = (
    *(
        Holding(model._meta.db_table, ("box", "key_id"), partial(_boxes, model))
        for model in (Passage, Sought)
    ),
    Compared("email_hash", _addresses),
    Compared("said", _steps),
)
