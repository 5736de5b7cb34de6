"""What staff may do to a person: one line each, with who is told."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.internal import flows
from django import forms
from django.http import HttpRequest

from home.actions import signing_in
from home.staff.forms import (
    HoldForm,
    ReinstatementForm,
    RolesForm,
    SuspensionForm,
    WhyForm,
)
from home.staff.people import Person
from messaging.actions.holds import hold_person
from network.accounts.actions import staffing
from network.accounts.models import User
from network.accounts.permissions import allowed, powers
from network.clinicians.actions.reports import lift_suspension, suspend_at_once
from network.clinicians.permissions import allowed as allowed_of_profile

Said = Mapping[str, Any]
Do = Callable[[HttpRequest, Person, User, Said], object]


@dataclass(frozen=True)
class Act:
    slug: str
    verb: str
    label: str
    lead: str
    form: type[forms.Form]
    do: Do
    kind: str = ""


def acts(staff: User, person: Person) -> Iterator[Act]:
    """Those that she may do now."""
    may: frozenset[str] = frozenset()
    if person.user:
        may |= allowed(staff, person.user)
    if person.clinician:
        may |= allowed_of_profile(staff, person.clinician) - {"see", "verify"}
    if person.clinician and person.clinician.user_id != staff.pk:
        may |= powers(staff) & {"hold"}
    yield from (act for act in ACTS if act.verb in may)


def _suspend(_: HttpRequest, person: Person, by: User, said: Said) -> None:
    assert person.clinician  # noqa: S101 allowed says so
    suspend_at_once(person.clinician, by=by, **said)


def _reinstate(_: HttpRequest, person: Person, by: User, said: Said) -> None:
    assert person.clinician  # noqa: S101 allowed says so
    lift_suspension(person.clinician, by=by, **said)


def _hold(_: HttpRequest, person: Person, by: User, said: Said) -> None:
    assert person.clinician  # noqa: S101 allowed says so
    hold_person(person.clinician, by=by, **said)


def _mail_a_reset(request: HttpRequest, person: Person, by: User, said: Said) -> None:
    """The same mail that she would get by asking for it herself."""
    user = _user(person)
    staffing.note_password_reset(user, by=by, **said)
    flows.password_reset.request_password_reset(
        request, user.email, [user], default_token_generator
    )


def _of_sign_in(action: Callable[..., object]) -> Do:
    def do(_: HttpRequest, person: Person, by: User, said: Said) -> None:
        action(_user(person), by=by, **said)

    return do


def _user(person: Person) -> User:
    assert person.user  # noqa: S101 allowed says so
    return person.user


ACTS = (
    Act(
        "suspension",
        "suspend",
        "Suspend the profile",
        "At once, by you alone: for when waiting for a second moderator would do harm. "
        "Colleagues do not find the person any more, who is told and may appeal; "
        "somebody else judges the appeal.",
        SuspensionForm,
        _suspend,
        "danger",
    ),
    Act(
        "reinstatement",
        "reinstate",
        "Reinstate the profile",
        "Colleagues find the person again. The person is told.",
        ReinstatementForm,
        _reinstate,
    ),
    Act(
        "hold",
        "hold",
        "Set a legal hold",
        "Nothing of any conversation in which the person is, was or will be is "
        "destroyed while it stands, and the account is not erased. You read nothing of "
        "it. Somebody else of the staff lifts it.",
        HoldForm,
        _hold,
    ),
    Act(
        "reset",
        "start a password reset",
        "Mail a password reset",
        "The same mail that anybody can ask for at the sign-in. Nobody of the staff "
        "sees or chooses a password, and the second factor stays.",
        WhyForm,
        _mail_a_reset,
    ),
    Act(
        "factors",
        "forget factors",
        "Take away the second factors",
        "For somebody who has lost every passkey, app and recovery code. Make sure "
        "first, face to face or by a call to a number you knew before, that it is the "
        "person: afterwards the password alone signs in, to set up a new one. Every "
        "session ends, and the person is told by mail.",
        WhyForm,
        _of_sign_in(staffing.forget_factors_of),
        "danger",
    ),
    Act(
        "sessions",
        "end sessions",
        "End all sessions",
        "Wherever the person is signed in, the next page asks to sign in again.",
        WhyForm,
        _of_sign_in(staffing.end_sessions_of),
    ),
    Act(
        "roles",
        "appoint",
        "Change the roles",
        "What the person may do as staff from now on. The person is told.",
        RolesForm,
        _of_sign_in(staffing.give_roles),
    ),
    Act(
        "deactivation",
        "deactivate",
        "Deactivate the sign-in",
        "Every session and token ends at once, and nobody signs in with this address "
        "until you open it again. Until then no search finds the person.",
        WhyForm,
        _of_sign_in(signing_in.deactivate),
        "danger",
    ),
    Act(
        "reactivation",
        "reactivate",
        "Open the sign-in again",
        "The person may sign in again, as before. No session or token comes back.",
        WhyForm,
        _of_sign_in(signing_in.reactivate),
    ),
)
