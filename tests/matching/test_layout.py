"""What is packed into a listing comes out of it again, term by term."""

from dataclasses import replace
from datetime import date
from itertools import product
from uuid import uuid4

import pytest
from django.db import connection

from network.clinicians import vocabulary
from network.clinicians.matching.layout import (
    DEPTHS,
    LEVELS,
    REGIONS,
    depth_tag,
    depth_tags,
    tag,
    word_tag,
)
from network.clinicians.matching.profile import Profile
from network.clinicians.matching.row import row_of

NOBODY = Profile(
    clinician_id=1,
    public_id=uuid4(),
    name="",
    visible=True,
    recent_offers=0,
    acuity=(0, 4),
    lists={"formats": ()},
    depths={},
    languages={},
    styles={},
    fee=None,
    sliding_scale=False,
    superbill=False,
    refusals=(),
    openings=(),
    spots=(),
    licensed_in=(),
    telehealth_in=(),
    away=(),
    good_until=None,
    text="",
    card={},
)
LISTED = [
    "age_groups", "participants", "genders", "formats", "payers", "networks",
    "communities", "faiths", "risks", "levels_of_care",
]  # fmt: skip


@pytest.mark.parametrize("name", LISTED)
def test_every_term_of_a_list_is_found_again_alone(name: str) -> None:
    region = REGIONS[name]
    for term in vocabulary.terms(name):
        lists = {"formats": (), name: (term.slug,)}
        row = row_of(replace(NOBODY, lists=lists))

        found = [
            t.slug for t in vocabulary.terms(name) if region.get(row.traits, t.number)
        ]
        assert found == [term.slug]
        assert tag(name, term.number) in row.tags


@pytest.mark.parametrize("name", ["specialties", "approaches"])
def test_every_term_is_found_again_at_every_depth(name: str) -> None:
    region = REGIONS[name]
    for term, depth in product(vocabulary.terms(name), DEPTHS):
        row = row_of(replace(NOBODY, depths={name: {term.slug: depth}}))

        assert region.get(row.traits, term.number) == DEPTHS[depth]
        others = [
            t.slug
            for t in vocabulary.terms(name)
            if t.slug != term.slug and region.get(row.traits, t.number)
        ]
        assert others == []


def test_a_depth_carries_the_tag_of_every_depth_below_it() -> None:
    for asked, had in product(DEPTHS.values(), DEPTHS.values()):
        carried = set(depth_tags("specialties", 5, had))

        if had >= asked:
            assert depth_tag("specialties", 5, asked) in carried


def test_every_language_and_level_is_found_again() -> None:
    region = REGIONS["languages"]
    for term, level in product(vocabulary.terms("languages"), LEVELS):
        row = row_of(replace(NOBODY, languages={term.slug: level}))

        assert region.get(row.traits, term.number) == LEVELS[level]


def test_every_style_and_value_is_found_again() -> None:
    region = REGIONS["styles"]
    for term, value in product(vocabulary.terms("styles"), range(1, 6)):
        row = row_of(replace(NOBODY, styles={term.slug: value}))

        assert region.get(row.traits, term.number) == value


def test_every_state_is_found_again_by_either_way() -> None:
    for term in vocabulary.terms("states"):
        row = row_of(replace(NOBODY, telehealth_in=(term.slug,)))

        assert REGIONS["telehealth"].get(row.traits, term.number) == 1
        assert tag("telehealth", term.number) in row.tags


def test_every_slot_has_a_bit_of_its_own_that_fits() -> None:
    numbers = [term.number for term in vocabulary.terms("slots")]

    assert sorted(numbers) == list(range(28))


def test_python_and_sql_read_the_same_bits(db: None) -> None:
    depths = {
        t.slug: d
        for t, d in zip(vocabulary.terms("specialties"), [*DEPTHS] * 40, strict=False)
    }
    row = row_of(replace(NOBODY, depths={"specialties": depths}))
    region = REGIONS["specialties"]
    columns = ", ".join(region.sql(t.number) for t in vocabulary.terms("specialties"))

    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns} FROM (SELECT %s::bytea AS traits) t", [row.traits]
        )
        read = cursor.fetchone()

    assert list(read) == [
        DEPTHS[depths[t.slug]] for t in vocabulary.terms("specialties")
    ]


def test_no_two_tags_of_any_kind_are_equal() -> None:
    tags = [
        tag(name, number, rung)
        for name, region in REGIONS.items()
        for number in range(region.size * 8 // region.bits)
        for rung in range(3)
    ]

    assert len(tags) == len(set(tags))
    assert max(tags) < 1 << 29
    assert all(word_tag(word) < 0 for word in ["ocd", "zoe", "1"])


def test_a_number_without_room_is_never_written_to_a_neighbour() -> None:
    region = REGIONS["age_groups"]

    with pytest.raises(IndexError):
        region.put(bytearray(500), region.size * 8)


def test_a_day_far_away_fits_its_column() -> None:
    assert date.max.toordinal() < 2**31
