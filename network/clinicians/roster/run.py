"""A whole member list from a file, in batches, with bytes and problems told on the way.

Memory is bounded by the batch; a kill between two batches leaves whole batches, and
running the file again completes it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from django.db import reset_queries

from network.accounts.models import User
from network.clinicians.actions.roster import store_entries
from network.clinicians.roster.entry import Entry, Problem
from network.clinicians.roster.lines import objects
from network.clinicians.roster.reading import read_entry

BATCH = 500


@dataclass
class Outcome:
    """What has become of the lines so far."""

    created: int = 0
    updated: int = 0
    rejected: int = 0

    @property
    def lines(self) -> int:
        return self.created + self.updated + self.rejected


def import_roster(
    file: BinaryIO,
    *,
    vouched_by: User | None,
    dry_run: bool,
    tell: Callable[[list[Problem]], None],
    show: Callable[[int, int], None],
) -> Outcome:
    """Tells the problems batch by batch; shows bytes read and lines done."""
    outcome = Outcome()
    problems: list[Problem] = []
    for batch in batches(entries(file, problems, outcome)):
        stored = store_entries(batch, vouched_by=vouched_by, dry_run=dry_run)
        outcome.created += stored.created
        outcome.updated += stored.updated
        problems += stored.problems
        tell(sorted(problems, key=lambda problem: problem.line))
        problems.clear()
        reset_queries()  # which Django keeps where DEBUG is on
        show(file.tell(), outcome.lines)
    tell(problems)
    return outcome


def entries(
    file: BinaryIO, problems: list[Problem], outcome: Outcome
) -> Iterator[Entry]:
    for line, said in objects(file):
        note = partial(_note, problems, line)
        if isinstance(said, str):
            note("", said)
        elif entry := read_entry(said, line, note):
            yield entry
            continue
        outcome.rejected += 1


def batches(entries: Iterator[Entry]) -> Iterator[list[Entry]]:
    """Full ones; a person who comes twice begins a new one, so the later line wins."""
    batch: list[Entry] = []
    seen: set[tuple[str, ...]] = set()
    for entry in entries:
        if len(batch) == BATCH or seen & entry.keys:
            yield batch
            batch, seen = [], set()
        batch.append(entry)
        seen |= entry.keys
    if batch:
        yield batch


def _note(problems: list[Problem], line: int, path: str, reason: str) -> None:
    problems.append(Problem(line, path, reason))
