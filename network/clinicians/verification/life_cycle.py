"""How a licence, a privilege or a person comes to be vouched for, and how it ends.

One table, which permissions, actions, documents and tests read. What is under review
follows from who has taken the file, what expires from the day: no job has to run.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from network.clinicians.models import Licence, Privilege, Review

Claim = Licence | Privilege | Review
# So many days before the end its holder is told; on the day after, once more.
NOTICES = (60, 30, 7, 0)
SOON = NOTICES[0]


class Standing(StrEnum):
    SUBMITTED = "submitted"
    IN_REVIEW = "in review"
    ASKED = "asked for more"
    VERIFIED = "verified"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    HELD = "held"
    REJECTED = "rejected"


class Who(StrEnum):
    OWNER = "owner"
    STAFF = "staff"
    HOLDER = "who has taken it"
    CLOCK = "clock"


@dataclass(frozen=True)
class Move:
    """`to` is where it stands then; none when it is gone."""

    standing: Standing
    verb: str
    who: Who
    to: Standing | None


S, W = Standing, Who
MOVES = (
    Move(S.SUBMITTED, "attach", W.OWNER, S.SUBMITTED),
    Move(S.SUBMITTED, "withdraw", W.OWNER, None),
    Move(S.SUBMITTED, "take", W.STAFF, S.IN_REVIEW),
    Move(S.SUBMITTED, "verify", W.STAFF, S.VERIFIED),
    Move(S.SUBMITTED, "reject", W.STAFF, S.REJECTED),
    Move(S.SUBMITTED, "hold", W.STAFF, S.HELD),
    Move(S.SUBMITTED, "ask", W.STAFF, S.ASKED),
    Move(S.IN_REVIEW, "attach", W.OWNER, S.IN_REVIEW),
    Move(S.IN_REVIEW, "withdraw", W.OWNER, None),
    Move(S.IN_REVIEW, "release", W.HOLDER, S.SUBMITTED),
    Move(S.IN_REVIEW, "release", W.CLOCK, S.SUBMITTED),
    Move(S.IN_REVIEW, "verify", W.HOLDER, S.VERIFIED),
    Move(S.IN_REVIEW, "reject", W.HOLDER, S.REJECTED),
    Move(S.IN_REVIEW, "hold", W.HOLDER, S.HELD),
    Move(S.IN_REVIEW, "ask", W.HOLDER, S.ASKED),
    Move(S.ASKED, "attach", W.OWNER, S.ASKED),
    Move(S.ASKED, "answer", W.OWNER, S.SUBMITTED),
    Move(S.ASKED, "withdraw", W.OWNER, None),
    Move(S.ASKED, "reopen", W.STAFF, S.SUBMITTED),
    Move(S.ASKED, "reject", W.STAFF, S.REJECTED),
    Move(S.VERIFIED, "withdraw", W.OWNER, None),
    Move(S.VERIFIED, "hold", W.STAFF, S.HELD),
    Move(S.VERIFIED, "near its end", W.CLOCK, S.EXPIRING),
    Move(S.EXPIRING, "withdraw", W.OWNER, None),
    Move(S.EXPIRING, "renew", W.OWNER, S.EXPIRING),
    Move(S.EXPIRING, "hold", W.STAFF, S.HELD),
    Move(S.EXPIRING, "end", W.CLOCK, S.EXPIRED),
    Move(S.EXPIRED, "withdraw", W.OWNER, None),
    Move(S.EXPIRED, "renew", W.OWNER, S.EXPIRED),
    Move(S.EXPIRED, "hold", W.STAFF, S.HELD),
    Move(S.HELD, "attach", W.OWNER, S.HELD),
    Move(S.HELD, "appeal", W.OWNER, S.SUBMITTED),
    Move(S.HELD, "reopen", W.STAFF, S.SUBMITTED),
    Move(S.REJECTED, "attach", W.OWNER, S.REJECTED),
    Move(S.REJECTED, "appeal", W.OWNER, S.SUBMITTED),
    Move(S.REJECTED, "withdraw", W.OWNER, None),
    Move(S.REJECTED, "reopen", W.STAFF, S.SUBMITTED),
)
# A person has no end, is not taken away like a row, and is suspended, not held.
NOT_OF_A_PERSON = frozenset({"withdraw", "renew", "hold", "attach"})


def standing_of(claim: Claim, on: date, *, is_taken: bool = False) -> Standing:
    if claim.verified_at is not None:
        return _by_date(None if isinstance(claim, Review) else claim.ends_on, on)
    if claim.pending == "submitted" and is_taken:
        return Standing.IN_REVIEW
    return _PENDING[claim.pending]


def verbs(standing: Standing, who: frozenset[Who], *, person: bool) -> frozenset[str]:
    may = {move.verb for move in MOVES if move.standing == standing and move.who in who}
    return frozenset(may - NOT_OF_A_PERSON if person else may)


def notice_due(ends_on: date | None, on: date) -> int | None:
    """The nearest notice whose day has come; none while the end is far or unknown."""
    left = (ends_on - on).days if ends_on else SOON + 1
    if left < 0:
        return 0
    return next((days for days in reversed(NOTICES[:-1]) if left <= days), None)


def _by_date(ends_on: date | None, on: date) -> Standing:
    due = notice_due(ends_on, on)
    if due is None:
        return Standing.VERIFIED
    return Standing.EXPIRING if due else Standing.EXPIRED


_PENDING = {
    "submitted": Standing.SUBMITTED,
    "asked": Standing.ASKED,
    "held": Standing.HELD,
    "rejected": Standing.REJECTED,
}
