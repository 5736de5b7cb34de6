"""What to give up, and what that yields, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from network.clinicians.forms.find_chips import Chip, chips_of, doubled
from network.clinicians.matching import Matches, Relaxation

Need = Mapping[str, Any]


@dataclass(frozen=True)
class Way:
    """One button of the rescue."""

    path: str
    change: str
    words: str
    yields: str


def ways_out(found: Matches, need: Need) -> list[Way]:
    """The most fruitful first; what yields nobody more is left out."""
    best = sorted(found.relaxations, key=lambda one: -one.yields)
    return [_way(one, need) for one in best if one.yields > found.total.value]


def _way(relaxation: Relaxation, need: Need) -> Way:
    yields = f"{relaxation.yields:,}{'+' if relaxation.capped else ''}"
    return Way(relaxation.path, relaxation.change, _words(relaxation, need), yields)


def _words(relaxation: Relaxation, need: Need) -> str:
    if relaxation.change == "radius":
        return f"within {doubled(need)} miles"
    chip = chip_at(relaxation.path, need)
    return f"without “{chip.label}” as a must" if chip else "with one wish less"


def chip_at(path: str, need: Need) -> Chip | None:
    """The chip of a JSON pointer, such as “/specialties/0”."""
    name, _, index = path.strip("/").partition("/")
    chips = [chip for chip in chips_of(need) if chip.key.split("/")[0] == name]
    place = int(index) if index.isdecimal() else 0
    return chips[place] if place < len(chips) else None
