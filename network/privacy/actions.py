"""Keeping words apart from the trail, and moving old words to the key of today."""

from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models.functions import Left
from django.utils.module_loading import import_string

from network.activity.models import Event
from network.privacy import reasons
from network.privacy.fields import EncryptedTextField
from network.privacy.keys import ring
from network.privacy.models import ReasonWords

BATCH = 500


@transaction.atomic
def keep_words(event: Event, words: str) -> ReasonWords:
    """In the transaction of the event whose reason they are."""
    if not reasons.are_of(event, words):
        raise ValueError("these are not the words whose hash the event has")
    return ReasonWords.objects.create(event_id=event.public_id, words=words)


@transaction.atomic
def forget_words(subject: models.Model) -> None:
    """Whatever explains the events about it: of somebody who is forgotten."""
    about = Event.objects.about(subject).values("public_id")
    ReasonWords.objects.filter(event_id__in=about).delete()


def rotate() -> int:
    """Seal everything by the first key; may be stopped anywhere and run again."""
    elsewhere = map(import_string, settings.SEALED_ELSEWHERE)
    fields = sum(_rotate_field(*place) for place in sealed_fields())
    return fields + sum(int(rewrap()) for rewrap in elsewhere)


def sealed_fields() -> Iterator[tuple[type[models.Model], EncryptedTextField]]:
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, EncryptedTextField):
                yield model, field


def _rotate_field(model: type[models.Model], field: EncryptedTextField) -> int:
    done, last = 0, None
    while batch := _rotate_batch(model, field, last):
        done, last = done + len(batch), batch[-1].pk
    return done


@transaction.atomic
def _rotate_batch(
    model: type[models.Model], field: EncryptedTextField, after: object
) -> list[models.Model]:
    prefix = ring().prefix
    beginning = Left(field.name, len(prefix), output_field=models.TextField())
    rows = model._base_manager.select_for_update().order_by("pk")
    rows = rows.filter(**{f"{field.name}__isnull": False})
    rows = rows.alias(sealed_by=beginning).exclude(sealed_by=prefix)
    batch = list((rows if after is None else rows.filter(pk__gt=after))[:BATCH])
    for row in batch:
        getattr(row, field.attname)  # opens it, so that saving seals it anew
        row.save(update_fields=[field.attname])
    return batch
