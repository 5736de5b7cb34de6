"""What a change of a profile costs, and what it leaves behind for the searches."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from statistics import median

from django.db import transaction

from benches.crowd import SEED, TODAY, Somebody
from benches.goals import Goal
from benches.load import superuser
from benches.timing import interleaved, percentile, seconds
from benches.town import Town
from network.clinicians.matching.belongings import Chance
from network.clinicians.matching.listing import write
from network.clinicians.matching.profile import Profile

EDITS, TIMED = 10_000, 300


def edits(town: Town) -> Iterator[Goal]:
    with superuser() as database:
        database.execute(
            "ALTER TABLE clinicians_listing SET (autovacuum_enabled = off)"
        )
    lot = random.Random(SEED + 4)  # noqa: S311 the same edits again, not a secret
    opening = [_edit(_opens(lot, town)) for _ in range(TIMED)]
    skill = [_edit(_learns(lot, town)) for _ in range(TIMED)]
    yield _shown("opens", "an opening changed for good, p50", 1000 * median(opening), 1)
    yield _shown("learns", "a skill changed for good, p50", 1000 * median(skill), 3)

    before = _p95(town)
    for _ in range(EDITS):
        _committed(_learns(lot, town))
    ratio = _p95(town) / before
    what = f"search p95 after {EDITS} edits, to before"
    yield Goal("edited", what, round(ratio, 2), 1.5, "x", ratio <= 1.5)


def _edit(profile: Profile) -> float:
    return seconds(lambda: _committed(profile))


@transaction.atomic
def _committed(profile: Profile) -> None:
    """Both tables in one transaction, as an action has it."""
    write([profile])


def _opens(lot: random.Random, town: Town) -> Profile:
    profile = _anybody(lot, town).profile
    slots = lot.sample(["mon-morning", "tue-evening", "sat-morning"], 2)
    starts = TODAY + timedelta(days=lot.randint(1, 30))
    return replace(profile, openings=[Chance(slots, 1, starts, TODAY)])


def _learns(lot: random.Random, town: Town) -> Profile:
    profile = _anybody(lot, town).profile
    known = {**profile.depths["approaches"], "aedp": "trained", "gestalt": "interest"}
    return replace(profile, depths={**profile.depths, "approaches": known})


def _anybody(lot: random.Random, town: Town) -> Somebody:
    return lot.choice(town.people)


def _p95(town: Town) -> float:
    times = interleaved(town.needs, {"search": town.rank}, best=3)
    return percentile(times["search"], 0.95)


def _shown(name: str, what: str, milliseconds: float, goal: float) -> Goal:
    return Goal(name, what, round(milliseconds, 3), goal, "ms", ok=True)
