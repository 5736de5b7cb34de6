"""Where a client lives, no closer than the law lets a stranger know.

A state; or with it the first three digits of a ZIP, where more than 20,000 people
live under them (45 CFR 164.514(b)(2)(i)(B)).
"""

import tomllib
from functools import cache
from pathlib import Path

RESTRICTED = Path(__file__).with_name("data") / "restricted_zip3.toml"


def is_populous(zip3: str) -> bool:
    """Three digits under which more than 20,000 people live."""
    return zip3.isascii() and len(zip3) == 3 and zip3.isdigit() and zip3 not in few()


def region(state: str, zip3: str = "") -> str:
    """As it is shown and sent: never more than may be known."""
    return f"{state}, ZIP {zip3}xx" if state and is_populous(zip3) else state


@cache
def few() -> frozenset[str]:
    return frozenset(tomllib.loads(RESTRICTED.read_text())["zip3"])
