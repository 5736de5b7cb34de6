"""How severe it may be."""

from dataclasses import dataclass

from network.clinicians.matching.asked import FULL, Asked, Found, Scene
from network.clinicians.matching.criteria.criterion import Criterion
from network.clinicians.matching.layout import tag
from network.clinicians.matching.need import AcuityWish, Wished


@dataclass(frozen=True)
class Acuity(Criterion):
    """A level within the accepted range; half the points for every level outside."""

    def term(self, wished: Wished) -> str | None:
        return str(getattr(wished, "level", ""))

    def tags(self, asked: Asked, scene: Scene) -> list[int]:
        return [tag("acuity", asked.wished.level)]

    def is_said_by_tags(self, asked: Asked) -> bool:
        return True

    def must(self, asked: Asked, scene: Scene) -> str:
        level = asked.wished.level
        return f"(acuity_min <= {level} AND acuity_max >= {level})"

    def holds(self, asked: Asked, scene: Scene, found: Found) -> bool:
        wished: AcuityWish = asked.wished
        return found.row.acuity_min <= wished.level <= found.row.acuity_max

    def value(self, asked: Asked, scene: Scene) -> str:
        level = asked.wished.level
        outside = f"greatest(acuity_min - {level}, {level} - acuity_max, 0)"
        return f"greatest(0, {FULL} - 500 * {outside})"

    def worth(self, asked: Asked, scene: Scene, found: Found) -> int:
        wished: AcuityWish = asked.wished
        row, level = found.row, wished.level
        outside = max(row.acuity_min - level, level - row.acuity_max, 0)
        return max(0, FULL - 500 * outside)

    def why(self, asked: Asked, scene: Scene, found: Found) -> str:
        lowest, highest = found.row.acuity_min, found.row.acuity_max
        if lowest == highest:
            return f"Takes acuity {lowest}"
        return f"Takes acuity {lowest} to {highest}"
