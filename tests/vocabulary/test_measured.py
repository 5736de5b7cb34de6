"""What clinicians really typed, measured: .97 of the forms in the top three."""

import json
from pathlib import Path
from typing import Any

import pytest

from network.clinicians.vocabulary import resolve, slugs

HERE = Path(__file__).parent
OURS = HERE / "typed_forms.jsonl"
OTHERS = HERE.parents[2] / "shared" / "data" / "clinician_terms.dev.jsonl"
SETS = [path for path in (OURS, OTHERS) if path.exists()]
GOAL = 0.97

FOREIGN: dict[str, list[str]] = json.loads((HERE / "foreign_names.json").read_text())
KNOWN = slugs("specialties") | slugs("approaches")


def right_terms(canonical: list[str]) -> set[str]:
    """Another directory's names, or our own slugs, as the slugs that are right."""
    return {slug for name in canonical for slug in FOREIGN.get(name, [name])}


def is_found(row: dict[str, Any]) -> bool:
    found = resolve(row["raw"])
    likeliest = {choice.term.slug for choice in found.choices[:3]}
    return found.ask or bool(right_terms(row["canonical"]) & likeliest)


@pytest.mark.parametrize("path", SETS, ids=[path.stem for path in SETS])
def test_typed_forms_reach_a_right_term_in_the_top_three(path: Path) -> None:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    asked = [row for row in rows if row["canonical"]]
    missed = [row["raw"] for row in asked if not is_found(row)]
    share = 1 - len(missed) / len(asked)
    assert share >= GOAL, missed


@pytest.mark.parametrize("path", SETS, ids=[path.stem for path in SETS])
def test_few_typed_forms_need_a_question(path: Path) -> None:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    asked = [row["raw"] for row in rows if row["canonical"] and resolve(row["raw"]).ask]
    assert len(asked) <= 0.05 * len(rows), asked


def test_every_foreign_name_leads_to_terms_of_ours() -> None:
    for name, ours in FOREIGN.items():
        assert ours, name
        assert set(ours) <= KNOWN, name


@pytest.mark.parametrize("name", FOREIGN)
def test_every_foreign_name_itself_resolves_rightly(name: str) -> None:
    found = resolve(name.replace("-", " "))
    likeliest = {choice.term.slug for choice in found.choices[:3]}
    assert found.ask or likeliest & set(FOREIGN[name])
