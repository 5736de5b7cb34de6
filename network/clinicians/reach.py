"""Legal reach: where this person may treat a client today, and by what right.

In person asks for a licence of the place's state. Telehealth asks for a licence or
an operative privilege where the client is. Compacts that allow short visits in person
are told apart: thirty days a year are no ground for a therapy.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from network.clinicians.jurisdictions import Compact, compacts, operational
from network.clinicians.models import Clinician, Licence, Privilege

EVERYWHERE = "*"


@dataclass(frozen=True)
class Reach:
    """The states in reach on one day, each with its strongest reason in words."""

    as_of: date
    telehealth: frozenset[str]
    in_person: frozenset[str]
    temporary: frozenset[str]
    why: Mapping[str, str]
    changes_on: date | None


def reach(clinician: Clinician, on: date) -> Reach:
    """Reads licences and privileges through their managers: prefetch them for many."""
    licences = [one for one in clinician.licences.all() if _counts(one)]
    privileges = [one for one in clinician.privileges.all() if _is_verified(one)]
    return Reach(
        as_of=on,
        telehealth=frozenset(_licensed(licences, on))
        | frozenset(_granted("telehealth", privileges, licences, on)),
        in_person=frozenset(_licensed(licences, on)),
        temporary=frozenset(_granted("temporary", privileges, licences, on)),
        why=MappingProxyType(_reasons(privileges, licences, on)),
        changes_on=_next_change(privileges, licences, on),
    )


def operative(privilege: Privilege, licences: list[Licence], on: date) -> set[str]:
    """Where the privilege counts that day: both states in the compact, dates within."""
    compact = compacts().get(privilege.compact)
    if compact is None or not _holds(privilege, compact, licences, on):
        return set()
    living = operational(compact.slug, on)
    if privilege.home_state not in living:
        return set()
    named = set(privilege.jurisdictions)
    return set(living if EVERYWHERE in named else living & named) - {
        privilege.home_state
    }


def _holds(
    privilege: Privilege, compact: Compact, licences: list[Licence], on: date
) -> bool:
    """An unknown begin or end was never verified, so it does not count."""
    if privilege.valid_from is None or privilege.valid_to is None:
        return False
    if not privilege.valid_from <= on <= privilege.valid_to:
        return False
    at_home = privilege.home_state in _licensed(licences, on)
    return at_home or not compact.needs_home_licence


def _counts(licence: Licence) -> bool:
    return licence.verified_at is not None


def _is_verified(privilege: Privilege) -> bool:
    return privilege.verified_at is not None


def _licensed(licences: list[Licence], on: date) -> dict[str, Licence]:
    """The licence that lasts longest speaks for its state."""
    current = [one for one in licences if one.is_current(on)]
    current.sort(key=lambda one: one.expires_on or date.max)
    return {one.state: one for one in current}


def _granted(
    what: str, privileges: list[Privilege], licences: list[Licence], on: date
) -> Iterator[str]:
    for privilege in privileges:
        if _grants_telehealth(privilege) == (what == "telehealth"):
            yield from operative(privilege, licences, on)


def _reasons(
    privileges: list[Privilege], licences: list[Licence], on: date
) -> dict[str, str]:
    reasons = {}
    for privilege in sorted(privileges, key=_grants_telehealth):
        for state in sorted(operative(privilege, licences, on)):
            reasons[state] = _by_privilege(privilege)
    for state, licence in _licensed(licences, on).items():
        reasons[state] = _by_licence(licence)
    return reasons


def _grants_telehealth(privilege: Privilege) -> bool:
    compact = compacts().get(privilege.compact)
    return compact is not None and compact.grants == "telehealth"


def _by_privilege(privilege: Privilege) -> str:
    compact = compacts()[privilege.compact]
    kind = "visits in person, 30 days a year" if compact.grants == "temporary" else ""
    words = [f"{compact.name} from {privilege.home_state}", kind]
    return ", ".join([*filter(None, words), f"until {_written(privilege.valid_to)}"])


def _by_licence(licence: Licence) -> str:
    until = f", until {_written(licence.expires_on)}" if licence.expires_on else ""
    return f"{licence} licence{until}"


def _written(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else "an unknown day"


def _next_change(
    privileges: list[Privilege], licences: list[Licence], on: date
) -> date | None:
    """The first later day on which the states in reach are others."""
    now = _everything(privileges, licences, on)
    later = sorted(day for day in _turning_days(privileges, licences) if day > on)
    return next(
        (day for day in later if _everything(privileges, licences, day) != now), None
    )


def _everything(
    privileges: list[Privilege], licences: list[Licence], on: date
) -> tuple[frozenset[str], ...]:
    return (
        frozenset(_licensed(licences, on)),
        frozenset(_granted("telehealth", privileges, licences, on)),
        frozenset(_granted("temporary", privileges, licences, on)),
    )


def _turning_days(privileges: list[Privilege], licences: list[Licence]) -> set[date]:
    ends = {one.expires_on for one in (*licences,) if one.expires_on}
    ends |= {one.valid_to for one in privileges if one.valid_to}
    days = {end + timedelta(days=1) for end in ends if end < date.max}
    for privilege in privileges:
        days |= {privilege.valid_from} if privilege.valid_from else set()
        if compact := compacts().get(privilege.compact):
            days |= compact.turning_days
    return days
