"""How common things are among the invented, and what they are called.

Rough shares of a hundred or a thousand, most common first. Regions are the first
digits of ZIPs; last names are plants and birds, so that nobody is meant.
"""

import json
from pathlib import Path
from typing import Any

_DATA: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text())
Shares = dict[str, int]

REGIONS: Shares = _DATA["regions"]
PROFESSIONS: Shares = _DATA["professions"]
CREDENTIALS: dict[str, list[str]] = _DATA["credentials"]
# With each the ways of working that go with it.
SPECIALTIES: dict[str, tuple[int, list[str]]] = _DATA["specialties"]
DEPTHS: Shares = _DATA["depths"]
AGE_GROUPS: Shares = _DATA["age_groups"]
PARTICIPANTS: Shares = _DATA["participants"]
FORMATS: Shares = _DATA["formats"]
PAYERS: Shares = _DATA["payers"]
NETWORKS: Shares = _DATA["networks"]
LANGUAGES: Shares = _DATA["languages"]
COMMUNITIES: Shares = _DATA["communities"]
FAITHS: Shares = _DATA["faiths"]
ACCESS: Shares = _DATA["access"]
RISKS: Shares = _DATA["risks"]
GENDERS: Shares = _DATA["genders"]
SLOTS: Shares = _DATA["slots"]
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FIRST: list[str] = _DATA["first"]
LAST: list[str] = _DATA["last"]
