"""What signing in, up and out leaves in the trail; allauth does the rest."""

from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.db import transaction

from network.accounts.actions.sessions import drop_sessions
from network.accounts.actions.tokens import revoke_all
from network.accounts.events import AccountEvent
from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.context import origin
from network.activity.recorder import record
from network.privacy.keys import ring


@transaction.atomic
def note_sign_up(user: User) -> None:
    record(Actor.of(user), AccountEvent.SIGNED_UP, user)


@transaction.atomic
def note_sign_in(user: User, *, by: str) -> None:
    """By which ways: a password, a code, a passkey."""
    record(Actor.of(user), AccountEvent.SIGNED_IN, user, detail={"by": by})


@transaction.atomic
def note_failed_sign_in(email: str) -> None:
    """Known or not, an address leaves its keyed hash, never itself."""
    record(
        Actor.system(),
        AccountEvent.SIGN_IN_FAILED,
        User.objects.filter(email=email.strip().lower()).first() or User,
        detail={"address": _hash_of(email)},
    )


@transaction.atomic
def note_held_back(email: str) -> None:
    """Once a minute from one neighbourhood: else the door would flood the trail."""
    if not cache.add(f"held-back-{origin().where}", True, 60):
        return
    record(
        Actor.system(),
        AccountEvent.SIGN_IN_HELD_BACK,
        User.objects.filter(email=email.strip().lower()).first() or User,
        detail={"address": _hash_of(email)},
    )


def _hash_of(email: str) -> str:
    return ring().keyed_hash(email.strip().lower(), "sign-in address")


@transaction.atomic
def sign_out(user: User) -> None:
    """Here and on every other device: whoever leaves has left."""
    drop_sessions(user)
    record(Actor.of(user), AccountEvent.SIGNED_OUT, user)


@transaction.atomic
def note_verified_email(address: EmailAddress) -> None:
    record(Actor.of(address.user), AccountEvent.EMAIL_VERIFIED, address.user)


@transaction.atomic
def change_password(user: User, password: str) -> None:
    user.set_password(password)
    user.save(update_fields=["password"])
    drop_sessions(user)
    record(Actor.of(user), AccountEvent.PASSWORD_CHANGED, user)
    revoke_all(user, by=Actor.of(user), why="password changed")
