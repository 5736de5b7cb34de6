"""From a profile to the row it is searched by: the one function that knows how."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from network.clinicians import vocabulary
from network.clinicians.matching.belongings import Chance
from network.clinicians.matching.circle import unit_vector
from network.clinicians.matching.layout import (
    DEPTHS,
    HAS_PLACE,
    LEVELS,
    REGIONS,
    SIZE,
    SLIDING_SCALE,
    STAMP,
    SUPERBILL,
    depth_tags,
    point_tags,
    tag,
    word_tag,
)
from network.clinicians.matching.profile import Profile, Spot
from network.clinicians.matching.words import words

# Days are ordinals, so that SQL and Python do the same arithmetic on them.
NEVER, FOREVER, NOW = 0, date.max.toordinal(), 0


@dataclass(frozen=True, slots=True)
class Row:
    """The columns of a listing, in their order."""

    clinician_id: int
    public_id: UUID
    x: float | None
    y: float | None
    z: float | None
    good_until: int
    away_from: int
    away_until: int
    last_confirmed: int
    open_from: int
    open_confirmed: int
    open_slots: int
    recent_offers: int
    fee: int | None
    acuity_min: int
    acuity_max: int
    layout: int
    visible: bool
    more_openings: list[int] | None
    more_points: list[float] | None
    refusals: list[int] | None
    traits: bytes
    tags: list[int]


def row_of(profile: Profile) -> Row:
    traits = _traits(profile)
    points = [unit_vector(*degrees) for degrees in _points(profile)]
    x, y, z = points[0] if points else (None, None, None)
    away = sorted(profile.away)
    away_from, away_until = _ordinals(away[0]) if away else (FOREVER, FOREVER)
    first, more = _openings(profile)
    return Row(
        profile.clinician_id,
        profile.public_id,
        *(x, y, z),
        good_until=_good_until(profile, away),
        away_from=away_from,
        away_until=away_until,
        last_confirmed=_last_confirmed(profile),
        open_slots=first[0],
        open_from=first[1],
        open_confirmed=first[2],
        recent_offers=profile.recent_offers,
        fee=profile.fee,
        acuity_min=profile.acuity[0],
        acuity_max=profile.acuity[1],
        layout=STAMP,
        visible=profile.visible,
        more_openings=more or None,
        more_points=[part for point in points[1:] for part in point] or None,
        refusals=sorted(_refusals(profile)) or None,
        traits=bytes(traits),
        tags=sorted(set(_tags(profile))),
    )


def _eligible(profile: Profile) -> list[Spot]:
    """In person asks for a licence of the state that the place lies in."""
    return [spot for spot in profile.spots if spot.state in profile.licensed_in]


def _points(profile: Profile) -> list[tuple[float, float]]:
    """Where a client can come to: only places of somebody who sees people there."""
    if "in_person" not in profile.lists["formats"]:
        return []
    return [spot.degrees for spot in _eligible(profile) if spot.degrees]


def _listed(profile: Profile) -> Iterator[tuple[str, int]]:
    """Everything that is there or not: the name of its region, and its number."""
    for name, slugs in _lists(profile).items():
        for slug in slugs:
            yield name, REGIONS[name].number(slug)
    lowest, highest = profile.acuity
    yield from (("acuity", level) for level in range(lowest, highest + 1))
    flags = (
        (SLIDING_SCALE, profile.sliding_scale),
        (SUPERBILL, profile.superbill),
        (HAS_PLACE, bool(_eligible(profile))),
    )
    yield from (("flags", number) for number, is_set in flags if is_set)


def _lists(profile: Profile) -> dict[str, set[str]]:
    reach = {
        "telehealth": profile.telehealth_in,
        "in_person": [spot.state for spot in _eligible(profile)],
    }
    return {name: set(slugs) for name, slugs in {**profile.lists, **reach}.items()}


def _graded(profile: Profile) -> Iterator[tuple[str, int, int]]:
    """Everything that is there by degrees: region, number, and what its bits say."""
    for name, skills in profile.depths.items():
        for slug, depth in skills.items():
            yield name, REGIONS[name].number(slug), DEPTHS[depth]
    for slug, level in profile.languages.items():
        yield "languages", REGIONS["languages"].number(slug), LEVELS[level]
    for axis, value in profile.styles.items():
        yield "styles", REGIONS["styles"].number(axis), value


def _traits(profile: Profile) -> bytearray:
    traits = bytearray(SIZE)
    for name, number in _listed(profile):
        REGIONS[name].put(traits, number)
    for name, number, value in _graded(profile):
        REGIONS[name].put(traits, number, value)
    return traits


def _tags(profile: Profile) -> Iterator[int]:
    yield from (tag(name, number) for name, number in _listed(profile))
    for name, number, value in _graded(profile):
        if name in profile.depths:
            yield from depth_tags(name, number, value)
        else:
            yield tag(name, number)
    for point in _points(profile):
        yield from point_tags(*point)
    yield from map(word_tag, words(profile.text))


def _refusals(profile: Profile) -> Iterator[int]:
    for name, slug in profile.refusals:
        yield tag(name, vocabulary.term(name, slug).number)


def _openings(profile: Profile) -> tuple[tuple[int, int, int], list[int]]:
    """Openings that differ in nothing but their slots are one."""
    slots: dict[tuple[int, int], int] = {}
    for one in profile.openings:
        if one.count:
            days = (_begins(one), one.confirmed_on.toordinal())
            slots[days] = slots.get(days, 0) | _mask(one.slots)
    triples = [(mask, *days) for days, mask in sorted(slots.items())]
    first = triples[0] if triples else (0, FOREVER, NEVER)
    return first, [number for triple in triples[1:] for number in triple]


def _begins(one: Chance) -> int:
    """What had begun when it was confirmed will never again be in the future."""
    starts = one.available_on
    return NOW if starts is None or starts <= one.confirmed_on else starts.toordinal()


def _mask(slots: Collection[str]) -> int:
    return sum(1 << vocabulary.term("slots", slug).number for slug in set(slots))


def _last_confirmed(profile: Profile) -> int:
    """The newest word on openings, be it that there are none."""
    confirmed = (one.confirmed_on.toordinal() for one in profile.openings)
    return max(confirmed, default=NEVER)


def _good_until(profile: Profile, away: list[tuple[date, date]]) -> int:
    """A row holds one absence: before a second begins it has to be built anew."""
    ends = [away[1][0].toordinal() - 1] if len(away) > 1 else []
    ends += [profile.good_until.toordinal()] if profile.good_until else []
    return min(ends, default=FOREVER)


def _ordinals(days: tuple[date, date]) -> tuple[int, int]:
    return days[0].toordinal(), days[1].toordinal()
