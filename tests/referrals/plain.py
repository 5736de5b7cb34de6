"""The machine without a database: plain things that it moves as it moves rows."""

from dataclasses import dataclass, field
from typing import Any

from referrals.machine.moving import apply, facts_of, open_rows, rows_for
from referrals.machine.rules import GUARDS
from referrals.machine.standing import responsible, turn_of
from referrals.machine.table import Row
from referrals.machine.words import (
    LIVE,
    OVER,
    UNANSWERED,
    Kind,
    Mode,
    O,
    Responsible,
    Role,
    S,
    Turn,
)

EVERYBODY = frozenset(Role)
ADDING, MOST = {"shortlist", "widen"}, 4
WRITTEN: dict[str, dict[str, Any]] = {
    "no_show": {"missed_at": True},
    "book": {"missed_at": None},
    "re_engage": {"missed_at": None},
    "reply": {"replied_at": True},
    "note_call": {"replied_at": None},
    "request_cancel": {"cancel_asked_at": True},
    "redirect": {"attempts": 0, "missed_at": None},
}


@dataclass
class PlainOffer:
    state: Any = O.QUEUED
    is_there: bool = True


@dataclass
class PlainReferral:
    kind: Any = Kind.TRANSFER
    mode: Any = Mode.FIRST
    state: Any = S.DRAFT
    paused_from: Any = ""
    attempts: Any = 0
    cancel_asked_at: Any = None
    missed_at: Any = None
    outcome: str = ""
    offers: list[PlainOffer] = field(default_factory=list)
    replied_at: Any = None

    def ways(self, facts: set[str]) -> list[tuple[Row, PlainOffer | None]]:
        """All that somebody could do now."""
        known = facts | facts_of(self)
        found: list[tuple[Row, PlainOffer | None]] = [
            (row, None)
            for row in open_rows(rows_for(EVERYBODY, self), known)
            if row.verb not in ADDING or len(self.offers) < MOST
        ]
        for offer in self.offers:
            rows = rows_for(EVERYBODY, self, offer)
            found += [(row, offer) for row in open_rows(rows, known)]
        return found

    def go(self, row: Row, offer: PlainOffer | None = None) -> None:
        """With what the actions write beside the states."""
        if row.verb in ADDING:
            self.offers.append(PlainOffer(is_there=len(self.offers) % 3 < 2))
        apply(row, self, self.offers, offer, may_be_asked=lambda one: one.is_there)
        for name, value in WRITTEN.get(row.verb, {}).items():
            setattr(self, name, value)
        if row.verb == "log_attempt":
            self.attempts += 1
        if row.to == S.CLOSED:
            arrived = "not_arrived" not in row.guards
            self.outcome = "engaged" if arrived else "not_a_fit"


def faults(one: PlainReferral) -> list[str]:
    """What may never be."""
    states = [offer.state for offer in one.offers]
    chosen = states.count(O.SELECTED)
    after = {S.PLACED, S.HANDED_OVER, S.CONTACTING, S.SCHEDULED, S.ENGAGED}
    turn = turn_of(one, one.offers)
    who = responsible(one.kind, one.state, one.outcome)
    arrived = one.state in {S.ENGAGED, S.CLOSED}
    said = {
        "more than one is chosen": chosen > 1,
        "placed with nobody": one.state in after and chosen != 1,
        "chosen before it is placed": chosen and one.state not in after | {S.CLOSED},
        "others live on": chosen and len(LIVE.intersection(states)) > 1,
        "somebody is still asked": one.state in OVER
        and bool((LIVE - {O.SELECTED}).intersection(states)),
        "nobody has the turn": (turn == Turn.NOBODY) != (one.state in OVER),
        "the colleague is responsible too soon": who != Responsible.SENDER
        and not arrived,
        "two are asked at once in sequence": one.mode == Mode.SEQUENCE
        and sum(state in UNANSWERED for state in states) > 1,
        "in line behind nobody": (one.mode, one.state) == (Mode.SEQUENCE, S.OPEN)
        and not (LIVE - {O.QUEUED}).intersection(states),
        "asked of nobody": one.state == S.OPEN and not LIVE.intersection(states),
        "paused from nowhere": (one.state == S.PAUSED) != bool(one.paused_from),
    }
    return [fault for fault, is_so in said.items() if is_so]


WORLD = frozenset(GUARDS)
