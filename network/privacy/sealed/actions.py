"""Sealing by the first key of the ring what another one has sealed.

Batch by batch, each in a transaction of its own: stopped anywhere, even by a kill,
it goes on where it was when it is run again.
"""

from collections.abc import Callable, Iterator

from django.db import models, transaction
from django.db.models.functions import Left

from network.privacy.fields import EncryptedTextField
from network.privacy.keys import ring
from network.privacy.keystore.models import WrappedKey
from network.privacy.keystore.router import KEYSTORE
from network.privacy.sealed import BATCH

Batch = list[models.Model]


def reseal_field(model: type[models.Model], field: EncryptedTextField) -> Iterator[int]:
    return _until_none_is_left(lambda: _reseal_batch(model, field))


def rewrap_keys() -> Iterator[int]:
    """What data keys have sealed stays as it is: they themselves are wrapped anew."""
    return _until_none_is_left(_rewrap_batch)


def _until_none_is_left(batch: Callable[[], int]) -> Iterator[int]:
    while count := batch():
        yield count


@transaction.atomic
def _reseal_batch(model: type[models.Model], field: EncryptedTextField) -> int:
    prefix = ring().prefix
    beginning = Left(field.name, len(prefix), output_field=models.TextField())
    rows = model._base_manager.select_for_update().order_by("pk")
    rows = rows.filter(**{f"{field.name}__isnull": False})
    rows = rows.alias(sealed_by=beginning).exclude(sealed_by=prefix)
    batch = list(rows[:BATCH])
    for row in batch:
        getattr(row, field.attname)  # opens it, so that saving seals it anew
        row.save(update_fields=[field.attname])
    return len(batch)


@transaction.atomic(using=KEYSTORE)
def _rewrap_batch() -> int:
    rows = WrappedKey.objects.select_for_update().order_by("pk")
    batch = list(rows.exclude(wrapped__startswith=ring().prefix)[:BATCH])
    for row in batch:
        row.wrapped = row.wrapping(row.secret())
    WrappedKey.objects.bulk_update(batch, ["wrapped"])
    return len(batch)
