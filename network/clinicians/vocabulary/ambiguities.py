"""Short forms that mean several things: decided by the words around them, or asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from network.clinicians.vocabulary.loading import read
from network.clinicians.vocabulary.normalise import normalise


@dataclass(frozen=True, slots=True)
class AmbiguousChoice:
    """One meaning; without a slug it is something that no list holds."""

    list: str | None
    slug: str | None
    label: str
    cues: frozenset[str]


@dataclass(frozen=True, slots=True)
class Ambiguity:
    label: str
    choices: tuple[AmbiguousChoice, ...]

    def decided_by(self, words: frozenset[str]) -> AmbiguousChoice | None:
        """The one meaning that most cue words speak for; nothing on a tie."""
        scores = [len(each.cues & words) for each in self.choices]
        best = max(scores)
        if not best or scores.count(best) > 1:
            return None
        return self.choices[scores.index(best)]


@cache
def ambiguities() -> Mapping[str, Ambiguity]:
    """Normalised short form -> its meanings."""
    entries = read("ambiguities")["ambiguities"]
    return MappingProxyType({normalise(each["label"]): _made(each) for each in entries})


def _made(entry: dict[str, Any]) -> Ambiguity:
    return Ambiguity(entry["label"], tuple(_choice(each) for each in entry["choices"]))


def _choice(entry: dict[str, Any]) -> AmbiguousChoice:
    cues = frozenset(normalise(cue) for cue in entry["cues"])
    return AmbiguousChoice(entry["list"], entry["slug"], entry["label"], cues)
