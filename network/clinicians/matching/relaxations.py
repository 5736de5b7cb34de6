"""What would find more: each must as a wish, or a circle twice as wide.

Never the law, an exclusion or a block: those are no musts of the need.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db import connection

from network.clinicians.matching.need import Mode, Need, Wish
from network.clinicians.matching.results import Relaxation
from network.clinicians.matching.search import Search, left_out_sql, prepare
from network.clinicians.matching.statement import count_sql

FEW = 20
MOST = 100  # counted no further; more is "100+"

# Counting to a limit makes the planner hope for an early end in a scan of the whole
# table: seconds where the index needs milliseconds.
_BEGIN = "SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off;"
_END = "SET LOCAL enable_seqscan = on; SET LOCAL enable_indexscan = on;"


@dataclass(frozen=True, slots=True)
class Softer:
    """The need with one must less, or a wider circle."""

    path: str
    change: str
    need: Need


def relaxations(search: Search) -> tuple[Relaxation, ...]:
    """In one round trip; in the order of the need."""
    ways = list(softer(search))
    if not ways:
        return ()
    counts = _count(search, [_again(search, way.need) for way in ways])
    return tuple(
        Relaxation(way.path, way.change, min(count, MOST), count > MOST)
        for way, count in zip(ways, counts, strict=True)
    )


def softer(search: Search) -> Iterator[Softer]:
    for asked in search.asked:
        if asked.is_must:
            yield Softer(asked.path, "prefer", _changed(search.need, asked.path, _SOFT))
    place = search.need.place
    if place and place.zip and place.wish is Wish.MUST and place.mode in _BY_DISTANCE:
        wide = {"radius_miles": 2 * place.radius_miles}
        yield Softer("/place", "radius", _changed(search.need, "/place", wide))


_SOFT = {"wish": Wish.PREFER}
_BY_DISTANCE = (Mode.IN_PERSON, Mode.EITHER)


def _changed(need: Need, path: str, change: Mapping[str, object]) -> Need:
    name, _, place = path.strip("/").partition("/")
    given = getattr(need, name)
    if not place:
        return need.model_copy(update={name: given.model_copy(update=change)})
    changed = list(given)
    changed[int(place)] = changed[int(place)].model_copy(update=change)
    return need.model_copy(update={name: tuple(changed)})


def _again(search: Search, need: Need) -> Search:
    again = prepare(
        need,
        searcher=search.searcher,
        today=date.fromordinal(search.today),
        scored_on=date.fromordinal(search.scene.today),
    )
    return replace(again, alike=search.alike)


def _count(search: Search, softer: list[Search]) -> list[int]:
    counts = ", ".join(count_sql(one, MOST + 1) for one in softer)
    with connection.cursor() as cursor:
        cursor.execute(f"{_BEGIN} WITH {left_out_sql(search)} SELECT {counts}; {_END}")
        while cursor.description is None:
            cursor.nextset()
        return list(cursor.fetchone())
