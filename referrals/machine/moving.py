"""From a row of the table to the new states, of plain things as of saved rows."""

from collections.abc import (
    Callable,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from itertools import islice
from typing import Any, Protocol

from referrals.machine.table import TABLE, Row
from referrals.machine.words import (
    ASKING,
    COLLECTING,
    LIVE,
    UNANSWERED,
    Kind,
    Mode,
    O,
    Role,
    S,
)

ATTEMPTS = 3
# What becomes of all offers but the one that a step is about.
MOVES: Mapping[str, tuple[tuple[frozenset[O], O], ...]] = {
    "close_others": ((LIVE, O.NOT_SELECTED),),
    "retract": ((LIVE, O.RETRACTED),),
    "retract_open": ((LIVE - {O.SELECTED}, O.RETRACTED),),
    "release": ((frozenset({O.SELECTED}), O.RELEASED), (LIVE, O.RETRACTED)),
}


class Offered(Protocol):
    state: Any


MayBeAsked = Callable[[Any], bool]


class Referred(Protocol):
    state: Any
    paused_from: Any
    kind: Any
    mode: Any
    attempts: Any
    cancel_asked_at: Any
    missed_at: Any
    replied_at: Any


def facts_of(referral: Referred) -> set[str]:
    """What the referral itself says; the other guards ask the world."""
    left = referral.attempts < ATTEMPTS
    return {
        "attempts_left" if left else "attempts_spent",
        "collected" if referral.mode in COLLECTING else "first",
        "transfer" if referral.kind == Kind.TRANSFER else "alongside",
        "cancel_asked" if referral.cancel_asked_at else "cancel_not_asked",
        *(["together"] if referral.mode != Mode.SEQUENCE else []),
        *(["missed"] if referral.missed_at else []),
        *(["replied"] if referral.replied_at else []),
    }


def rows_for(
    roles: Collection[Role],
    referral: Referred,
    offer: Offered | None = None,
    verb: str | None = None,
) -> Iterator[Row]:
    """By who acts and by the states, whatever the guards will say."""
    for row in TABLE:
        if referral.state not in row.at or verb not in {None, row.verb}:
            continue
        if _is_about(row, offer) and row.who.intersection(roles):
            yield row


def _is_about(row: Row, offer: Offered | None) -> bool:
    return not row.of if offer is None else offer.state in row.of


def open_rows(rows: Iterable[Row], facts: Collection[str]) -> list[Row]:
    return [row for row in rows if set(row.guards) <= set(facts)]


def apply(
    row: Row,
    referral: Referred,
    offers: Sequence[Offered],
    offer: Offered | None = None,
    *,
    may_be_asked: MayBeAsked,
) -> None:
    """Changes states and nothing else; `offers` are all of them, in their order.
    `may_be_asked`: of those in line, when it comes to them.
    """
    if offer is not None and row.then is not None:
        offer.state = row.then
    others = [one for one in offers if one is not offer]
    for effect in row.effects:
        _do(effect, referral, others)
    if row.to is not None:
        referral.state = row.to
    if referral.state != S.PAUSED:
        referral.paused_from = ""
    _settle(referral, offers, may_be_asked)


def _do(effect: str, referral: Referred, others: Sequence[Offered]) -> None:
    if effect == "send_queued" and referral.mode != Mode.SEQUENCE:
        _move(others, {O.QUEUED}, O.SENT)
    elif effect == "pause":
        referral.paused_from = referral.state
    elif effect == "resume":
        referral.state = referral.paused_from
    for where, to in MOVES.get(effect, ()):
        _move(others, where, to)


def _move(offers: Iterable[Offered], where: Collection[O], to: O) -> None:
    for one in offers:
        if one.state in where:
            one.state = to


def _settle(
    referral: Referred, offers: Sequence[Offered], may_be_asked: MayBeAsked
) -> None:
    """What follows by itself; see SETTLING."""
    if referral.state == S.WAITING and not _any(offers, {O.WAITLISTED}):
        referral.state = S.OPEN
    if referral.state == S.CHOOSING and not _any(offers, {O.ACCEPTED}):
        referral.state = S.OPEN
    if referral.state not in ASKING:
        return
    left = LIVE
    if referral.mode == Mode.SEQUENCE:
        _ask_next(offers, may_be_asked)
        left = LIVE - {O.QUEUED}
    if not _any(offers, left):
        referral.state = S.READY


def _ask_next(offers: Sequence[Offered], may_be_asked: MayBeAsked) -> None:
    """Who may not be asked at the moment keeps her place, and is passed over."""
    if _any(offers, UNANSWERED | {O.ACCEPTED}):
        return
    line = (one for one in offers if one.state == O.QUEUED and may_be_asked(one))
    for one in islice(line, 1):
        one.state = O.SENT


def _any(offers: Iterable[Offered], states: Collection[O]) -> bool:
    return any(one.state in states for one in offers)
