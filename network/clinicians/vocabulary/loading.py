"""The data files: one JSON file a list, one for ambiguities, one for words."""

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

LISTS: Final[tuple[str, ...]] = (
    "specialties",
    "approaches",
    "professions",
    "age_groups",
    "participants",
    "formats",
    "genders",
    "languages",
    "communities",
    "faiths",
    "styles",
    "payers",
    "networks",
    "risks",
    "levels_of_care",
    "depths",
    "language_levels",
    "kinds",
    "reasons",
    "slots",
    "states",
    "compacts",
    "taxonomies",
    "licence_types",
    "access",
)

DATA: Final = Path(__file__).parent / "data"


@cache
def read(name: str) -> dict[str, Any]:
    """One data file; the caller must not change what it gets."""
    content: dict[str, Any] = json.loads((DATA / f"{name}.json").read_text("utf-8"))
    return content
