"""What is written in the keystore, each in a transaction of its own there."""

import secrets
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from network.privacy.keys import KEY_BYTES
from network.privacy.keystore.models import DestroyedKey, WrappedKey
from network.privacy.keystore.router import KEYSTORE

BATCH = 500


def find_or_make_key(scope: str, month: date) -> WrappedKey:
    """Of two who make it at once the first one's stands, and both get that."""
    rows = WrappedKey.objects.filter(scope=scope, month=month)
    if row := rows.first():
        return row
    fresh = WrappedKey(scope=scope, month=month)
    fresh.wrapped = fresh.wrapping(secrets.token_bytes(KEY_BYTES))
    WrappedKey.objects.bulk_create([fresh], ignore_conflicts=True)
    return rows.get()


def bury(gone: Mapping[UUID, str]) -> int:
    """Destroy the keys, by id and scope; how many were there."""
    ids = list(gone)
    batches = (ids[at : at + BATCH] for at in range(0, len(ids), BATCH))
    return sum(_bury({key: gone[key] for key in batch}) for batch in batches)


@transaction.atomic(using=KEYSTORE)
def _bury(gone: Mapping[UUID, str]) -> int:
    stones = [DestroyedKey(key_id=key, scope=scope) for key, scope in gone.items()]
    DestroyedKey.objects.bulk_create(stones, ignore_conflicts=True)
    count, _ = WrappedKey.objects.filter(pk__in=gone).delete()
    return count
