"""The table of consents: every row leads on, every end is an end."""

from network.clients.consents.machine import STEPS, Role, State, verbs_for
from tests.architecture.sources import ROOT

ENDS = {State.EXPIRED, State.DECLINED, State.REVOKED}


def test_nothing_leads_out_of_an_end() -> None:
    assert {step.state for step in STEPS} == set(State) - ENDS


def test_every_state_can_be_reached() -> None:
    reached = {State.DRAFT}
    for _ in State:
        reached |= {step.leads_to for step in STEPS if step.state in reached}

    assert reached == set(State)


def test_whatever_was_signed_can_be_taken_back_by_either() -> None:
    for state in (State.SIGNED, State.ACTIVE, State.EXPIRING):
        assert "revoke" in verbs_for(Role.PARTY, state) & verbs_for(Role.OWNER, state)


def test_nobody_else_may_do_anything() -> None:
    assert not any(verbs_for(None, state) for state in State)


def test_the_documents_have_every_row() -> None:
    told = (ROOT / "docs/permissions.md").read_text()

    for step in STEPS:
        rows = [
            line
            for line in told.splitlines()
            if line.startswith(f"| {step.verb} |") and f"| {step.leads_to} |" in line
        ]
        assert len(rows) == 1, step
        assert step.state in rows[0]
        assert step.guard is None or step.guard in rows[0]
        assert all(role in rows[0] for role in step.roles)
