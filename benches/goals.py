"""What a benchmark says: one line a goal, measured beside what was asked."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Goal:
    id: str
    what: str
    measured: float
    goal: float
    unit: str
    ok: bool


def report(bench: str, size: int, goals: Sequence[Goal], *, as_json: bool) -> int:
    """Prints the goals; the exit code is 1 when any is short."""
    if as_json:
        answer = {"bench": bench, "size": size, "goals": [asdict(g) for g in goals]}
        sys.stdout.write(json.dumps(answer) + "\n")
    else:
        sys.stdout.writelines(_line(goal) for goal in goals)
    return 0 if all(goal.ok for goal in goals) else 1


def _line(goal: Goal) -> str:
    verdict = "ok" if goal.ok else "short"
    numbers = f"{goal.measured:.4g} {goal.unit} (goal {goal.goal:.4g})"
    return f"{goal.id:<6} {goal.what:<56} {numbers:<32} {verdict}\n"
