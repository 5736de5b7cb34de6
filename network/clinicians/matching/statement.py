"""The one statement of a search: the page, what it shows, and the counts.

Only numbers of our own making stand in it; what somebody typed became numbers before.
One statement is one snapshot: nobody can leave the network between two halves of it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.db import connection

from network.clinicians.matching.asked import Found
from network.clinicians.matching.cursor import Cursor
from network.clinicians.matching.row import Row
from network.clinicians.matching.search import (
    Search,
    branches,
    condition,
    left_out_sql,
    score,
)

_ROW = [field.name for field in fields(Row) if field.name != "tags"]
_WHO = ["name", "external_id", "npi"]
# An NPI that she typed is a claim; only one that staff have bound is hers to others.
_KNOWN = "c.name, c.external_id, CASE WHEN c.npi_bound_at IS NOT NULL THEN c.npi END"
_PAGE = ["score", "offers", "tie"]
_COLUMNS = ["total", "marks", *_PAGE, "card", "is_shown", *_WHO, *_ROW]
_NO_MARKS = "NULL::bytea"
# Nobody has a million offers in a week, or is told from those who have.
_PLACE = "(score::bigint << 20) - least(recent_offers, (1 << 20) - 1)"
_ORDER = "page.score DESC, page.recent_offers, page.tie"

# Nobody is shown whom the normalised rows no longer vouch for, whatever a listing says.
_SHOWN = (
    "c.verified_at IS NOT NULL AND c.suspended_at IS NULL AND c.left_at IS NULL "
    "AND c.accepting AS is_shown"
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
    """One more row than the limit, when there is one more; how many there are."""

    rows: Sequence[Shown]
    total: int
    marks: bytes


def run(search: Search, cursor: Cursor, marks: str = _NO_MARKS) -> Page:
    with connection.cursor() as database:
        database.execute(page_sql(search, cursor, marks))
        records = database.fetchall()
    shown = [dict(zip(_COLUMNS, record, strict=True)) for record in records]
    rows = [_shown(one) for one in shown if one["score"] is not None]
    return Page(rows, shown[0]["total"], bytes(shown[0]["marks"] or b""))


def count_sql(search: Search, most: int) -> str:
    """How many match, counted no further than `most`."""
    selects = (
        f"SELECT 1 FROM clinicians_listing WHERE {condition(branch, search)}"
        for branch in branches(search)
    )
    return f"(SELECT count(*) FROM ({' UNION ALL '.join(selects)} LIMIT {most}) n)"


def page_sql(search: Search, cursor: Cursor, marks: str = _NO_MARKS) -> str:
    """`marks` are bytes of each match, to be counted; they come with the first row."""
    return f"""
WITH {_ranked(search, cursor, marks)},
counts AS MATERIALIZED (
  SELECT count(*) AS total, string_agg(marks, ''::bytea) AS marks FROM matched
)
SELECT (SELECT total FROM counts),
  CASE WHEN row_number() OVER (ORDER BY {_ORDER}) = 1 THEN
    (SELECT marks FROM counts) END,
  page.score, page.recent_offers, encode(page.tie, 'hex'),
  k.card, {_SHOWN}, {_KNOWN}, {_columns("l", _ROW)}
FROM (SELECT) AS one LEFT JOIN page ON true
LEFT JOIN clinicians_listing l USING (clinician_id)
LEFT JOIN clinicians_listingcard k USING (clinician_id)
LEFT JOIN clinicians_clinician c ON c.id = page.clinician_id
ORDER BY {_ORDER}
"""


def ranking_sql(search: Search, cursor: Cursor) -> str:
    """The search alone: who, with what score, in order."""
    return f"""
WITH {_ranked(search, cursor, _NO_MARKS)}
SELECT clinician_id, score FROM page ORDER BY {_ORDER} LIMIT {search.need.limit}
"""


def _ranked(search: Search, cursor: Cursor, marks: str) -> str:
    """Lots are drawn only among those who reach the place of the page's last.

    A place is the score and then the offers in one number: the fewer, the better.
    """
    limit = search.need.limit
    return f"""{left_out_sql(search)},
matched AS MATERIALIZED ({matched_sql(search, marks)}),
places AS (
  SELECT *, {_PLACE} AS place FROM matched WHERE {_after(cursor)}
),
edge AS (SELECT place FROM places ORDER BY place DESC OFFSET {limit} LIMIT 1),
page AS (
  SELECT clinician_id, score, recent_offers, {_tie(cursor)} AS tie FROM places
  WHERE place >= coalesce((SELECT place FROM edge), -1 << 20)
  ORDER BY place DESC, tie LIMIT {limit + 1}
)"""


def matched_sql(search: Search, marks: str = _NO_MARKS) -> str:
    """The score is written once, over the branches where there are two of them."""
    first, *others = [condition(branch, search) for branch in branches(search)]
    found = f"clinicians_listing WHERE {first}"
    if others:
        found = " UNION ALL ".join(
            f"SELECT * FROM clinicians_listing WHERE {one}" for one in (first, *others)
        )
        found = f"({found}) AS found"
    columns = f"({score(search)})::int AS score, {marks} AS marks"
    return f"SELECT clinician_id, public_id, recent_offers, {columns} FROM {found}"


def _tie(cursor: Cursor) -> str:
    """The fair order of the equal: at random, but always the same for this seed."""
    seed = bytes.fromhex(cursor.seed).hex()
    return f"sha256('\\x{seed}'::bytea || uuid_send(public_id))"


def _after(cursor: Cursor) -> str:
    if not cursor.tie:
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
