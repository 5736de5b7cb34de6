"""The one statement of a search: the page, what it shows, and the counts.

Only numbers of our own making stand in it; what somebody typed became numbers before.
One statement is one snapshot: nobody can leave the network between two halves of it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.db import connection

from network.clinicians.matching.asked import Found
from network.clinicians.matching.cursor import Cursor
from network.clinicians.matching.row import Row
from network.clinicians.matching.search import Search, branches, condition, score

_ROW = [field.name for field in fields(Row) if field.name != "tags"]
_WHO = ["name", "external_id", "npi"]
_PAGE = ["score", "offers", "tie"]
_BITS = 30  # tests in an integer

# Nobody is shown whom the normalised rows no longer vouch for, whatever a listing says.
_SHOWN = (
    "c.verified_at IS NOT NULL AND c.suspended_at IS NULL AND c.accepting AS is_shown"
)


@dataclass(frozen=True, slots=True)
class Shown:
    """One row of the page, as it came."""

    found: Found
    score: int
    offers: int
    tie: str
    is_shown: bool
    name: str
    external_id: str | None
    npi: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """One more row than the limit, when there is one more; and the counts."""

    rows: Sequence[Shown]
    counts: Sequence[int]


def run(search: Search, cursor: Cursor | None, counted: Sequence[str] = ()) -> Page:
    with connection.cursor() as database:
        database.execute(page_sql(search, cursor, counted))
        records = database.fetchall()
    columns = ["counts", *_PAGE, "card", "is_shown", *_WHO, *_ROW]
    shown = [dict(zip(columns, record, strict=True)) for record in records]
    rows = [_shown(one) for one in shown if one["score"] is not None]
    return Page(rows, shown[0]["counts"])


def count_sql(search: Search, most: int) -> str:
    """How many match, counted no further than `most`."""
    selects = (
        f"SELECT 1 FROM clinicians_listing WHERE {condition(branch, search)}"
        for branch in branches(search)
    )
    return f"(SELECT count(*) FROM ({' UNION ALL '.join(selects)} LIMIT {most}) n)"


def page_sql(search: Search, cursor: Cursor | None, counted: Sequence[str]) -> str:
    """`counted` are tests of a row; how many matches pass each comes with the page."""
    limit = search.need.limit
    return f"""
WITH matched AS MATERIALIZED ({matched_sql(search, counted)}),
edge AS (
  SELECT score, recent_offers FROM matched WHERE {_after(cursor)}
  ORDER BY score DESC, recent_offers OFFSET {limit} LIMIT 1
),
page AS (
  SELECT clinician_id, score, recent_offers, {_tie(cursor)} AS tie FROM matched
  WHERE {_after(cursor)} AND coalesce((score, -recent_offers) >=
    (SELECT score, -recent_offers FROM edge), true)
  ORDER BY score DESC, recent_offers, tie LIMIT {limit + 1}
),
counts AS (SELECT ARRAY[{_counts(counted)}] AS counts FROM matched)
SELECT counts, page.score, page.recent_offers, encode(page.tie, 'hex'),
  k.card, {_SHOWN}, {_columns("c", _WHO)}, {_columns("l", _ROW)}
FROM counts LEFT JOIN page ON true
LEFT JOIN clinicians_listing l USING (clinician_id)
LEFT JOIN clinicians_listingcard k USING (clinician_id)
LEFT JOIN clinicians_clinician c ON c.id = page.clinician_id
ORDER BY page.score DESC, page.recent_offers, page.tie
"""


def matched_sql(search: Search, counted: Sequence[str]) -> str:
    columns = [
        "clinician_id",
        "public_id",
        "recent_offers",
        f"({score(search)})::int AS score",
        *_packed(counted),
    ]
    return " UNION ALL ".join(
        f"SELECT {', '.join(columns)} FROM clinicians_listing "
        f"WHERE {condition(branch, search)}"
        for branch in branches(search)
    )


def _packed(counted: Sequence[str]) -> Iterator[str]:
    """What a row passes, a bit for each test: a narrow row is soon written down."""
    for word in range(0, len(counted), _BITS):
        bits = (
            f"(({test})::int << {place})"
            for place, test in enumerate(counted[word : word + _BITS])
        )
        yield f"{' | '.join(bits)} AS passed_{word // _BITS}"


def _counts(counted: Sequence[str]) -> str:
    sums = (
        f"count(*) FILTER (WHERE passed_{place // _BITS} & {1 << place % _BITS} <> 0)"
        for place in range(len(counted))
    )
    return ", ".join(["count(*)", *sums])


def _tie(cursor: Cursor | None) -> str:
    """The fair order of the equal: at random, but always the same for this seed."""
    seed = bytes.fromhex(cursor.seed).hex() if cursor else ""
    return f"sha256('\\x{seed}'::bytea || uuid_send(public_id))"


def _after(cursor: Cursor | None) -> str:
    if cursor is None or not cursor.tie:
        return "true"
    score, offers = int(cursor.score), int(cursor.offers)
    tie = bytes.fromhex(cursor.tie).hex()
    return (
        f"(score < {score} OR (score = {score} AND (recent_offers > {offers} OR "
        f"(recent_offers = {offers} AND {_tie(cursor)} > '\\x{tie}'::bytea))))"
    )


def _columns(table: str, names: Sequence[str]) -> str:
    return ", ".join(f"{table}.{name}" for name in names)


def _shown(record: Mapping[str, Any]) -> Shown:
    values = {name: record[name] for name in _ROW}
    row = Row(**{**values, "traits": bytes(values["traits"])}, tags=[])
    card = record["card"]
    return Shown(
        found=Found(row, json.loads(card) if isinstance(card, str) else card),
        score=record["score"],
        offers=record["offers"],
        tie=record["tie"],
        is_shown=bool(record["is_shown"]),
        name=record["name"],
        external_id=record["external_id"],
        npi=record["npi"] or None,
    )
