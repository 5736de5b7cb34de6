"""Building listings: from profiles to the rows that are searched."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import fields
from datetime import date
from functools import cache
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Exists, OuterRef
from django.utils.timezone import get_default_timezone, localdate

from network.clinicians.matching.layout import REGIONS
from network.clinicians.matching.profile import Profile, profiles
from network.clinicians.matching.row import Row, row_of
from network.clinicians.matching.words import words
from network.clinicians.models import Clinician, Listing, ListingCard, Supervision

BATCH = 500
MANY_STATES = 6
_NAMES = [field.name for field in fields(Row)]
_put_off: ContextVar[set[int] | None] = ContextVar("listings_put_off", default=None)


def rebuild_listings(clinician_ids: Iterable[int], today: date | None = None) -> int:
    """Called within the transaction of whatever changed what is searched."""
    if (put_off := _put_off.get()) is not None:
        put_off.update(clinician_ids)
        return 0
    # Of the network, whatever the clock of whoever has changed something.
    day = today or localdate(timezone=get_default_timezone())
    return sum(_rebuild(batch, day) for batch in _batches(clinician_ids))


@contextmanager
def listed_once() -> Iterator[None]:
    """Where much is said of somebody in one transaction: one listing, at its end."""
    with transaction.atomic():
        changed: set[int] = set()
        before = _put_off.set(changed)
        try:
            yield
        finally:
            _put_off.reset(before)
        rebuild_listings(changed)


def drifted(clinician_ids: Iterable[int], today: date) -> Iterator[int]:
    """Whose listing is not what a fresh build would make of her profile."""
    for batch in _batches(clinician_ids):
        stored = stored_rows(batch)
        for profile in profiles(batch, today):
            fresh = row_of(profile)
            if stored.get(fresh.clinician_id) != (fresh, dict(profile.card)):
                yield fresh.clinician_id


def write(found: Sequence[Profile]) -> None:
    """Both tables, each in one statement, however many they are."""
    rows = [_json(row_of(profile)) for profile in found]
    cards = [
        {
            "clinician_id": one.clinician_id,
            "plain_name": " ".join(words(one.name)),
            "card": one.card,
        }
        for one in found
    ]
    with connection.cursor() as cursor:
        cursor.execute(_upsert(Listing), [json.dumps(rows)])
        cursor.execute(_upsert(ListingCard), [json.dumps(cards)])


@transaction.atomic
def reorder() -> None:
    """Those who are found together come to lie together: a broad search reads less.

    First the visible, of these first whoever may treat in many states, then by place.
    Nobody else changes a listing meanwhile; searches go on.
    """
    many = f"bit_count({_bytes('telehealth')}) >= {MANY_STATES}"
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("LOCK TABLE clinicians_listing IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(
            "CREATE TEMP TABLE reordered ON COMMIT DROP AS TABLE clinicians_listing"
        )
        cursor.execute("DELETE FROM clinicians_listing")
        cursor.execute(
            "INSERT INTO clinicians_listing SELECT * FROM reordered ORDER BY "
            f"visible DESC, {many} DESC, {_bytes('in_person')}, "
            "round(x * 50), round(y * 50), clinician_id"
        )


def _bytes(region: str) -> str:
    place = REGIONS[region]
    return f"substring(traits FROM {place.start + 1} FOR {place.size})"


@transaction.atomic
def _rebuild(batch: Sequence[int], today: date) -> int:
    """With a supervisor come her associates: they are found as long as she counts."""
    guided = Supervision.objects.confirmed().filter(supervisor__in=batch)
    ids = sorted({*batch, *guided.values_list("associate", flat=True)})
    _lock(ids)

    write(list(profiles(ids, today)))
    return len(batch)


def _lock(ids: Sequence[int]) -> None:
    """A second change of the same profile waits, and then sees the first.

    Supervisors first: so do the actions that are about two.
    """
    guiding = Supervision.objects.open().filter(supervisor=OuterRef("pk"))
    people = Clinician.objects.filter(pk__in=ids).order_by(Exists(guiding).desc(), "pk")
    list(people.select_for_update(no_key=True).values_list("pk"))


def stored_rows(batch: Sequence[int]) -> dict[int, tuple[Row, dict[str, Any]]]:
    rows = Listing.objects.filter(pk__in=batch).values_list(*_NAMES)
    cards = dict(
        ListingCard.objects.filter(pk__in=batch).values_list("clinician_id", "card")
    )
    return {
        row.clinician_id: (row, cards.get(row.clinician_id, {}))
        for row in map(_row, rows)
    }


def _row(values: Sequence[Any]) -> Row:
    given = dict(zip(_NAMES, values, strict=True))
    return Row(**{**given, "traits": bytes(given["traits"])})


def _batches(ids: Iterable[int]) -> Iterator[list[int]]:
    waiting: list[int] = []
    for one in ids:
        waiting.append(one)
        if len(waiting) == BATCH:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def _json(row: Row) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in _NAMES}
    values["public_id"] = str(row.public_id)
    values["traits"] = f"\\x{row.traits.hex()}"
    return values


@cache
def _upsert(model: type[models.Model]) -> str:
    """Written only where something changed: an untouched row stays where it is."""
    types = dict(_columns(model))
    names, rest = ", ".join(types), list(types)[1:]
    table = model._meta.db_table
    return f"""
INSERT INTO {table} AS kept ({names})
SELECT {names} FROM json_to_recordset(%s)
  AS given({", ".join(f"{name} {kind}" for name, kind in types.items())})
ON CONFLICT (clinician_id) DO UPDATE
SET {", ".join(f"{name} = EXCLUDED.{name}" for name in rest)}
WHERE ({", ".join(f"kept.{name}" for name in rest)})
  IS DISTINCT FROM ({", ".join(f"EXCLUDED.{name}" for name in rest)})
"""


def _columns(model: type[models.Model]) -> Iterator[tuple[str, str]]:
    for field in model._meta.concrete_fields:
        yield str(field.column), str(field.cast_db_type(connection))
