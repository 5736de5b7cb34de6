"""Closing an account, coming back within a week, and being forgotten after it."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from network.accounts.actions.sessions import drop_sessions, end_sessions
from network.accounts.actions.staffing import (
    lock_with_administrators,
    refuse_the_last,
)
from network.accounts.actions.tokens import revoke_all
from network.accounts.events import ClosingEvent
from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.recorder import record

GRACE = timedelta(days=7)
WHY = "account closed"


def lock_account(user: User) -> None:
    """Two closings, or a closing and a return, wait for one another here."""
    user.refresh_from_db(from_queryset=User.objects.select_for_update(no_key=True))


@transaction.atomic
def close_account(user: User) -> bool:
    """Whether this call closed it; every session and token ends with it."""
    lock_with_administrators(user)
    if user.is_closing:
        return False
    refuse_the_last(user)
    user.erase_at = timezone.now() + GRACE
    user.save(update_fields=["erase_at"])
    record(Actor.of(user), ClosingEvent.CLOSED, user)
    end_sessions(user, by=Actor.of(user), why=WHY)
    revoke_all(user, by=Actor.of(user), why=WHY)
    return True


@transaction.atomic
def reopen_account(user: User) -> bool:
    lock_account(user)
    if not user.is_closing:
        return False
    user.erase_at = None
    user.save(update_fields=["erase_at"])
    record(Actor.of(user), ClosingEvent.REOPENED, user)
    return True


@transaction.atomic
def erase_account(user: User) -> None:
    """The row and all that hangs on it; the trail keeps the public id alone."""
    record(Actor.system(), ClosingEvent.ERASED, user)
    drop_sessions(user)
    user.delete()
