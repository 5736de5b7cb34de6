"""Member lists for the tests: lines of JSON, and what becomes of them."""

import io
import json
from typing import Any

from network.accounts.models import User
from network.clinicians.models import Clinician
from network.clinicians.roster.entry import Problem
from network.clinicians.roster.run import Outcome, import_roster

MINIMAL = {"name": "Rowan Test", "profession": "psychologist"}


def imported(
    *said: object, vouched_by: User | None = None, dry_run: bool = False
) -> tuple[Outcome, list[str]]:
    """What was made of some lines, and the problems in words."""
    told: list[Problem] = []
    outcome = import_roster(
        io.BytesIO("\n".join(json.dumps(line) for line in said).encode()),
        vouched_by=vouched_by,
        dry_run=dry_run,
        tell=told.extend,
        show=lambda done, count: None,
    )
    return outcome, [str(problem) for problem in told]


def one_imported(vouched_by: User | None = None, **said: Any) -> Clinician:
    """The person whom a line with these keys makes."""
    _, problems = imported(
        {**MINIMAL, "external_id": "m-1", **said}, vouched_by=vouched_by
    )
    assert problems == []
    return Clinician.objects.with_profile().get(external_id="m-1")
