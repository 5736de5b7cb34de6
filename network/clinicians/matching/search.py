"""A need made ready to be asked: its wishes, where it looks, and whom it leaves out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from network.clinicians.matching.asked import Asked, Scene, scene_of
from network.clinicians.matching.costs import frequencies, worth_looking_up
from network.clinicians.matching.criteria import CRITERIA, points_sql
from network.clinicians.matching.criteria.place import (
    IN_ROOM_TAG,
    by_telehealth,
    cells,
    in_person,
    legal,
    legal_tags,
    offers_telehealth,
    reaches,
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
    # Nobody but these, when there are any.
    among: tuple[UUID, ...] = ()

    @property
    def weight_total(self) -> int:
        return 1000 * sum(one.weight for one in self.asked)


@dataclass(frozen=True, slots=True)
class Test:
    """What a row must be, and the tags that everybody carries who is so.

    Where the tags say it all, looking them up makes the test of each row needless.
    """

    sql: str
    tags: tuple[int, ...] = ()
    is_said_by_tags: bool = False


@dataclass(frozen=True, slots=True)
class Branch:
    """One way to meet the musts: what a row must be, and the cells it may lie in."""

    tests: list[Test]
    cells: list[int]


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
    tags = [tag for test in branch.tests for tag in test.tags]
    chosen = worth_looking_up(tags, branch.cells, frequencies())
    words_typed = words(search.need.text) if search.alike is None else []
    looked_up = [*chosen, *map(word_tag, words_typed)]
    conditions = ["visible"]
    if branch.cells:
        conditions.append(f"tags && '{_array(branch.cells)}'::int[]")
    if looked_up:
        conditions.append(f"tags @> '{_array(looked_up)}'::int[]")
    conditions += [
        test.sql
        for test in branch.tests
        if not (test.is_said_by_tags and set(test.tags) <= set(chosen))
    ]
    return " AND ".join(conditions)


def branches(search: Search) -> list[Branch]:
    """Either way to meet is two branches that share nobody: an OR would scan all."""
    scene, place = search.scene, _must_place(search)
    tests = [*_musts(search), *map(Test, _always(search))]
    if place is None:
        return [Branch([*_gate(scene), *tests], [])]
    screen = [*_by_telehealth(scene), *tests]
    room = [_in_person(scene), *tests]
    if place.wished.mode is Mode.TELEHEALTH:
        return [Branch(screen, [])]
    if place.wished.mode is Mode.EITHER:
        not_screen = Test(f"NOT {by_telehealth(scene)}")
        return [Branch(screen, []), Branch([*room, not_screen], cells(scene))]
    return [Branch(room, cells(scene))]


def _must_place(search: Search) -> Asked | None:
    return next(
        (one for one in search.asked if one.criterion == "place" and one.is_must), None
    )


def _gate(scene: Scene) -> Iterator[Test]:
    """The law alone, where the place is only wished for."""
    gate = legal(scene)
    if gate is not None and scene.place is not None:
        tags = legal_tags(scene, scene.place.mode)
        yield Test(gate, tags, is_said_by_tags=bool(tags))


def _by_telehealth(scene: Scene) -> Iterator[Test]:
    yield Test(offers_telehealth())
    if scene.state is not None:
        tags = legal_tags(scene, Mode.TELEHEALTH)
        yield Test(reaches(scene), tags, is_said_by_tags=True)


def _in_person(scene: Scene) -> Test:
    return Test(in_person(scene), (IN_ROOM_TAG, *legal_tags(scene, Mode.IN_PERSON)))


def _musts(search: Search) -> Iterator[Test]:
    for one in search.asked:
        if one.is_must and one.criterion != "place":
            criterion = CRITERIA[one.criterion]
            yield Test(
                criterion.must(one, search.scene),
                tuple(criterion.tags(one, search.scene)),
                is_said_by_tags=criterion.is_said_by_tags(one),
            )


def _always(search: Search) -> Iterator[str]:
    """What no wish can change: the law, the day, and who wants whom not."""
    today, excluded = search.today, search.need.exclude.clinicians
    yield f"layout = {STAMP}"
    yield f"good_until >= {today}"
    yield f"NOT (away_from <= {today} AND away_until >= {today})"
    if refused := _refused(search):
        yield f"(refusals IS NULL OR NOT refusals && '{_array(refused)}'::int[])"
    if excluded:
        yield "public_id NOT IN (TABLE excluded)"
    if search.among:
        yield f"public_id = ANY({_uuids(search.among)})"
    if search.alike is not None:
        yield f"clinician_id = ANY('{_array(search.alike)}'::bigint[])"
    yield f"clinician_id <> {search.searcher}"
    yield "clinician_id NOT IN (TABLE left_out)"


def _refused(search: Search) -> list[int]:
    return [tag for one in search.asked for tag in CRITERIA[one.criterion].refused(one)]


def left_out_sql(search: Search) -> str:
    """Written, planned and read once for all branches of a statement."""
    people = " UNION ALL ".join(_left_out(search))
    named = f"SELECT unnest({_uuids(search.need.exclude.clinicians)})"
    return (
        f"left_out(clinician_id) AS MATERIALIZED ({people}), "
        f"excluded(public_id) AS MATERIALIZED ({named})"
    )


def _left_out(search: Search) -> Iterator[str]:
    """Whom the searcher blocks, who blocks her, and closed practices."""
    me, exclude = search.searcher, search.need.exclude
    yield (
        f"SELECT CASE blocker_id WHEN {me} THEN blocked_id ELSE blocker_id END "
        f"FROM clinicians_block WHERE blocker_id = {me} OR blocked_id = {me}"
    )
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


def _uuids(ids: Sequence[UUID]) -> str:
    return f"'{{{','.join(f'{one.int:032x}' for one in ids)}}}'::uuid[]"


def _array(numbers: Sequence[int]) -> str:
    return "{" + ",".join(str(int(number)) for number in numbers) + "}"
