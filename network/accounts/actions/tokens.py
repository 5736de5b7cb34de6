"""Making and revoking personal tokens."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from network.accounts.actions.sessions import cut_sockets
from network.accounts.events import AccountEvent
from network.accounts.models import ApiToken, Scope, User, digest
from network.activity.actors import Actor
from network.activity.recorder import record

PREFIX = "consilium_"
USE_NOTED_EVERY = timedelta(minutes=1)


@transaction.atomic
def make_token(user: User, *, name: str, days: int, scope: str = Scope.READ) -> str:
    """The token itself, which is kept nowhere."""
    token = PREFIX + secrets.token_urlsafe(32)
    kept = ApiToken.objects.create(
        user=user,
        name=name,
        scope=scope,
        digest=digest(token),
        expires_at=timezone.now() + timedelta(days=days),
    )
    record(
        Actor.of(user),
        AccountEvent.TOKEN_MADE,
        kept,
        audience=[user],
        detail={"scope": scope},
    )
    return token


@transaction.atomic
def revoke_token(token: ApiToken, *, by: User) -> None:
    token = ApiToken.objects.select_for_update().get(pk=token.pk)
    if token.revoked_at is not None:
        return
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    cut_sockets(token.user)
    record(Actor.of(by), AccountEvent.TOKEN_REVOKED, token, audience=[token.user])


@transaction.atomic
def revoke_all(user: User, *, by: Actor, why: str) -> None:
    """Whoever changes her password may fear that somebody else knows too much."""
    kept = ApiToken.objects.select_for_update().filter(user=user)
    for token in kept.filter(revoked_at__isnull=True).order_by("pk"):
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        record(by, AccountEvent.TOKEN_REVOKED, token, audience=[user], why=why)
    cut_sockets(user)


def note_use(token: ApiToken) -> None:
    """At most once a minute: a program may ask many times a second."""
    now = timezone.now()
    stale = Q(last_used_at__isnull=True) | Q(last_used_at__lt=now - USE_NOTED_EVERY)
    ApiToken.objects.filter(stale, pk=token.pk).update(last_used_at=now)
