"""What one criterion of a need asks, and what it is asked of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from network.clinicians.geography import ZipCode, find_zip
from network.clinicians.matching.circle import Vector, unit_vector
from network.clinicians.matching.need import Need, PlaceWish, Wish, Wished
from network.clinicians.matching.row import Row

FULL = 1000  # points of a wish that is wholly met


@dataclass(frozen=True, slots=True)
class Asked:
    """One wish: a part of the score, and one line of the explanation."""

    criterion: str
    path: str
    term: str | None
    weight: int
    wished: Any  # the model of this criterion's wish; its criterion knows which

    @property
    def is_must(self) -> bool:
        return bool(self.wished.wish is Wish.MUST)

    @property
    def is_avoided(self) -> bool:
        return bool(self.wished.wish is Wish.AVOID)


@dataclass(frozen=True, slots=True)
class Scene:
    """What a search knows besides its wishes: the day, and where the client is."""

    today: int
    place: PlaceWish | None
    state: str | None
    centre: ZipCode | None
    vector: Vector | None


@dataclass(frozen=True, slots=True)
class Found:
    """One listing as it was read, for the same arithmetic once more and in words."""

    row: Row
    card: Mapping[str, Any]


def scene_of(need: Need, today: int) -> Scene:
    place = need.place
    centre = find_zip(place.zip) if place and place.zip else None
    return Scene(
        today=today,
        place=place,
        state=place.client_state if place else None,
        centre=centre,
        vector=unit_vector(centre.latitude, centre.longitude) if centre else None,
    )


def wishes(need: Need, name: str) -> Sequence[tuple[str, Wished]]:
    """The wishes of one criterion with their paths; it may be a list or a single."""
    given = getattr(need, name)
    if isinstance(given, tuple):
        return [(f"/{name}/{place}", one) for place, one in enumerate(given)]
    return [(f"/{name}", given)] if given is not None else []
