"""A renewal is a second claim of the same licence with a later end."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from network.clinicians.models import Clinician, Licence
from network.clinicians.models.licence import Pending


class Stated(Protocol):
    """A licence, or a claim of one."""

    @property
    def state(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def expires_on(self) -> date | None: ...


def drop_renewed(clinician: Clinician) -> None:
    """What a later verified licence of the same number stands for now."""
    verified = clinician.licences.filter(verified_at__isnull=False)
    latest: dict[tuple[str, str, str], Licence] = {}
    for one in sorted(verified, key=end_of, reverse=True):
        if latest.setdefault(number_of(one), one) != one:
            one.delete()


def is_renewed(row: Licence, wanted: Iterable[Stated]) -> bool:
    """Then it counts until staff have looked at the renewal."""
    return row.verified_at is not None and any(
        number_of(one) == number_of(row) and end_of(one) > end_of(row) for one in wanted
    )


def is_held(claim: Stated, kept: Iterable[Licence]) -> bool:
    """A hold is not shaken off by claiming the same with another end."""
    return any(
        row.pending == Pending.HELD and number_of(row) == number_of(claim)
        for row in kept
    )


def number_of(one: Stated) -> tuple[str, str, str]:
    return one.state, one.type, one.number


def end_of(one: Stated) -> date:
    return one.expires_on or date.max
