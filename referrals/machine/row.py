"""What a row of the table says."""

from dataclasses import dataclass

from referrals.machine.words import OfferState, Role, State

Guards = tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """One way to go. Without `to` the state stays; `of` are the states of the offer
    that it is about, and `then` is where that goes.
    """

    verb: str
    who: frozenset[Role]
    at: frozenset[State]
    to: State | None = None
    of: frozenset[OfferState] = frozenset()
    then: OfferState | None = None
    guards: Guards = ()
    effects: tuple[str, ...] = ()


def states(*words: State) -> frozenset[State]:
    return frozenset(words)


def offers(*words: OfferState) -> frozenset[OfferState]:
    return frozenset(words)


SENDER = frozenset({Role.SENDER})
RECEIVER = frozenset({Role.RECEIVER})
SUPERVISOR = frozenset({Role.SUPERVISOR})
CLIENT = frozenset({Role.CLIENT})
CHOOSER = SENDER | CLIENT
SYSTEM = frozenset({Role.SYSTEM})
