"""The table, read as data and walked at random."""

import random
from collections import Counter

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from config.servers import ROOT
from referrals.machine import moving
from referrals.machine.printed import printed
from referrals.machine.rules import EFFECTS, GUARDS
from referrals.machine.standing import OFFER_TURNS, TURNS
from referrals.machine.table import TABLE, VERBS
from referrals.machine.words import (
    LIVE,
    OVER,
    SUB_REASONS,
    Kind,
    Mode,
    OfferState,
    State,
    SubReason,
)
from tests.referrals.plain import WORLD, PlainReferral, faults

STEPS = 100_000
# Rarer in the walk, so that it gets anywhere.
BACK = {"edit", "redirect", "retract", "withdraw", "close", "expire", "decline"}
BACK |= {"erase", "leave", "recuse", "renege", "lapse", "expire_offer"}


def test_the_document_is_printed_from_the_table() -> None:
    assert (ROOT / "docs" / "referrals.md").read_text() == printed()


def test_every_guard_and_every_effect_is_explained_and_used() -> None:
    assert {name for row in TABLE for name in row.guards} == GUARDS.keys()
    assert {name for row in TABLE for name in row.effects} == EFFECTS.keys()


def test_every_effect_is_done() -> None:
    """All but one, which an action does: it begins another referral."""
    done = {*moving.MOVES, "send_queued", "pause", "resume"}

    assert EFFECTS.keys() - done == {"again"}
    assert done <= EFFECTS.keys()


def test_every_state_has_its_turn() -> None:
    assert TURNS.keys() == set(State)
    assert OFFER_TURNS.keys() == LIVE - {OfferState.SELECTED}


def test_every_state_can_be_reached_and_left() -> None:
    reached = {row.to for row in TABLE} | {State.DRAFT}
    left = {state for row in TABLE for state in row.at if row.verb != "reopen"}

    assert reached - {None} == set(State)
    assert set(State) - left == OVER - {State.CLOSED}


def test_what_is_over_stays_as_it_is() -> None:
    assert {row.to for row in TABLE if row.at & OVER} == {None}


def test_the_finer_reasons_belong_to_the_seven() -> None:
    finer = [one for several in SUB_REASONS.values() for one in several]

    assert len(SUB_REASONS) == 7
    assert sorted(finer) == sorted(SubReason)


def test_a_hundred_thousand_steps_hold_every_invariant() -> None:
    """Any order, by anybody, whatever the world says to the guards."""
    dice = random.Random(5)  # noqa: S311 a walk, no secret
    worlds = [
        {one for one in WORLD_OUTSIDE if dice.random() < 0.9} | {"client_kept"}
        for _ in range(99)
    ]
    walked: Counter[str] = Counter()
    one = PlainReferral(state=State.CLOSED)
    for _ in range(STEPS):
        if one.state in OVER and dice.random() < 0.5:
            one = PlainReferral(dice.choice(list(Kind)), dice.choice(list(Mode)))
        ways = one.ways(dice.choice(worlds))
        weights = [1 if row.verb in BACK else 30 for row, _ in ways]
        row, offer = dice.choices(ways, weights)[0]
        one.go(row, offer)
        walked[row.verb] += 1
        assert faults(one) == [], (row.verb, one)

    assert set(walked) == set(VERBS)


WORLD_OUTSIDE = sorted(
    WORLD
    - moving.facts_of(PlainReferral())
    - {"cancel_asked", "missed", "together", "collected", "attempts_spent", "alongside"}
)


class Walk(RuleBasedStateMachine):
    """The same with a shrinking walker: it finds the shortest way to a fault."""

    @initialize(kind=st.sampled_from(Kind), mode=st.sampled_from(Mode))
    def begin(self, kind: Kind, mode: Mode) -> None:
        self.one = PlainReferral(kind, mode)

    @precondition(lambda self: self.one.ways(set(WORLD_OUTSIDE)))
    @rule(choice=st.integers(0, 999), facts=st.sets(st.sampled_from(WORLD_OUTSIDE)))
    def step(self, choice: int, facts: set[str]) -> None:
        ways = self.one.ways(set(WORLD_OUTSIDE) - facts)
        if ways:
            self.one.go(*ways[choice % len(ways)])

    @invariant()
    def nothing_is_wrong(self) -> None:
        if hasattr(self, "one"):
            assert faults(self.one) == []


TestWalk = Walk.TestCase
TestWalk.settings = settings(
    max_examples=100,
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def test_a_planted_fault_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the closing of the others two could be chosen."""
    monkeypatch.setattr(moving, "_move", lambda *_: None)

    with pytest.raises(AssertionError, match="somebody is still asked"):
        test_a_hundred_thousand_steps_hold_every_invariant()
