"""The encrypted fields of every model, and the wrapped keys of the keystore."""

from collections.abc import Iterator
from functools import partial

from django.apps import apps
from django.db import models

from network.privacy.fields import EncryptedTextField
from network.privacy.keystore.models import WrappedKey
from network.privacy.keystore.router import KEYSTORE
from network.privacy.sealed import Box, Holding, in_batches, key_id
from network.privacy.sealed.actions import reseal_field, rewrap_keys


def holdings() -> Iterator[Holding]:
    for model, field in sealed_fields():
        yield Holding(
            table=model._meta.db_table,
            columns=(str(field.column),),
            boxes=partial(_boxes, model, field),
            reseal=partial(reseal_field, model, field),
        )
    yield Holding(
        table=WrappedKey._meta.db_table,
        columns=("wrapped",),
        boxes=_wrapped,
        reseal=rewrap_keys,
        using=KEYSTORE,
    )


def sealed_fields() -> Iterator[tuple[type[models.Model], EncryptedTextField]]:
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, EncryptedTextField):
                yield model, field


def _boxes(model: type[models.Model], field: EncryptedTextField) -> Iterator[Box]:
    rows = model._base_manager.filter(**{f"{field.name}__isnull": False})
    for batch in in_batches(rows):
        for row in batch:
            sealed = row.__dict__[field.attname]
            opening = partial(field.opened, row, sealed)
            yield Box(str(row.pk), key_id(sealed), opening)


def _wrapped() -> Iterator[Box]:
    for batch in in_batches(WrappedKey.objects.all()):
        for row in batch:
            yield Box(str(row.pk), key_id(row.wrapped), row.secret)
