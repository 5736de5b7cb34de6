"""What signing in, up and out leaves in the trail; allauth does the rest."""

from allauth.account.models import EmailAddress
from django.db import transaction

from network.accounts.events import AccountEvent
from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.recorder import record
from network.privacy.keys import ring


@transaction.atomic
def note_sign_up(user: User) -> None:
    record(Actor.of(user), AccountEvent.SIGNED_UP, user)


@transaction.atomic
def note_sign_in(user: User) -> None:
    record(Actor.of(user), AccountEvent.SIGNED_IN, user)


@transaction.atomic
def note_failed_sign_in(email: str) -> None:
    """Known or not, an address leaves its keyed hash, never itself."""
    email = email.strip().lower()
    record(
        Actor.system(),
        AccountEvent.SIGN_IN_FAILED,
        User.objects.filter(email=email).first() or User,
        detail={"address": ring().keyed_hash(email, "sign-in address")},
    )


@transaction.atomic
def note_sign_out(user: User) -> None:
    record(Actor.of(user), AccountEvent.SIGNED_OUT, user)


@transaction.atomic
def note_verified_email(address: EmailAddress) -> None:
    record(Actor.of(address.user), AccountEvent.EMAIL_VERIFIED, address.user)


@transaction.atomic
def change_password(user: User, password: str) -> None:
    user.set_password(password)
    user.save(update_fields=["password"])
    record(Actor.of(user), AccountEvent.PASSWORD_CHANGED, user)
