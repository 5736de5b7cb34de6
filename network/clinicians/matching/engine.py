"""Who fits: one search, its counts, its explanation, and what would find more."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.utils.timezone import localdate

from network.clinicians.matching.criteria import CRITERIA, points
from network.clinicians.matching.cursor import Cursor, after, decode, encode
from network.clinicians.matching.facets import counted, marks_sql, named
from network.clinicians.matching.names import forgive
from network.clinicians.matching.need import Need
from network.clinicians.matching.relaxations import FEW, relaxations
from network.clinicians.matching.results import (
    Match,
    Matches,
    Part,
    Total,
    Unclaimed,
)
from network.clinicians.matching.search import Search, prepare
from network.clinicians.matching.statement import Page, Shown, run
from network.clinicians.matching.unclaimed import BEGINNING, unclaimed
from network.clinicians.models import Clinician


def match(
    need: Need,
    *,
    searcher: Clinician,
    today: date | None = None,
    among: Sequence[UUID] = (),
) -> Matches:
    """The colleagues who fit, best first; StaleCursorError for a foreign cursor.

    `among`: of these people alone.
    """
    today = today or localdate()
    cursor = decode(need, searcher.pk, today)
    day = date.fromordinal(cursor.day)
    everybody = prepare(need, searcher=searcher.pk, today=today, scored_on=day)
    search = replace(forgive(everybody), among=tuple(among))

    tests = named(search)
    page = run(search, cursor, marks_sql(tests))
    others, following = _beyond(search, cursor, page)

    return Matches(
        total=Total(page.total, exact=True),
        results=tuple(_matches(search, page)),
        relaxations=relaxations(search) if page.total < FEW else (),
        facets=counted(page.marks, page.total, tests),
        reach_checked=search.scene.state is not None,
        next=encode(following) if following else None,
        unclaimed=others,
    )


def _beyond(
    search: Search, cursor: Cursor, page: Page
) -> tuple[tuple[Unclaimed, ...], Cursor | None]:
    """What follows the matches of this page: more of them, or those unclaimed."""
    limit, shown = search.need.limit, page.rows
    if shown:
        last = shown[:limit][-1]
        cursor = after(cursor, last.score, last.offers, last.tie)
    if len(shown) > limit:
        return (), cursor
    if not search.need.include_unclaimed:
        return (), None
    begin = cursor.unclaimed or BEGINNING
    others, end = unclaimed(search.need, begin, limit - len(shown))
    return others, replace(cursor, unclaimed=end) if end else None


def _matches(search: Search, page: Page) -> list[Match]:
    shown = page.rows[: search.need.limit]
    return [_match(search, one) for one in shown if one.is_shown]


def _match(search: Search, shown: Shown) -> Match:
    parts = tuple(explain(search, shown))
    return Match(
        clinician_id=shown.found.row.public_id,
        external_id=shown.external_id,
        npi=shown.npi,
        name=shown.name,
        card=shown.found.card,
        score=shown.score,
        weight_total=search.weight_total,
        parts=parts,
    )


def explain(search: Search, shown: Shown) -> Sequence[Part]:
    """The same arithmetic once more, in Python, with the reasons."""
    parts = []
    for asked in search.asked:
        criterion = CRITERIA[asked.criterion]
        value = points(criterion, asked, search.scene, shown.found)
        why = criterion.why(asked, search.scene, shown.found)
        parts.append(
            Part(
                criterion=asked.criterion,
                term=asked.term,
                weight=asked.weight,
                value=value,
                points=asked.weight * value,
                why=why,
            )
        )
    return parts
