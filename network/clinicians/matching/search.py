"""A need made ready to be asked: its wishes, where it looks, and whom it leaves out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from network.clinicians.matching.asked import Asked, Scene, scene_of
from network.clinicians.matching.costs import frequencies, worth_looking_up
from network.clinicians.matching.criteria import CRITERIA, points_sql
from network.clinicians.matching.criteria.place import (
    by_telehealth,
    cells,
    in_person,
    legal,
    legal_tags,
)
from network.clinicians.matching.layout import STAMP, word_tag
from network.clinicians.matching.need import Mode, Need
from network.clinicians.matching.words import words


@dataclass(frozen=True, slots=True)
class Search:
    """Everything that a statement is written from; none of it is text from outside."""

    need: Need
    searcher: int
    scene: Scene
    asked: tuple[Asked, ...]
    today: int
    # The people whose names look like the text, when no profile has its words.
    alike: tuple[int, ...] | None = None

    @property
    def weight_total(self) -> int:
        return 1000 * sum(one.weight for one in self.asked)


@dataclass(frozen=True, slots=True)
class Branch:
    """One way to meet the musts: tags to look up, one of which cells, what to test."""

    tags: list[int]
    cells: list[int]
    tests: list[str]


def prepare(need: Need, *, searcher: int, today: date, scored_on: date) -> Search:
    """`scored_on` is the day of the first page; what the law allows is today's."""
    asked = tuple(
        one for criterion in CRITERIA.values() for one in criterion.asked(need)
    )
    scene = scene_of(need, scored_on.toordinal())
    return Search(need, searcher, scene, asked, today.toordinal())


def score(search: Search) -> str:
    terms = (
        f"{one.weight} * ({points_sql(CRITERIA[one.criterion], one, search.scene)})"
        for one in search.asked
        if one.weight
    )
    return " + ".join(terms) or "0"


def condition(branch: Branch, search: Search) -> str:
    """The WHERE of a branch: what the index finds, then what each row must be."""
    tests = list(branch.tests)
    chosen = worth_looking_up(branch.tags, branch.cells, frequencies())
    if search.alike is None:
        chosen += [word_tag(word) for word in words(search.need.text)]
    if chosen:
        tests.insert(0, f"tags @> '{_array(chosen)}'::int[]")
    if branch.cells:
        tests.insert(0, f"tags && '{_array(branch.cells)}'::int[]")
    return " AND ".join(["visible", *tests])


def branches(search: Search) -> list[Branch]:
    """Either way to meet is two branches that share nobody: an OR would scan all."""
    scene, place = search.scene, _must_place(search)
    tags, tests = _musts(search)
    tests = [*_always(search), *tests]
    if place is None:
        mode = scene.place.mode if scene.place else Mode.EITHER
        gate = legal(scene)
        within = [gate] if gate else []
        return [Branch(tags + legal_tags(scene, mode), [], tests + within)]
    screen, room = by_telehealth(scene), in_person(scene)
    by_screen = Branch(tags + legal_tags(scene, Mode.TELEHEALTH), [], [*tests, screen])
    in_room = [*tags, *CRITERIA["place"].tags(place, scene)]
    in_room += legal_tags(scene, Mode.IN_PERSON)
    if place.wished.mode is Mode.TELEHEALTH:
        return [by_screen]
    if place.wished.mode is Mode.IN_PERSON:
        return [Branch(in_room, cells(scene), [*tests, room])]
    return [by_screen, Branch(in_room, cells(scene), [*tests, room, f"NOT {screen}"])]


def _must_place(search: Search) -> Asked | None:
    return next(
        (one for one in search.asked if one.criterion == "place" and one.is_must), None
    )


def _musts(search: Search) -> tuple[list[int], list[str]]:
    tags: list[int] = []
    tests: list[str] = []
    for one in search.asked:
        if one.is_must and one.criterion != "place":
            criterion = CRITERIA[one.criterion]
            tags += criterion.tags(one, search.scene)
            tests.append(criterion.must(one, search.scene))
    return tags, tests


def _always(search: Search) -> Iterator[str]:
    """What no wish can change: the law, the day, and who wants whom not."""
    today = search.today
    yield f"layout = {STAMP}"
    yield f"good_until >= {today}"
    yield f"NOT (away_from <= {today} AND away_until >= {today})"
    refused = [
        tag for one in search.asked for tag in CRITERIA[one.criterion].refused(one)
    ]
    if refused:
        yield f"(refusals IS NULL OR NOT refusals && '{_array(refused)}'::int[])"
    yield f"clinician_id NOT IN ({' UNION ALL '.join(_left_out(search))})"
    if search.alike is not None:
        yield f"clinician_id = ANY('{_array(search.alike)}'::bigint[])"


def _left_out(search: Search) -> Iterator[str]:
    """The searcher, whom she blocks, who blocks her, and whom the need excludes."""
    me, exclude = search.searcher, search.need.exclude
    yield f"SELECT {me}"
    yield f"SELECT blocked_id FROM clinicians_block WHERE blocker_id = {me}"
    yield f"SELECT blocker_id FROM clinicians_block WHERE blocked_id = {me}"
    if exclude.clinicians:
        ids = _uuids(exclude.clinicians)
        yield f"SELECT id FROM clinicians_clinician WHERE public_id = ANY({ids})"
    if exclude.practices:
        ids = _uuids(exclude.practices)
        yield (
            "SELECT p.clinician_id FROM clinicians_place p JOIN clinicians_practice q "
            f"ON q.id = p.practice_id WHERE q.public_id = ANY({ids})"
        )
    if exclude.own_practice:
        yield (
            "SELECT p.clinician_id FROM clinicians_place p JOIN clinicians_place mine "
            f"USING (practice_id) WHERE mine.clinician_id = {me}"
        )


def _uuids(ids: tuple[str, ...]) -> str:
    return "'{" + ",".join(str(UUID(one)) for one in ids) + "}'::uuid[]"


def _array(numbers: list[int] | tuple[int, ...]) -> str:
    return "{" + ",".join(str(int(number)) for number in numbers) + "}"
