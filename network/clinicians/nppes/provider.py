"""One row of the registry as an entry of ours, or the reason why it is none."""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import compress

from network.clinicians import vocabulary
from network.clinicians.geography import zip_codes
from network.clinicians.npi import is_npi
from network.clinicians.nppes.layout import Layout
from network.clinicians.vocabulary import nucc

INDIVIDUAL = "1"
NOT_OF_NUMBERS = re.compile(r"[^A-Za-z0-9./ -]")
GENDERS = {"F": "woman", "M": "man", "X": "nonbinary"}
# In the order of the columns of an entry; the arrays as PostgreSQL writes them.
Staged = tuple[str | int | None, ...]
COLUMNS = (
    "npi",
    "name",
    "credentials",
    "gender",
    "profession",
    "taxonomies",
    "licence_states",
    "licence_numbers",
    "street",
    "city",
    "state",
    "zip",
    "phone",
    "latitude",
    "longitude",
    "updated_on",
    "deactivated_on",
)


class RejectedError(Exception):
    """Why a row cannot be taken."""


class Behavioural:
    """Reads the rows of one layout; answers nothing for whoever is not looked for."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        # Millions of rows share some thousands of combinations.
        self._rights = lru_cache(maxsize=20_000)(self._read_rights)
        self.codes = frozenset(
            code for code in vocabulary.slugs("taxonomies") if nucc.profession_of(code)
        )

    def read(self, row: Sequence[str]) -> Staged | None:
        layout = self.layout
        if len(row) != layout.width:
            raise RejectedError(f"has {len(row)} columns instead of {layout.width}")
        npi = row[layout.npi]
        updated, deactivated, reactivated = layout.days(row)
        if deactivated and not _is_back(deactivated, reactivated):
            return self._deactivation(npi, deactivated)
        if row[layout.entity] != INDIVIDUAL:
            return None
        codes = layout.codes(row)
        if self.codes.isdisjoint(codes):
            return None
        return self._entry(npi, codes, row, updated)

    def _deactivation(self, npi: str, day: str) -> Staged:
        """It marks an entry that is there; of itself it makes none."""
        return _valid(npi), *[None] * (len(COLUMNS) - 2), _day(day)

    def _entry(
        self, npi: str, codes: tuple[str, ...], row: Sequence[str], updated: str
    ) -> Staged:
        layout = self.layout
        *names, credentials, sex = layout.person(row)
        taxonomies, states = self._rights(
            codes, layout.switches(row), layout.licence_states(row)
        )
        return (
            _valid(npi),
            _name(*names),
            _clean(credentials)[:80],
            GENDERS.get(sex, ""),
            _profession(taxonomies[0], credentials),
            _array(taxonomies),
            _array(states),
            self._numbers(codes, row),
            *_place(*layout.place(row)),
            _day(updated),
            None,
        )

    def _read_rights(
        self,
        codes: tuple[str, ...],
        switches: tuple[str, ...],
        states: tuple[str, ...],
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The taxonomies, the primary one first, and the states of their licences.

        Where no switch is set, they keep their own order.
        """
        primary = [code for code, on in zip(codes, switches, strict=True) if on == "Y"]
        known = [code for code in (*primary, *codes) if code in self.codes]
        licensed = compress(states, [code in self.codes for code in codes])
        return (
            tuple(dict.fromkeys(map(nucc.current_code, known))),
            tuple(dict.fromkeys(state for state in licensed if state in _states())),
        )

    def _numbers(self, codes: tuple[str, ...], row: Sequence[str]) -> str:
        """The first number of each state, in the order of the states."""
        found: dict[str, str] = {}
        states, numbers = self.layout.licence_states(row), self.layout.licence_numbers
        for code, state, number in zip(codes, states, numbers(row), strict=True):
            if code in self.codes and state in _states():
                found.setdefault(state, _number(number))
        return f"{{{','.join(found.values())}}}"


def _number(text: str) -> str:
    """Numbers are of one person: no list of them is worth remembering."""
    return f'"{NOT_OF_NUMBERS.sub("", text).strip()[:20]}"'


def _valid(npi: str) -> str:
    if not is_npi(npi):
        raise RejectedError(f"“{npi[:20]}” is not an NPI: the check digit does not fit")
    return npi


def _name(first: str, middle: str, last: str, suffix: str) -> str:
    """Shouted in the file, spoken here."""
    if not last.strip() or not first.strip():
        raise RejectedError("has no name")
    middle = f"{middle}." if len(middle) == 1 else middle
    spoken = [_cased(part) for part in (first, middle, last, suffix) if part]
    return _clean(" ".join(spoken))[:160]


@lru_cache(maxsize=50_000)
def _cased(part: str) -> str:
    if not part.isupper():
        return part
    cased = part.title()
    if cased.startswith("Mc") and len(cased) > 3:
        return f"Mc{cased[2:].capitalize()}"
    return cased


def _place(
    line: str, more: str, city: str, state: str, code: str, phone: str
) -> Staged:
    found = zip_codes().get(code[:5])
    street = f"{line}, {more}" if more else line
    return (
        _clean(street).title()[:120],
        _cased(_clean(city))[:60],
        state if state in _states() else "",
        code[:5] if code[:5].isdigit() else "",
        _clean(phone)[:20],
        found.latitude if found else None,  # type: ignore[return-value]
        found.longitude if found else None,
    )


def _clean(text: str) -> str:
    """Bytes that were no UTF-8 are marked by the reader; NUL is no text."""
    if text.isascii() and text.isprintable():
        return text.strip()
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise RejectedError("has bytes that are not UTF-8")
    return " ".join(text.replace("\x00", "").split())


@lru_cache(maxsize=20_000)
def _array(slugs: tuple[str, ...]) -> str:
    return f"{{{','.join(slugs)}}}"


def _is_back(deactivated: str, reactivated: str) -> bool:
    return bool(reactivated) and (_day(reactivated) or "") >= (_day(deactivated) or "")


@lru_cache(maxsize=20_000)
def _day(text: str) -> str | None:
    """The file writes 07/08/2007."""
    month, _, rest = text.partition("/")
    try:
        day, year = rest.split("/")
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


@lru_cache(maxsize=50_000)
def _profession(taxonomy: str, credentials: str) -> str:
    """By the first taxonomy; where that says little, by the credentials."""
    by_taxonomy = nucc.profession_of(taxonomy)
    usual = nucc.default_code(credentials)
    return by_taxonomy or (usual and nucc.profession_of(usual)) or ""


@lru_cache(maxsize=1)
def _states() -> frozenset[str]:
    return vocabulary.slugs("states")
