"""Whatever a line holds, it is read or reported."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from network.clinicians.roster.reading import COLUMNS, KNOWN, ROWS, read_entry
from tests.clinicians.lines import MINIMAL

INNER = (
    "term", "depth", "state", "zip", "name", "min", "max", "slots", "count", "from",
    "to", "confirmed", "compact", "home_state", "jurisdictions", "level", "list",
    "expires", "axis", "value", "levels_of_care", "places_open", "structured",
)  # fmt: skip
WORDS = ("OCD", "NY", "10583", "2026-01-01", "trained", "*", "psypact-apit", "ED", "")
plain = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from(WORDS)
)
anything = st.recursive(
    plain,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(INNER), inner, max_size=5)
    ),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(said=st.dictionaries(st.sampled_from(sorted(KNOWN)), anything, max_size=6))
def test_any_json_is_read_or_reported(said: dict[str, Any]) -> None:
    notes: list[tuple[str, str]] = []
    line = {**said, **MINIMAL}
    entry = read_entry(line, 1, lambda path, reason: notes.append((path, reason)))
    assert entry is not None
    assert entry.columns["name"] == MINIMAL["name"]
    assert all(path and reason for path, reason in notes)
    for model, rows in entry.rows.items():
        assert all(type(row) is model for row in rows)


def test_every_key_of_the_form_is_known() -> None:
    assert {*COLUMNS, *ROWS} < KNOWN


def test_a_stage_is_one_of_two() -> None:
    notes: list[tuple[str, str]] = []
    for stage in ("associate", "intern", ["associate"]):
        line = {**MINIMAL, "stage": stage}
        entry = read_entry(line, 1, lambda path, reason: notes.append((path, reason)))
        assert entry is not None
        assert entry.columns.get("stage") == ("associate" if len(notes) == 0 else None)
    assert [path for path, _ in notes] == ["stage", "stage"]
