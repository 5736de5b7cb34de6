"""What may become of a supervision, and by whom: a row for each step."""

from dataclasses import dataclass
from enum import StrEnum

from network.clinicians.models import Clinician, Supervision

State = Supervision.State


class Role(StrEnum):
    ASSOCIATE = "associate"
    SUPERVISOR = "supervisor"


@dataclass(frozen=True)
class Step:
    verb: str
    state: State
    roles: frozenset[Role]
    leads_to: State


SUPERVISOR = frozenset([Role.SUPERVISOR])
ASSOCIATE = frozenset([Role.ASSOCIATE])
STEPS = (
    Step("confirm", State.ASKED, SUPERVISOR, State.CONFIRMED),
    Step("decline", State.ASKED, SUPERVISOR, State.ENDED),
    Step("withdraw", State.ASKED, ASSOCIATE, State.ENDED),
    Step("limit", State.CONFIRMED, SUPERVISOR, State.CONFIRMED),
    Step("end", State.CONFIRMED, SUPERVISOR | ASSOCIATE, State.ENDED),
)


def role_of(clinician: Clinician, supervision: Supervision) -> Role | None:
    if clinician.pk == supervision.supervisor_id:
        return Role.SUPERVISOR
    return Role.ASSOCIATE if clinician.pk == supervision.associate_id else None


def steps_for(role: Role | None, state: str) -> frozenset[str]:
    return frozenset(
        step.verb for step in STEPS if step.state == state and role in step.roles
    )


def after(verb: str, state: str) -> State:
    return next(
        step.leads_to for step in STEPS if (step.verb, step.state) == (verb, state)
    )
