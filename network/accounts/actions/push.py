"""Letting a browser be told that there is news, telling it, and ending that."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.db import transaction

from network.accounts.events import PushEvent
from network.accounts.models import PushSubscription, User, digest
from network.accounts.push.sending import Outcome, send
from network.activity.actors import Actor
from network.activity.recorder import record


@transaction.atomic
def switch_on(
    session: UserSession, details: dict[str, Any], *, by: User
) -> PushSubscription:
    """A browser has one, and belongs to whoever was signed in to it last."""
    session = UserSession.objects.select_for_update().get(pk=session.pk)
    if session.user_id != by.pk:
        raise PermissionDenied("another's browser")
    known = digest(details["endpoint"])
    PushSubscription.objects.filter(digest=known).delete()
    PushSubscription.objects.filter(session=session).delete()
    subscription = PushSubscription(session=session, digest=known)
    subscription.details = details
    subscription.save(force_insert=True)

    record(Actor.of(by), PushEvent.SWITCHED_ON, by)
    return subscription


@transaction.atomic
def switch_off(subscription: PushSubscription, *, by: User) -> None:
    if subscription.session.user_id != by.pk:
        raise PermissionDenied("another's browser")
    subscription.delete()
    record(Actor.of(by), PushEvent.SWITCHED_OFF, by)


@transaction.atomic
def drop(subscription: PushSubscription) -> None:
    """Its push service knows it no more."""
    subscription.delete()
    record(
        Actor.system(), PushEvent.SWITCHED_OFF, subscription.session.user, why="gone"
    )


def tell(person: User, tag: str) -> bool:
    """All of her browsers; False when one of them should be asked again later."""
    hers = PushSubscription.objects.visible_to(person).alive()
    outcomes = [_tell(subscription, tag) for subscription in hers]
    return Outcome.LATER not in outcomes


def _tell(subscription: PushSubscription, tag: str) -> Outcome:
    outcome = send(subscription.details, tag)
    if outcome is Outcome.GONE:
        drop(subscription)
    return outcome
