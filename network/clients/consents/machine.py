"""What may become of a consent, by whom, and when: a row for each step."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from network.clients.consents import is_agreed
from network.clients.models import Consent

State = Consent.State
ENDS_SOON = timedelta(days=14)


class Role(StrEnum):
    OWNER = "owner"
    PARTY = "party"
    CLOCK = "clock"


class Guard(StrEnum):
    """What has to be so, in the words of the documents."""

    SOMEBODY_MISSING = "somebody has still to sign"
    NOBODY_MISSING = "everybody has signed"
    BEGUN = "its first day has come"
    ENDS_SOON = "fourteen days are left"
    OVER = "its last day is over"


@dataclass(frozen=True)
class Step:
    verb: str
    state: State
    roles: frozenset[Role]
    leads_to: State
    guard: Guard | None = None


OWNER = frozenset([Role.OWNER])
EITHER = frozenset([Role.OWNER, Role.PARTY])
CLOCK = frozenset([Role.CLOCK])


def _from(
    verb: str, states: Iterable[State], roles: frozenset[Role], to: State, *guard: Guard
) -> tuple[Step, ...]:
    only = guard[0] if guard else None
    return tuple(Step(verb, state, roles, to, only) for state in states)


SIGNED = (State.SIGNED, State.ACTIVE, State.EXPIRING)
STEPS = (
    Step("offer", State.DRAFT, OWNER, State.OFFERED),
    Step("sign", State.OFFERED, EITHER, State.OFFERED, Guard.SOMEBODY_MISSING),
    Step("sign", State.OFFERED, EITHER, State.SIGNED, Guard.NOBODY_MISSING),
    Step("decline", State.OFFERED, EITHER, State.DECLINED),
    *_from("revoke", (State.OFFERED, *SIGNED), EITHER, State.REVOKED),
    *_from("lapse", (State.OFFERED, *SIGNED), CLOCK, State.EXPIRED, Guard.OVER),
    Step("begin", State.SIGNED, CLOCK, State.ACTIVE, Guard.BEGUN),
    Step("near the end", State.ACTIVE, CLOCK, State.EXPIRING, Guard.ENDS_SOON),
)
GUARDS: dict[Guard, Callable[[Consent, date], bool]] = {
    Guard.SOMEBODY_MISSING: lambda consent, _: not is_agreed(consent),
    Guard.NOBODY_MISSING: lambda consent, _: is_agreed(consent),
    Guard.BEGUN: lambda consent, today: consent.valid_from <= today,
    Guard.ENDS_SOON: lambda consent, today: consent.expires_on - today <= ENDS_SOON,
    Guard.OVER: lambda consent, today: consent.expires_on <= today,
}


def verbs_for(role: Role | None, state: str) -> frozenset[str]:
    return frozenset(
        step.verb for step in STEPS if step.state == state and role in step.roles
    )


def after(verb: str, consent: Consent, today: date) -> State:
    """Where it leads to, by the first row whose guard holds."""
    return next(
        step.leads_to
        for step in STEPS
        if (step.verb, step.state) == (verb, consent.state)
        and _holds(step, consent, today)
    )


def due(consent: Consent, today: date) -> Step | None:
    """What the clock does with it next, if anything."""
    return next(
        (
            step
            for step in STEPS
            if Role.CLOCK in step.roles
            and step.state == consent.state
            and _holds(step, consent, today)
        ),
        None,
    )


def _holds(step: Step, consent: Consent, today: date) -> bool:
    return step.guard is None or GUARDS[step.guard](consent, today)
