"""Where a client and a clinician can meet: in a room, on a screen, or either."""

import math
from dataclasses import dataclass

from network.clinicians import vocabulary
from network.clinicians.matching.asked import FULL, Asked, Found, Scene
from network.clinicians.matching.circle import (
    EARTH_MILES,
    Vector,
    cells_around,
    tenths_of_miles,
)
from network.clinicians.matching.criteria.criterion import Criterion
from network.clinicians.matching.layout import HAS_PLACE, REGIONS, cell_tag, tag
from network.clinicians.matching.need import Mode, Wished
from network.clinicians.matching.row import Row

_FORMATS = REGIONS["formats"]
_IN_ROOM = "in_person"
_ON_SCREEN = ("video", "phone")
# Everybody carries it whom a client can come to.
IN_ROOM_TAG = tag("formats", _FORMATS.number(_IN_ROOM))


@dataclass(frozen=True)
class Place(Criterion):
    """In person by distance, by telehealth yes or no; `either` takes the better.

    A row carries points only of places whose state has licensed her, and only when
    she sees people in person.
    """

    def term(self, wished: Wished) -> str | None:
        mode: Mode = getattr(wished, "mode", Mode.EITHER)
        return mode.value

    def must(self, asked: Asked, scene: Scene) -> str:
        ways = {
            Mode.TELEHEALTH: [by_telehealth(scene)],
            Mode.IN_PERSON: [in_person(scene)],
            Mode.EITHER: [by_telehealth(scene), in_person(scene)],
        }
        return f"({' OR '.join(ways[asked.wished.mode])})"

    def holds(self, asked: Asked, scene: Scene, found: Found) -> bool:
        mode = asked.wished.mode
        if mode is not Mode.IN_PERSON and _telehealth_holds(scene, found.row):
            return True
        return mode is not Mode.TELEHEALTH and _in_person_holds(scene, found.row)

    def value(self, asked: Asked, scene: Scene) -> str:
        screen = f"CASE WHEN {by_telehealth(scene)} THEN {FULL} ELSE 0 END"
        room = _nearness(scene)
        if asked.wished.mode is Mode.EITHER:
            return f"CASE WHEN {by_telehealth(scene)} THEN {FULL} ELSE {room} END"
        return screen if asked.wished.mode is Mode.TELEHEALTH else room

    def worth(self, asked: Asked, scene: Scene, found: Found) -> int:
        mode = asked.wished.mode
        if mode is not Mode.IN_PERSON and _telehealth_holds(scene, found.row):
            return FULL
        if mode is Mode.TELEHEALTH or not _in_person_holds(scene, found.row):
            return 0
        return _nearness_of(scene, found.row)

    def why(self, asked: Asked, scene: Scene, found: Found) -> str:
        said = []
        if asked.wished.mode is not Mode.TELEHEALTH:
            said.append(_room_words(scene, found.row))
        if asked.wished.mode is not Mode.IN_PERSON:
            said.append(_screen_words(scene, found))
        return "; ".join(said)


# -- In SQL ----------------------------------------------------------------------


def legal(scene: Scene) -> str | None:
    """The gate before any wish; none when the client's state is not known."""
    if scene.place is None or scene.state is None:
        return None
    screen = reaches(scene)
    room = f"{REGIONS['flags'].sql(HAS_PLACE)} > 0"
    return {
        Mode.TELEHEALTH: screen,
        Mode.IN_PERSON: room,
        Mode.EITHER: f"({screen} OR {room})",
    }[scene.place.mode]


def legal_tags(scene: Scene, mode: Mode) -> tuple[int, ...]:
    """The tag that says who passes the gate in this one way."""
    if scene.state is None or mode is Mode.EITHER:
        return ()
    if mode is Mode.IN_PERSON:
        return (tag("flags", HAS_PLACE),)
    return (tag("telehealth", REGIONS["telehealth"].number(scene.state)),)


def cells(scene: Scene) -> list[int]:
    """Tags of the cells that the circle touches, of which one must be carried."""
    if scene.centre is None or scene.place is None:
        return []
    around = cells_around(scene.centre, scene.place.radius_miles)
    return [cell_tag(number, around[0]) for number in around[1]] if around else []


def by_telehealth(scene: Scene) -> str:
    if scene.state is None:
        return offers_telehealth()
    return f"({offers_telehealth()} AND {reaches(scene)})"


def offers_telehealth() -> str:
    offered = " + ".join(_FORMATS.sql(_FORMATS.number(way)) for way in _ON_SCREEN)
    return f"({offered} > 0)"


def reaches(scene: Scene) -> str:
    region = REGIONS["telehealth"]
    return f"{region.sql(region.number(scene.state or ''))} > 0"


