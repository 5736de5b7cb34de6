"""A crowd into the tables: the listings, and the normalised rows they stand for."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, fields
from datetime import UTC, datetime
from typing import Any

import psycopg
from django.db import connection

from benches.crowd import COMPACT, TODAY, Somebody, practice_id
from config.servers import APP, SUPERUSER
from network.clinicians.matching.listing import reorder
from network.clinicians.matching.row import Row, row_of
from network.clinicians.matching.words import words

LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)


def load(people: Sequence[Somebody]) -> None:
    """By COPY and without the checks of foreign keys: these people are made up."""
    with superuser() as database:
        database.execute("SET session_replication_role = replica")
        database.execute(_LISTED)
        database.execute(_ORDINARY)
        for table, columns, rows in _tables(people):
            _copy(database, table, columns, rows)
        _count_on(database, len(people))
    reorder()
    with superuser() as database:
        database.execute("VACUUM ANALYZE")


# Lists as tables between, for the first attempt; ours are arrays.
_LISTED = f"""
DROP TABLE IF EXISTS bench_listed;
CREATE TABLE bench_listed (
  id bigserial PRIMARY KEY, clinician_id bigint, list text, term text
);
CREATE INDEX ON bench_listed (clinician_id);
CREATE INDEX ON bench_listed (list, term);
GRANT SELECT ON bench_listed TO {APP};
"""

_ORDINARY = """
CREATE COLLATION IF NOT EXISTS bench_ordinary (provider = libc, locale = 'C.UTF-8')
"""


def superuser() -> "psycopg.Connection[Any]":
    known = connection.settings_dict
    return psycopg.connect(
        host=known["HOST"], dbname=known["NAME"], user=SUPERUSER, autocommit=True
    )


def _copy(
    database: "psycopg.Connection[Any]",
    table: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
) -> None:
    names = ", ".join(columns)
    with (
        database.cursor() as cursor,
        cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)


def _count_on(database: "psycopg.Connection[Any]", size: int) -> None:
    """So that the searcher and her own rows get numbers that are free."""
    database.execute(
        f"SELECT setval(pg_get_serial_sequence('clinicians_clinician', 'id'), {size})"
    )


Table = tuple[str, Sequence[str], Iterator[Sequence[Any]]]


def _tables(people: Sequence[Somebody]) -> Iterator[Table]:
    yield "clinicians_clinician", _CLINICIAN, map(_clinician, people)
    yield "clinicians_listing", [f.name for f in fields(Row)], map(_listing, people)
    yield "clinicians_listingcard", _CARD, map(_card, people)
    yield "clinicians_practice", _PRACTICE, _practices(people)
    yield (
        "clinicians_place",
        ["clinician_id", "practice_id", "phone"],
        ((one.profile.clinician_id, one.practice, "") for one in people),
    )
    yield from _skills(people)
    yield from _rights(people)
    yield from _lists(people)


def _lists(people: Sequence[Somebody]) -> Iterator[Table]:
    yield (
        "bench_listed",
        ["clinician_id", "list", "term"],
        (
            (one.profile.clinician_id, name, term)
            for one in people
            for name, terms in one.profile.lists.items()
            for term in terms
        ),
    )
    yield "clinicians_opening", _OPENING, (
        (one.profile.clinician_id, list(o.slots), "", "", o.count, o.available_on,
         o.confirmed_on)
        for one in people
        for o in one.profile.openings
    )  # fmt: skip


def _rights(people: Sequence[Somebody]) -> Iterator[Table]:
    yield (
        "clinicians_licence",
        _LICENCE,
        (
            (one.profile.clinician_id, state, "", "", LONG_AGO)
            for one in people
            for state in dict.fromkeys(one.licences)
        ),
    )
    yield (
        "clinicians_privilege",
        _PRIVILEGE,
        (
            (one.profile.clinician_id, COMPACT, one.zip.state, ["*"], LONG_AGO)
            for one in people
            if one.in_compact
        ),
    )


def _skills(people: Sequence[Somebody]) -> Iterator[Table]:
    for name, table, rest in (
        ("specialties", "clinicians_specialtyskill", {"evidence": "", "cases": ""}),
        ("approaches", "clinicians_approachskill", {"issuer": ""}),
    ):
        yield (
            table,
            ["clinician_id", "term", "depth", *rest],
            (
                (one.profile.clinician_id, term, depth, *rest.values())
                for one in people
                for term, depth in one.profile.depths[name].items()
            ),
        )
    yield (
        "clinicians_languageskill",
        ["clinician_id", "term", "level"],
        (
            (one.profile.clinician_id, term, level)
            for one in people
            for term, level in one.profile.languages.items()
        ),
    )


_CARD = ["clinician_id", "plain_name", "card"]
_PRACTICE = ["id", "public_id", "name", "street", "city", "state", "zip",
             "latitude", "longitude"]  # fmt: skip
_LICENCE = ["clinician_id", "state", "type", "number", "verified_at"]
_PRIVILEGE = ["clinician_id", "compact", "home_state", "jurisdictions", "verified_at"]
_OPENING = ["clinician_id", "slots", "format", "payer", "count", "available_on",
            "confirmed_on"]  # fmt: skip
_CLINICIAN = [
    "id", "public_id", "npi", "created_at", "verified_at", "name", "credentials",
    "pronouns", "profession", "taxonomy", "stage", "gender", "bio", "phone",
    "accepting", "acuity_min", "acuity_max", "age_groups", "participants", "formats",
    "communities", "identities", "faiths", "access", "risks", "levels_of_care",
    "styles", "payers", "networks", "fee_min", "sliding_scale", "superbill",
    "hidden_fields", "recent_offers",
]  # fmt: skip


def _listing(one: Somebody) -> tuple[Any, ...]:
    return astuple(row_of(one.profile))


def _card(one: Somebody) -> tuple[int, str, str]:
    profile = one.profile
    plain = " ".join(words(profile.name))
    return profile.clinician_id, plain, json.dumps(profile.card)


def _practices(people: Sequence[Somebody]) -> Iterator[Sequence[Any]]:
    seen: dict[int, Somebody] = {}
    for one in people:
        seen.setdefault(one.practice, one)
    for number, one in seen.items():
        at = one.zip
        yield (number, practice_id(number), "", "", at.city, at.state, at.code,
               at.latitude, at.longitude)  # fmt: skip


def _clinician(one: Somebody) -> tuple[Any, ...]:
    p, lists = one.profile, one.profile.lists
    return (
        p.clinician_id, p.public_id, "", LONG_AGO, LONG_AGO if p.visible else None,
        p.name, "PhD", "", "psychologist", "", "independent", *lists["genders"],
        one.bio, "", True, *p.acuity, lists["age_groups"], lists["participants"],
        lists["formats"], lists["communities"], [], lists["faiths"], [],
        lists["risks"], lists["levels_of_care"], json.dumps(p.styles),
        lists["payers"], lists["networks"], p.fee, p.sliding_scale, p.superbill, [],
        p.recent_offers,
    )  # fmt: skip


__all__ = ["TODAY", "load"]
