"""docs/referrals.md, from the table: `python -m referrals.machine.printed`."""

import sys
from collections.abc import Iterable, Iterator

from referrals.machine.clocks import ANSWER_WITHIN, AT_STATE, DAYS
from referrals.machine.rules import EFFECTS, GUARDS, SETTLING
from referrals.machine.standing import OFFER_TURNS, TURNS
from referrals.machine.table import TABLE, Row
from referrals.machine.words import OfferState, Role, State, Turn

HEAD = """\
# Referrals

A referral is one client's way to a colleague; each colleague who is asked has an offer
of her own. This page is printed from `referrals/machine/`: the same table decides what
a button may do, moves the rows, and is walked at random by the tests.

A step is one transaction: it locks the referral, then its offers; checks who acts, from
which state, by which version of it, and the guards; changes; and records one event. A
step that comes twice under one key is done once. What was seen in an older version is
refused with a 409.

A colleague reads what the client needs while her offer lives, and no longer. She reads
who the client is if and only if her offer is chosen and a consent in force names her.
"""


def printed() -> str:
    parts = [
        HEAD,
        "## States of a referral\n",
        _table(("state", "says", "whose turn", "clock"), _states()),
        "\nIn `open` it is the sender’s turn while a question waits for her, and the"
        " supervisor’s when only a supervisor is awaited; in `choosing` the client’s"
        " where the client chooses, until a reply other than a choice; in `contacting`"
        " the sender’s after three failed attempts or a missed appointment.\n",
        "## States of an offer\n",
        _table(("state", "says", "whose turn"), _offer_states()),
        "\n## Steps\n",
        _table(("step", "by", "from", "to", "if", "with it"), map(_row, TABLE)),
        "\nWhat follows by itself after every step:\n",
        *(f"- {rule}" for rule in SETTLING),
        "\n## Guards\n",
        *(f"- `{name}`: {said}." for name, said in GUARDS.items()),
        "\n## Effects\n",
        *(f"- `{name}`: {said}." for name, said in EFFECTS.items()),
        "\n## Clocks\n",
        *(f"- {line}" for line in _clocks()),
    ]
    return "\n".join(parts) + "\n"


def _states() -> Iterator[tuple[str, ...]]:
    for state in State:
        clocks = ", ".join(kind.label.lower() for kind in AT_STATE.get(state, ()))
        turn = Turn(TURNS[state])
        yield f"`{state.value}`", state.label, turn.value, clocks or "none"


def _offer_states() -> Iterator[tuple[str, ...]]:
    for state in OfferState:
        turn = OFFER_TURNS.get(state, Turn.NOBODY)
        yield f"`{state.value}`", state.label, turn.value


def _row(row: Row) -> tuple[str, ...]:
    who = [role.value for role in Role if role in row.who]
    at = [state.value for state in State if state in row.at]
    of = [state.value for state in OfferState if state in row.of]
    to = [row.to.value] if row.to else []
    return (
        f"`{row.verb}`",
        " or ".join(who),
        _from(at, of),
        "; ".join([*to, *([f"offer {row.then.value}"] if row.then else [])]) or "stays",
        ", ".join(f"`{name}`" for name in row.guards),
        ", ".join(f"`{name}`" for name in row.effects),
    )


def _from(at: list[str], of: list[str]) -> str:
    return ", ".join(at) + (f"; offer {', '.join(of)}" if of else "")


def _clocks() -> Iterator[str]:
    for urgency, span in ANSWER_WITHIN.items():
        yield f"{urgency.label}: an answer {span.words}."
    yield (
        "When that time is over the colleague is reminded and the sender is told; after"
        " twice that time the offer ends, and in sequence the next is asked. A question"
        " stops the clock, and its answer begins it anew."
    )
    yield (
        "A draft that colleagues have seen once is not purged: its sender is reminded."
    )
    for clock, days in DAYS.items():
        yield f"{clock.label}: after {days} days."


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(
        f"| {' | '.join(cell or '–' for cell in line)} |" for line in lines
    )


if __name__ == "__main__":
    sys.stdout.write(printed())
