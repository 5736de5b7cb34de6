"""Where a page ended: signed, so that nobody can ask for what she did not find."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from hashlib import sha256

from django.core import signing

from network.clinicians.matching.need import Need

_SALT = "network.clinicians.matching.cursor"
_A_DAY = 24 * 3600


class StaleCursorError(Exception):
    """The cursor is of another need, of another person, too old, or made up."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last one shown. The need, its asker and the day are in the seed's making."""

    seed: str
    day: int
    score: int = 0
    offers: int = 0
    tie: str = ""
    # Beyond the matches: the last unclaimed entry shown.
    unclaimed: str | None = None


def first_cursor(need: Need, searcher: int, today: date) -> Cursor:
    """The same input on the same day has the same seed, and so the same order."""
    asked = need.model_dump_json(exclude={"cursor", "limit"})
    ingredients = f"{asked}|{searcher}|{today.isoformat()}"
    seed = sha256(ingredients.encode()).hexdigest()[:32]
    return Cursor(seed, today.toordinal())


def encode(cursor: Cursor) -> str:
    return signing.dumps(asdict(cursor), salt=_SALT)


def decode(need: Need, searcher: int, today: date) -> Cursor:
    """Where to go on; the beginning when the need has no cursor."""
    if need.cursor is None:
        return first_cursor(need, searcher, today)
    try:
        given = Cursor(**signing.loads(need.cursor, salt=_SALT, max_age=_A_DAY))
    except signing.BadSignature as error:
        raise StaleCursorError from error
    if given.seed != first_cursor(need, searcher, date.fromordinal(given.day)).seed:
        raise StaleCursorError
    return given


def after(cursor: Cursor, score: int, offers: int, tie: str) -> Cursor:
    return replace(cursor, score=score, offers=offers, tie=tie)
