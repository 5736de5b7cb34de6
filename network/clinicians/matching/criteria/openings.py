"""When somebody could begin: how soon, at which hours, and how fresh the word is."""

from collections.abc import Iterator
from dataclasses import dataclass

from network.clinicians import vocabulary
from network.clinicians.matching.asked import FULL, Asked, Found, Scene
from network.clinicians.matching.criteria.criterion import Criterion
from network.clinicians.matching.need import OpeningsWish, Wished
from network.clinicians.matching.row import Row
from network.clinicians.models.opening import FRESH_FOR

UNKNOWN, LATEST = 300, 400
FRESH_DAYS = FRESH_FOR.days


@dataclass(frozen=True)
class Openings(Criterion):
    """A confirmed opening in time; less the later it is and the older the word."""

    def term(self, wished: Wished) -> str | None:
        return None

    def must(self, asked: Asked, scene: Scene) -> str:
        first = _matches(
            asked.wished, scene, "open_slots", "open_from", "open_confirmed"
        )
        rest = f"{_best_of_more(asked.wished, scene)} IS NOT NULL"
        return f"({first} OR (more_openings IS NOT NULL AND {rest}))"

    def holds(self, asked: Asked, scene: Scene, found: Found) -> bool:
        return any(_matching(asked.wished, scene, found.row))

    def value(self, asked: Asked, scene: Scene) -> str:
        first = _gain(asked.wished, scene, "open_slots", "open_from", "open_confirmed")
        rest = f"coalesce({_best_of_more(asked.wished, scene)}, 0)"
        more = f"CASE WHEN more_openings IS NULL THEN 0 ELSE {rest} END"
        return (
            f"CASE WHEN last_confirmed < {scene.today - FRESH_DAYS} THEN {UNKNOWN} "
            f"ELSE greatest({first}, {more}) END"
        )

    def worth(self, asked: Asked, scene: Scene, found: Found) -> int:
        if found.row.last_confirmed < scene.today - FRESH_DAYS:
            return UNKNOWN
        gains = (
            _gained(asked.wished, scene, *one)
            for one in _matching(asked.wished, scene, found.row)
        )
        return max(gains, default=0)

    def why(self, asked: Asked, scene: Scene, found: Found) -> str:
        wished: OpeningsWish = asked.wished
        matching = list(_matching(wished, scene, found.row))
        if found.row.last_confirmed < scene.today - FRESH_DAYS:
            return "Openings not confirmed lately"
        if not matching:
            return "No confirmed opening that fits"
        best = max(matching, key=lambda one: _gained(wished, scene, *one))
        return _words(wished, scene, *best)


def _matches(
    wished: OpeningsWish, scene: Scene, slots: str, starts: str, confirmed: str
) -> str:
    tests = [
        f"{confirmed} >= {scene.today - FRESH_DAYS}",
        f"{starts} <= {scene.today + 7 * wished.within_weeks}",
    ]
    if mask := _mask(wished):
        tests.append(f"{slots} & {mask} <> 0")
    return f"({' AND '.join(tests)})"


def _gain(
    wished: OpeningsWish, scene: Scene, slots: str, starts: str, confirmed: str
) -> str:
    days = 7 * wished.within_weeks
    wait = f"greatest(0, {starts} - {scene.today})"
    fresh = f"({FRESH_DAYS} - greatest(0, {scene.today} - {confirmed}))"
    gain = f"({FULL * days} - {FULL - LATEST} * {wait}) * {fresh} / {days * FRESH_DAYS}"
    match = _matches(wished, scene, slots, starts, confirmed)
    return f"CASE WHEN {match} THEN {gain} ELSE 0 END"


def _best_of_more(wished: OpeningsWish, scene: Scene) -> str:
    """The same of the openings beyond the first; nothing where none of them fits."""
    asked = f"{_mask(wished)}, {scene.today}, {7 * wished.within_weeks}"
    scale = f"{FRESH_DAYS}, {FULL}, {LATEST}"
    return f"listing_best_opening(more_openings, {asked}, {scale})"


def _mask(wished: OpeningsWish) -> int:
    return sum(1 << vocabulary.term("slots", slug).number for slug in set(wished.slots))


def _all(row: Row) -> Iterator[tuple[int, int, int]]:
    yield row.open_slots, row.open_from, row.open_confirmed
    more = row.more_openings or []
    yield from zip(more[::3], more[1::3], more[2::3], strict=True)


def _matching(
    wished: OpeningsWish, scene: Scene, row: Row
) -> Iterator[tuple[int, int, int]]:
    mask = _mask(wished)
    for slots, starts, confirmed in _all(row):
        fresh = confirmed >= scene.today - FRESH_DAYS
        soon = starts <= scene.today + 7 * wished.within_weeks
        if fresh and soon and (slots & mask or not mask):
            yield slots, starts, confirmed


def _gained(
    wished: OpeningsWish, scene: Scene, slots: int, starts: int, confirmed: int
) -> int:
    days = 7 * wished.within_weeks
    wait = max(0, starts - scene.today)
    fresh = FRESH_DAYS - max(0, scene.today - confirmed)
    return (FULL * days - (FULL - LATEST) * wait) * fresh // (days * FRESH_DAYS)


def _words(
    wished: OpeningsWish, scene: Scene, slots: int, starts: int, confirmed: int
) -> str:
    mask = _mask(wished)
    fitting = slots & mask if mask else slots
    labels = [t.label for t in vocabulary.terms("slots") if fitting >> t.number & 1]
    when = " and ".join(labels[:2]) + (" and more" if len(labels) > 2 else "")
    wait = starts - scene.today
    soon = f" in {_days(wait)}" if wait > 0 else ""
    return f"{when or 'Opening'}{soon}, confirmed {_ago(scene.today - confirmed)}"


def _ago(days: int) -> str:
    return "today" if days <= 0 else f"{_days(days)} ago"


def _days(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"