def in_person(scene: Scene) -> str:
    """Within the circle; without a ZIP, in the client's state; or anywhere."""
    if scene.vector is not None:
        near = f"{_chord_squared(scene.vector)} < {_widest(scene)!r}"
        return f"(x IS NOT NULL AND {near})"
    offered = f"{_FORMATS.sql(_FORMATS.number(_IN_ROOM))} > 0"
    return f"({offered} AND {_placed(scene)} > 0)"


def _placed(scene: Scene) -> str:
    region = REGIONS["in_person"]
    if scene.state is None:
        return REGIONS["flags"].sql(HAS_PLACE)
    return region.sql(region.number(scene.state))


def _radius(scene: Scene) -> int:
    """In tenths of a mile."""
    return 10 * scene.place.radius_miles if scene.place else 0


def _widest(scene: Scene) -> float:
    """The square of the first chord that no longer rounds to the radius."""
    arc = (_radius(scene) + 0.5) / (10 * EARTH_MILES)
    return (2 * math.sin(min(arc, math.pi) / 2)) ** 2


def _chord_squared(vector: Vector) -> str:
    x, y, z = vector
    first = _square(vector, "x", "y", "z")
    more = f"listing_nearest(more_points, {x!r}, {y!r}, {z!r})"
    return f"CASE WHEN more_points IS NULL THEN {first} ELSE least({first}, {more}) END"


def _square(vector: Vector, *names: str) -> str:
    """In parentheses: a minus before a minus would begin a comment."""
    terms = [f"({n} - ({v!r}))" for n, v in zip(names, vector, strict=True)]
    return " + ".join(f"{term} * {term}" for term in terms)


def _nearness(scene: Scene) -> str:
    if scene.vector is None:
        return f"CASE WHEN {in_person(scene)} THEN {FULL} ELSE 0 END"
    radius = _radius(scene)
    chord = f"sqrt({_chord_squared(scene.vector)})"
    arc = f"{20 * EARTH_MILES!r} * asin(least(1, {chord} / 2))"
    near = f"{FULL} * ({radius} - floor({arc} + 0.5)::int) / {radius}"
    return f"CASE WHEN {in_person(scene)} THEN {near} ELSE 0 END"


# -- In Python -------------------------------------------------------------------


def _distance(scene: Scene, row: Row) -> int | None:
    """Tenths of miles to the nearest place she may see this client in."""
    if scene.vector is None or row.x is None or row.y is None or row.z is None:
        return None
    more = row.more_points or []
    points = [(row.x, row.y, row.z)]
    points += zip(more[::3], more[1::3], more[2::3], strict=True)
    return min(tenths_of_miles(scene.vector, point) for point in points)


def _telehealth_holds(scene: Scene, row: Row) -> bool:
    offered = any(_offers(row, way) for way in _ON_SCREEN)
    return offered and (scene.state is None or _has(row, "telehealth", scene.state))


def _in_person_holds(scene: Scene, row: Row) -> bool:
    if scene.vector is not None:
        distance = _distance(scene, row)
        return distance is not None and distance <= _radius(scene)
    if scene.state is None:
        placed = bool(REGIONS["flags"].get(row.traits, HAS_PLACE))
    else:
        placed = _has(row, "in_person", scene.state)
    return placed and _offers(row, _IN_ROOM)


def _nearness_of(scene: Scene, row: Row) -> int:
    distance = _distance(scene, row)
    if distance is None:
        return FULL
    return FULL * (_radius(scene) - distance) // _radius(scene)


def _offers(row: Row, way: str) -> bool:
    return _has(row, "formats", way)


def _has(row: Row, region: str, slug: str) -> bool:
    return bool(REGIONS[region].get(row.traits, REGIONS[region].number(slug)))


def _room_words(scene: Scene, row: Row) -> str:
    distance = _distance(scene, row)
    if distance is not None and scene.centre is not None:
        return f"{distance / 10:g} miles from {scene.centre.code}"
    if scene.vector is None and _in_person_holds(scene, row):
        return f"In person{_in_state(scene)}"
    return "Not in person"


def _screen_words(scene: Scene, found: Found) -> str:
    if not any(_offers(found.row, way) for way in _ON_SCREEN):
        return "No telehealth"
    if scene.state is None:
        return "Offers telehealth"
    if scene.state in found.card["licensed_in"]:
        return f"Telehealth, licensed{_in_state(scene)}"
    if _has(found.row, "telehealth", scene.state):
        return f"Telehealth{_in_state(scene)} by a compact"
    return f"No telehealth{_in_state(scene)}"


def _in_state(scene: Scene) -> str:
    return f" in {vocabulary.label('states', scene.state)}" if scene.state else ""
