"""docs/events.md names every event there is, and every event is recorded."""

import re
from collections.abc import Iterator
from enum import StrEnum
from importlib import import_module

import pytest

from tests.architecture.sources import ROOT, modules

ROW = re.compile(r"^\| `([a-z_]+\.[a-z_]+)` \|", re.MULTILINE)
VERB = re.compile(r"[a-z_]+\.[a-z_]+")


def vocabularies() -> Iterator[type[StrEnum]]:
    for path in modules():
        if path.name == "events.py":
            dotted = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            for thing in vars(import_module(dotted)).values():
                if isinstance(thing, type) and thing.__module__ == dotted:
                    yield thing


def documented(text: str) -> set[str]:
    return set(ROW.findall(text))


def verbs() -> list[str]:
    return [str(verb) for vocabulary in vocabularies() for verb in vocabulary]


def unused(sources: str) -> list[str]:
    names = [
        f"{vocabulary.__name__}.{verb.name}"
        for vocabulary in vocabularies()
        for verb in vocabulary
    ]
    return [name for name in names if not re.search(rf"\b{name}\b", sources)]


def test_the_documents_name_every_event_and_no_other() -> None:
    assert documented((ROOT / "docs/events.md").read_text()) == set(verbs())


def test_no_two_events_share_a_verb() -> None:
    assert len(verbs()) == len(set(verbs()))


@pytest.mark.parametrize("verb", verbs())
def test_a_verb_is_an_object_and_a_past_participle(verb: str) -> None:
    assert VERB.fullmatch(verb)


def test_every_event_is_recorded_by_an_action() -> None:
    actions = [path for path in modules() if "actions" in {*path.parts, path.stem}]

    assert unused("\n".join(path.read_text() for path in actions)) == []


def test_a_planted_gap_is_found() -> None:
    assert documented("| `a.done` | x |\n| nothing |\n") == {"a.done"}
    assert "AccountEvent.SIGNED_IN" in unused("record(AccountEvent.SIGNED_INTO)")
