"""Licences and privileges of a member list, beside what staff have decided of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from network.clinicians.actions.bulk import insert_rows
from network.clinicians.actions.renewals import number_of
from network.clinicians.models import Licence
from network.clinicians.models.licence import Pending

VERIFICATION = {"verified_at", "verified_by_id"}
PROGRESS = {"pending", "submitted_at", "told_days"}
Claim = tuple[object, ...]


def store_rights(former: "QuerySet[Any]", fresh: Sequence[Any]) -> None:
    """What the list repeats word for word stays, with all that staff have to it.

    What they hold stays whatever the list says. Belongs to the import's transaction.
    """
    known = {_claim(row): row for row in former}
    said = {_claim(row): row for row in fresh}
    held = [row for row in known.values() if row.pending == Pending.HELD]
    staying = [row.pk for claim, row in known.items() if claim in said]
    former.exclude(pk__in=[*staying, *(row.pk for row in held)]).delete()
    _vouch(known, said)

    numbers = {_number(row) for row in held if isinstance(row, Licence)}
    new = [row for claim, row in said.items() if claim not in known]
    insert_rows([one for one in new if not _is_held(one, numbers)])


def _vouch(known: Mapping[Claim, Any], said: Mapping[Claim, Any]) -> None:
    """Of what waits for staff, and for nothing else; one person vouches for all."""
    vouched = {claim: row for claim, row in said.items() if row.verified_at}
    waiting = [known[claim] for claim in vouched.keys() & known.keys()]
    keys = [one.pk for one in waiting if _waits(one)]
    for row in list(vouched.values())[:1]:
        columns = VERIFICATION & vars(row).keys()
        rows = type(row)._default_manager.filter(pk__in=keys)
        rows.update(**{name: vars(row)[name] for name in columns})


def _waits(row: Any) -> bool:
    return row.verified_at is None and row.pending == Pending.SUBMITTED


def _is_held(row: Any, numbers: set[Claim]) -> bool:
    return isinstance(row, Licence) and _number(row) in numbers


def _number(row: Licence) -> Claim:
    return row.clinician_id, *number_of(row)


def _claim(row: Any) -> Claim:
    said = (
        value
        for column, value in vars(row).items()
        if column[0] != "_" and column not in {"id", *VERIFICATION, *PROGRESS}
    )
    return tuple(tuple(value) if isinstance(value, list) else value for value in said)
