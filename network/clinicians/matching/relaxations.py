"""What would find more: each must as a wish, or a circle twice as wide.

Never the law, an exclusion or a block: those are no musts of the need.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.db import connection
from pydantic import BaseModel

from network.clinicians.matching.need import Mode, Need, Wish
from network.clinicians.matching.results import Relaxation
from network.clinicians.matching.search import Search, prepare
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
    ways = list(softer(search.need))
    if not ways:
        return ()
    counts = _count([_again(search, way.need) for way in ways])
    return tuple(
        Relaxation(way.path, way.change, min(count, MOST), count > MOST)
        for way, count in zip(ways, counts, strict=True)
    )


def softer(need: Need) -> Iterator[Softer]:
    for name in type(need).model_fields:
        given = getattr(need, name)
        if isinstance(given, tuple):
            for place, wished in enumerate(given):
                if _is_must(wished):
                    rest = (*given[:place], _preferred(wished), *given[place + 1 :])
                    path = f"/{name}/{place}"
                    yield Softer(path, "prefer", need.model_copy(update={name: rest}))
        elif _is_must(given):
            soft = need.model_copy(update={name: _preferred(given)})
            yield Softer(f"/{name}", "prefer", soft)
    yield from _wider(need)


def _wider(need: Need) -> Iterator[Softer]:
    place = need.place
    if place is None or place.zip is None or not _is_must(place):
        return
    if place.mode is not Mode.TELEHEALTH:
        wide = place.model_copy(update={"radius_miles": 2 * place.radius_miles})
        yield Softer("/place", "radius", need.model_copy(update={"place": wide}))


def _is_must(given: object) -> bool:
    return getattr(given, "wish", None) is Wish.MUST


def _preferred(wished: BaseModel) -> BaseModel:
    return wished.model_copy(update={"wish": Wish.PREFER})


def _again(search: Search, need: Need) -> Search:
    again = prepare(
        need,
        searcher=search.searcher,
        today=date.fromordinal(search.today),
        scored_on=date.fromordinal(search.scene.today),
    )
    return replace(again, alike=search.alike)


def _count(searches: list[Search]) -> list[int]:
    counts = ", ".join(count_sql(search, MOST + 1) for search in searches)
    with connection.cursor() as cursor:
        cursor.execute(f"{_BEGIN} SELECT {counts}; {_END}")
        while cursor.description is None:
            cursor.nextset()
        return list(cursor.fetchone())
