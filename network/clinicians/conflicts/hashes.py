"""The words of a name as numbers, by one key of the whole network: it is a data key of
the keystore, so it is wrapped anew when the ring of the environment is, and stays.
"""

from collections.abc import Iterable
from datetime import date

from network.clinicians.conflicts.people import (
    Named,
    asked,
    kept_of_family,
    kept_of_organisation,
    kept_of_person,
)
from network.privacy.data_keys import DataKey, key_for

SCOPE, SINCE = "conflicts", date(2026, 1, 1)


def hashes_of_person(one: Named) -> list[int]:
    return _hashed(kept_of_person(one))


def hashes_of_family(name: str) -> list[int]:
    return _hashed(kept_of_family(name))


def hashes_of_organisation(name: str) -> list[int]:
    return _hashed(kept_of_organisation(name))


def hashes_asked(one: Named) -> list[int]:
    return _hashed(asked(one))


def hash_said(one: Named) -> int:
    """By which it is known again, so that a person asked for twice counts once."""
    return _key().blind([f"said:{one.said}"])[0]


def hashes_counted(one: Named) -> list[int]:
    """As many of a day as it counts for; the first is by what it is known again."""
    more = range(2, one.counts_for + 1)
    return [hash_said(one), *(_key().blind([f"said:{one.said}#{n}"])[0] for n in more)]


def _hashed(words: Iterable[str]) -> list[int]:
    return sorted(_key().blind(words))


def _key() -> DataKey:
    return key_for(SCOPE, SINCE)
