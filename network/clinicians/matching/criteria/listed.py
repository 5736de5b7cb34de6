"""Criteria over the controlled lists: it is listed, how deeply, or how close."""

from dataclasses import dataclass

from network.clinicians import vocabulary
from network.clinicians.matching.asked import FULL, Asked, Found, Scene
from network.clinicians.matching.criteria.criterion import Criterion
from network.clinicians.matching.layout import DEPTHS, REGIONS, Region, depth_tag, tag


@dataclass(frozen=True)
class Listed(Criterion):
    """A term is listed or not; `yes` and `no` say so in a sentence."""

    region: str = ""
    yes: str = "{}"
    no: str = "{} is not listed"

    def tags(self, asked: Asked, scene: Scene) -> list[int]:
        return [tag(self.region, self._number(asked))]

    def is_said_by_tags(self, asked: Asked) -> bool:
        return True

    def must(self, asked: Asked, scene: Scene) -> str:
        return f"{self._bits(asked)} > 0"

    def holds(self, asked: Asked, scene: Scene, found: Found) -> bool:
        return self._level(asked, found) > 0

    def why(self, asked: Asked, scene: Scene, found: Found) -> str:
        words = self.yes if self.holds(asked, scene, found) else self.no
        return _capital(words.format(self._label(asked)))

    def _number(self, asked: Asked) -> int:
        return self._region.number(asked.term or "")

    def _label(self, asked: Asked) -> str:
        return vocabulary.label(self._region.list, asked.term or "")

    def _bits(self, asked: Asked) -> str:
        return self._region.sql(self._number(asked))

    def _level(self, asked: Asked, found: Found) -> int:
        return self._region.get(found.row.traits, self._number(asked))

    @property
    def _region(self) -> Region:
        return REGIONS[self.region]


@dataclass(frozen=True)
class Graded(Listed):
    """A term is listed with a depth, and a depth may be asked for."""

    def tags(self, asked: Asked, scene: Scene) -> list[int]:
        return [depth_tag(self.region, self._number(asked), self._least(asked))]

    def is_said_by_tags(self, asked: Asked) -> bool:
        """Whoever consults or teaches shares a tag with the certified."""
        return self._least(asked) <= DEPTHS["certified"]

    def must(self, asked: Asked, scene: Scene) -> str:
        return f"{self._bits(asked)} >= {self._least(asked)}"

    def holds(self, asked: Asked, scene: Scene, found: Found) -> bool:
        return self._level(asked, found) >= self._least(asked)

    def value(self, asked: Asked, scene: Scene) -> str:
        return f"least({self._bits(asked)}, 10) * 100"

    def worth(self, asked: Asked, scene: Scene, found: Found) -> int:
        return min(self._level(asked, found), 10) * 100

    def why(self, asked: Asked, scene: Scene, found: Found) -> str:
        depth = _DEPTH_OF.get(self._level(asked, found))
        words = _DEPTH_WORDS[depth] if depth else "does not list {}"
        return _capital(words.format(self._label(asked)))

    def _least(self, asked: Asked) -> int:
        return DEPTHS[asked.wished.depth or "interest"]


@dataclass(frozen=True)
class Spoken(Listed):
    """A language: well enough for therapy, or for conversation."""

    def value(self, asked: Asked, scene: Scene) -> str:
        return f"{self._bits(asked)} * 500"

    def worth(self, asked: Asked, scene: Scene, found: Found) -> int:
        return self._level(asked, found) * 500

    def why(self, asked: Asked, scene: Scene, found: Found) -> str:
        level = self._level(asked, found)
        words = ("Does not list {}", "Conversational {}", "Speaks {}")[level]
        return words.format(self._label(asked))


@dataclass(frozen=True)
class Near(Listed):
    """A style from one to five: a quarter less for every step between."""

    def term(self, wished: object) -> str | None:
        return getattr(wished, "axis", None)

    def is_said_by_tags(self, asked: Asked) -> bool:
        return False

    def must(self, asked: Asked, scene: Scene) -> str:
        bits = self._bits(asked)
        return f"({bits} > 0 AND abs({bits} - {asked.wished.value}) <= 1)"

    def holds(self, asked: Asked, scene: Scene, found: Found) -> bool:
        level = self._level(asked, found)
        return level > 0 and abs(level - asked.wished.value) <= 1

    def value(self, asked: Asked, scene: Scene) -> str:
        bits = self._bits(asked)
        near = f"{FULL} - 250 * abs({bits} - {asked.wished.value})"
        return f"CASE WHEN {bits} = 0 THEN 0 ELSE {near} END"

    def worth(self, asked: Asked, scene: Scene, found: Found) -> int:
        level = self._level(asked, found)
        return FULL - 250 * abs(level - asked.wished.value) if level else 0

    def why(self, asked: Asked, scene: Scene, found: Found) -> str:
        level = self._level(asked, found)
        return f"{self._label(asked)}: {f'{level} of 5' if level else 'not stated'}"


_DEPTH_OF = {bits: depth for depth, bits in DEPTHS.items()}
_DEPTH_WORDS = {
    "interest": "interested in {}",
    "trained": "trained in {}",
    "certified": "certified in {}",
    "consults": "consults on {}",
    "teaches": "teaches {}",
}


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
