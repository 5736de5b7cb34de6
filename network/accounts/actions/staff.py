"""Making accounts from the command line: what an operator vouches for."""

from allauth.account.models import EmailAddress
from django.db import transaction

from network.accounts.events import AccountEvent
from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.recorder import record

OPERATOR = "operator@consilium.invalid"


@transaction.atomic
def open_account(email: str, password: str) -> User:
    """With an address that counts as confirmed, since the operator says so."""
    user = User.objects.create_user(email, password)
    EmailAddress.objects.create(
        user=user, email=user.email, verified=True, primary=True
    )
    record(Actor.system(), AccountEvent.SIGNED_UP, user, why="operator")
    return user


@transaction.atomic
def appoint_staff(user: User) -> None:
    """From the command line only: staff make no staff."""
    user = User.objects.select_for_update().get(pk=user.pk)
    user.is_staff = True
    user.save(update_fields=["is_staff"])
    record(Actor.system(), AccountEvent.STAFF_APPOINTED, user, why="operator")


@transaction.atomic
def the_operator() -> User:
    """In whose name the command line vouches for people: nobody signs in as it."""
    if user := User.objects.filter(email=OPERATOR).first():
        return user
    user = User.objects.create_user(OPERATOR, None)
    appoint_staff(user)
    return User.objects.get(pk=user.pk)
