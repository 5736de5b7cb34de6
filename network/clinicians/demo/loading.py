"""Puts the invented into a network; again, it changes nothing that people did."""

import io
import json
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Max
from django.utils import timezone

from network.accounts.actions.agreements import accept_agreements
from network.accounts.actions.staff import appoint_staff, open_account
from network.accounts.models import User
from network.clinicians.actions.membership import admit_member
from network.clinicians.demo.cast import CAST, PASSWORD, STAFF, Role, lines
from network.clinicians.demo.peers import introduce
from network.clinicians.demo.people import people
from network.clinicians.demo.registry import enter
from network.clinicians.models import Opening
from network.clinicians.roster.entry import Problem
from network.clinicians.roster.run import import_roster

FRESH = timedelta(days=3)


class DemoError(Exception):
    """The demonstration's own data does not resolve."""


def load() -> None:
    today = timezone.localdate()
    staff = _staff()
    enter(today)
    if new := [role for role in CAST if not _is_known(role)]:
        join(new, today, staff)
        introduce()
    if not _is_fresh(today):
        _import(people(today), staff)


def join(roles: Sequence[Role], today: date, staff: User) -> None:
    """A later version may bring somebody more: the others stay as they are."""
    _import(lines(roles, today), staff)
    for role in roles:
        admit_member(_account(role.email), name=role.name, profession="other")


def _is_known(role: Role) -> bool:
    return User.objects.filter(email=role.email).exists()


def _staff() -> User:
    if user := User.objects.filter(email=STAFF.email).first():
        return user
    appoint_staff(_account(STAFF.email))
    return User.objects.get(email=STAFF.email)


def _account(email: str) -> User:
    user = User.objects.filter(email=email).first() or open_account(email, PASSWORD)
    accept_agreements(user)
    return user


def _is_fresh(today: date) -> bool:
    """Openings of last month would say that nobody has room."""
    invented = Opening.objects.filter(clinician__external_id__startswith="demo-")
    last: date | None = invented.aggregate(last=Max("confirmed_on"))["last"]
    return last is not None and today - last <= FRESH


def _import(said: Iterable[dict[str, Any]], staff: User) -> None:
    problems: list[Problem] = []
    import_roster(
        io.BytesIO("\n".join(map(json.dumps, said)).encode()),
        vouched_by=staff,
        dry_run=False,
        tell=problems.extend,
        show=lambda done, count: None,
    )
    if problems:
        raise DemoError("; ".join(map(str, problems[:5])))
