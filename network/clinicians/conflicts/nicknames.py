"""Given names that stand for each other: Bob for Robert, Pepe for José."""

from functools import cache
from pathlib import Path

from network.clinicians.conflicts.spelling import respelt
from network.privacy.guard.lists import read

DATA = Path(__file__).parent / "data" / "nicknames.tsv"


def classes_of(word: str) -> frozenset[str]:
    """The names it may stand for, itself among them, as they are spelt anyhow."""
    return frozenset({respelt(word), *_names().get(word, ())})


def is_given(word: str) -> bool:
    """Known as a given name: then it is taken at its word, and not by its sound."""
    return word in _given()


@cache
def _names() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, short in _lines():
        for one in short:
            found.setdefault(one, set()).add(respelt(name))
    return found


@cache
def _given() -> frozenset[str]:
    named = {one for name, short in _lines() for one in (name, *short)}
    return frozenset(named | set(read("given_common.txt")))


def _lines() -> list[tuple[str, list[str]]]:
    rows = (line.split("\t") for line in DATA.read_text("utf-8").splitlines())
    return [(name, short.split()) for name, short in rows]
