"""What the ring has sealed beside the encrypted fields: factors and sessions."""

import hashlib
from collections.abc import Iterator
from functools import partial

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet

from network.accounts.mfa import place_of
from network.accounts.sealed_sessions import place_of as place_of_session
from network.privacy.keys import Unreadable, ring
from network.privacy.sealed import Box, Holding, in_batches, key_id

SECRETS = ("secret", "seed")


def _with_secrets() -> QuerySet[Authenticator]:
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)
    rows: QuerySet[Authenticator] = Authenticator.objects.filter(type__in=kinds)
    return rows


def _sealed(row: Authenticator) -> dict[str, str]:
    return {name: row.data[name] for name in SECRETS if name in row.data}


def _factors() -> Iterator[Box]:
    for batch in in_batches(_with_secrets()):
        for row in batch:
            for text in _sealed(row).values():
                opening = partial(ring().open, text, place_of(row.user_id))
                yield Box(str(row.pk), key_id(text), opening)


def _reseal_factors() -> Iterator[int]:
    for batch in in_batches(_with_secrets()):
        if count := sum(_reseal_factor(row.pk) for row in batch):
            yield count


@transaction.atomic
def _reseal_factor(key: int) -> bool:
    row = Authenticator.objects.select_for_update().filter(pk=key).first()
    stale = {
        name: _sealed_anew(text, place_of(row.user_id))
        for name, text in (_sealed(row) if row else {}).items()
        if not text.startswith(ring().prefix)
    }
    if row and stale:
        row.data |= stale
        row.save(update_fields=["data"])
    return bool(stale)


def _sessions() -> Iterator[Box]:
    for batch in in_batches(Session.objects.all()):
        for row in batch:
            text, place = row.session_data, place_of_session(row.session_key)
            yield Box(_name(row), key_id(text), partial(ring().open, text, place))


def _name(row: Session) -> str:
    """Whoever knows a session's id is in it."""
    return hashlib.sha256(row.session_key.encode()).hexdigest()[:12]


def _reseal_sessions() -> Iterator[int]:
    """Nobody is signed out. What does not open is nobody's, and stays so."""
    for batch in in_batches(Session.objects.all()):
        if count := sum(_reseal_session(row.pk) for row in batch):
            yield count


@transaction.atomic
def _reseal_session(key: str) -> bool:
    row = Session.objects.select_for_update().filter(pk=key).first()
    if row is None or row.session_data.startswith(ring().prefix):
        return False
    try:
        row.session_data = _sealed_anew(row.session_data, place_of_session(key))
    except Unreadable:
        return False
    row.save(update_fields=["session_data"])
    return True


def _sealed_anew(text: str, place: str) -> str:
    return ring().seal(ring().open(text, place), place)


HELD = (
    Holding("mfa_authenticator", ("data",), _factors, _reseal_factors),
    Holding("django_session", ("session_data",), _sessions, _reseal_sessions),
)
