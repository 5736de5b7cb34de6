"""Making accounts from the command line: what an operator vouches for."""

from enum import Enum

from allauth.account.models import EmailAddress
from django.db import transaction

from network.accounts.actions.factors import forget_factors
from network.accounts.actions.tokens import revoke_all
from network.accounts.events import AccountEvent
from network.accounts.models import User
from network.accounts.roles import Role
from network.activity.actors import Actor
from network.activity.recorder import record

OPERATOR = "operator@consilium.invalid"


@transaction.atomic
def open_account(email: str, password: str, why: str = "operator") -> User:
    """With an address that counts as confirmed, since the operator says so."""
    user = User.objects.create_user(email, password)
    EmailAddress.objects.create(
        user=user, email=user.email, verified=True, primary=True
    )
    record(Actor.system(), AccountEvent.SIGNED_UP, user, why=why)
    return user


class Standing(Enum):
    """Of an account the operator names; only a confirmed one keeps its password."""

    NEW = "new"
    CONFIRMED = "confirmed"
    TAKEN_OVER = "taken over"


@transaction.atomic
def take_in(email: str, password: str, why: str = "operator") -> tuple[User, Standing]:
    """The account of an address that the operator, or an invitation, vouches for.

    Whoever signed up with it and never confirmed it may be somebody else.
    """
    found = User.objects.select_for_update().filter(email=email.lower()).first()
    if found is None:
        return open_account(email, password, why), Standing.NEW
    if has_confirmed_address(found):
        return found, Standing.CONFIRMED
    _hand_over(found, password, why)
    return found, Standing.TAKEN_OVER


def has_confirmed_address(user: User) -> bool:
    own = EmailAddress.objects.filter(user=user, email__iexact=user.email)
    return bool(own.filter(verified=True).exists())


def _hand_over(user: User, password: str, why: str) -> None:
    """Nothing of whoever opened it remains; a new password ends every session."""
    user.set_password(password)
    user.save(update_fields=["password"])
    forget_factors(user, by=Actor.system(), why="operator")
    revoke_all(user, by=Actor.system(), why=why)
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(
        user=user, email=user.email, verified=True, primary=True
    )
    for what in (AccountEvent.PASSWORD_CHANGED, AccountEvent.EMAIL_VERIFIED):
        record(Actor.system(), what, user, why=why)


@transaction.atomic
def appoint_staff(user: User, role: Role = Role.ADMINISTRATOR) -> None:
    """From the command line, where nobody is there to appoint the first."""
    user = User.objects.select_for_update().get(pk=user.pk)
    user.roles, user.is_staff = sorted({*user.roles, role.value}), True
    user.save(update_fields=["roles", "is_staff"])
    record(Actor.system(), AccountEvent.STAFF_APPOINTED, user, why="operator")


@transaction.atomic
def the_operator() -> User:
    """In whose name the command line vouches for people: nobody signs in as it."""
    if user := User.objects.filter(email=OPERATOR).first():
        return user
    user = User.objects.create_user(OPERATOR, None)
    appoint_staff(user, Role.VERIFIER)
    return User.objects.get(pk=user.pk)
