"""What staff do about sign-ins: never without a reason, never unseen."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from network.accounts.actions.factors import forget_factors
from network.accounts.actions.sessions import end_sessions
from network.accounts.actions.tokens import revoke_all
from network.accounts.events import StaffEvent
from network.accounts.models import User
from network.accounts.permissions import administers, require
from network.accounts.roles import Role
from network.activity.actors import Actor
from network.activity.recorder import record


class LastAdministratorError(Exception):
    """Nobody would be left who could appoint anybody."""


@transaction.atomic
def open_account_as_staff(person: User, *, by: User, why: str) -> None:
    require("open", by, person)
    record(Actor.staff(by), StaffEvent.OPENED, person, why=why)


@transaction.atomic
def give_roles(person: User, roles: Iterable[str], *, by: User, why: str) -> None:
    """All she shall have from now on; none, and she is no staff any more."""
    lock_with_administrators(person, by)
    require("appoint", by, person)
    wanted = [role.value for role in Role if role in set(roles)]
    if Role.ADMINISTRATOR not in wanted:
        refuse_the_last(person)

    person.roles, person.is_staff = wanted, bool(wanted)
    person.save(update_fields=["roles", "is_staff"])

    record(
        Actor.staff(by),
        StaffEvent.ROLES_CHANGED,
        person,
        notify=[person],
        why=why,
        detail={"roles": " ".join(wanted)},
    )


@transaction.atomic
def deactivate(person: User, *, by: User, why: str) -> None:
    """At once: every session and token ends with it, and none comes back."""
    lock_with_administrators(person, by)
    require("deactivate", by, person)

    person.is_active = False
    person.save(update_fields=["is_active"])
    end_sessions(person, by=Actor.staff(by), why=why)
    revoke_all(person, by=Actor.staff(by), why=why)

    record(Actor.staff(by), StaffEvent.DEACTIVATED, person, why=why)


@transaction.atomic
def reactivate(person: User, *, by: User, why: str) -> None:
    lock_with_administrators(person, by)
    require("reactivate", by, person)
    person.is_active = True
    person.save(update_fields=["is_active"])
    record(Actor.staff(by), StaffEvent.REACTIVATED, person, notify=[person], why=why)


@transaction.atomic
def end_sessions_of(person: User, *, by: User, why: str) -> None:
    lock_with_administrators(person, by)
    require("end sessions", by, person)
    end_sessions(person, by=Actor.staff(by), why=why)


@transaction.atomic
def note_password_reset(person: User, *, by: User, why: str) -> None:
    """The mail goes to her; nobody of the staff ever sees or chooses a password."""
    require("start a password reset", by, person)
    record(Actor.staff(by), StaffEvent.RESET_STARTED, person, why=why)


@transaction.atomic
def forget_factors_of(person: User, *, by: User, why: str) -> None:
    """She has lost them all, and somebody is sure that it is she."""
    lock_with_administrators(person, by)
    require("forget factors", by, person)
    forget_factors(person, by=Actor.staff(by), why=why)
    record(
        Actor.staff(by),
        StaffEvent.FACTORS_FORGOTTEN,
        person,
        notify=[person],
        why=why,
    )


def lock_with_administrators(*people: User) -> None:
    """Always all administrators, in one order: two who dismiss each other queue."""
    concerned = Q(roles__contains=[Role.ADMINISTRATOR])
    concerned |= Q(pk__in=[one.pk for one in people])
    rows = User.objects.select_for_update(no_key=True).filter(concerned)
    list(rows.order_by("pk"))
    for one in people:
        one.refresh_from_db()


def refuse_the_last(person: User) -> None:
    """Whoever is about to leave will appoint nobody either."""
    others = User.objects.exclude(pk=person.pk).filter(
        is_active=True, erase_at=None, roles__contains=[Role.ADMINISTRATOR]
    )
    if administers(person) and not others.exists():
        raise LastAdministratorError
