"""Whom somebody in a crisis can call, by country and state: data, with its source."""

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).with_name("data") / "crisis_lines.toml"


class Line(NamedTuple):
    name: str
    how: str
    number: str


def lines_for(state: str, country: str = "US") -> list[Line]:
    """Those of the whole country first, then what the state has of its own."""
    told = _told()[country]
    return [Line(**one) for one in (*told["everywhere"], *told.get(state, ()))]


@cache
def _told() -> dict[str, dict[str, list[dict[str, str]]]]:
    return tomllib.loads(DATA.read_text())
