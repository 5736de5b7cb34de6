"""Provider taxonomy codes: what they mean here, and what replaced the old ones.

The names are those of the National Uniform Claim Committee, copyright American
Medical Association, unchanged; `data/taxonomies.json` carries the notice.
"""

import re
from collections.abc import Iterator
from typing import Final

from network.clinicians.vocabulary.loading import read
from network.clinicians.vocabulary.terms import slugs, term

SEPARATORS: Final = re.compile(r"[,;/&|]|\band\b", re.IGNORECASE)
NOT_LETTERS: Final = re.compile(r"[^A-Z]")


def is_behavioural(code: str) -> bool:
    return code in slugs("taxonomies")


def is_deactivated(code: str) -> bool:
    return is_behavioural(code) and term("taxonomies", code).status == "deactivated"


def current_code(code: str) -> str:
    """The code itself, or the one that a deactivated code became."""
    return term("taxonomies", code).merged_into or code


def profession_of(code: str) -> str | None:
    """The profession slug of a code; nothing for organisations and other fields."""
    found: str | None = read("taxonomies")["professions"].get(code)
    return found


def default_code(credentials: str) -> str | None:
    """The usual code for the first known credential: "PHD, LMHC" -> 101YM0800X."""
    known: dict[str, str] = read("taxonomies")["credentials"]
    found = [each for each in credential_tokens(credentials) if each in known]
    return known[min(found, key=list(known).index)] if found else None


def credential_tokens(credentials: str) -> Iterator[str]:
    """ "L.I.C.S.W., Ph. D." -> LICSW, PHD; spaced forms also word by word."""
    for part in SEPARATORS.split(credentials.upper()):
        yield NOT_LETTERS.sub("", part)
        yield from (NOT_LETTERS.sub("", word) for word in part.split())
