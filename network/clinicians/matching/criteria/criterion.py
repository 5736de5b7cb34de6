"""What a criterion is: one entry of the table that the whole engine reads."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass

from network.clinicians import vocabulary
from network.clinicians.matching.asked import FULL, Asked, Found, Scene, wishes
from network.clinicians.matching.layout import tag
from network.clinicians.matching.need import Need, Wished


@dataclass(frozen=True)
class Criterion(ABC):
    """Says the same thing three times: in tags, in SQL, and in Python with words.

    `must` and `holds` say who is kept when it is a must, `value` and `worth` how many
    of the thousand points somebody gets. The tests hold each pair to be equal.
    """

    name: str
    # The list of what clinicians do not take on that this criterion has to obey.
    refusals: str | None = None

    def asked(self, need: Need) -> Iterator[Asked]:
        for path, wished in wishes(need, self.name):
            if self.says_something(wished):
                weight = need.weight_of(self.name)
                yield Asked(self.name, path, self.term(wished), weight, wished)

    def says_something(self, wished: Wished) -> bool:
        return True

    def term(self, wished: Wished) -> str | None:
        return getattr(wished, "term", None)

    def tags(self, asked: Asked, scene: Scene) -> list[int]:
        """Tags that everybody carries whom a must would keep."""
        return []

    def is_said_by_tags(self, asked: Asked) -> bool:
        """Whether nobody but those carries all of these tags."""
        return False

    @abstractmethod
    def must(self, asked: Asked, scene: Scene) -> str: ...

    @abstractmethod
    def holds(self, asked: Asked, scene: Scene, found: Found) -> bool: ...

    def value(self, asked: Asked, scene: Scene) -> str:
        return f"CASE WHEN {self.must(asked, scene)} THEN {FULL} ELSE 0 END"

    def worth(self, asked: Asked, scene: Scene, found: Found) -> int:
        return FULL if self.holds(asked, scene, found) else 0

    @abstractmethod
    def why(self, asked: Asked, scene: Scene, found: Found) -> str: ...

    def refused(self, asked: Asked) -> list[int]:
        """The tags of refusals that speak against somebody."""
        if self.refusals is None or asked.is_avoided or asked.term is None:
            return []
        return [tag(self.refusals, vocabulary.term(self.refusals, asked.term).number)]


def points_sql(criterion: Criterion, asked: Asked, scene: Scene) -> str:
    """The value of a wish; what was tried without success counts where it is not."""
    if asked.is_avoided:
        return f"CASE WHEN {criterion.must(asked, scene)} THEN 0 ELSE {FULL} END"
    return criterion.value(asked, scene)


def points(criterion: Criterion, asked: Asked, scene: Scene, found: Found) -> int:
    if asked.is_avoided:
        return 0 if criterion.holds(asked, scene, found) else FULL
    return criterion.worth(asked, scene, found)
