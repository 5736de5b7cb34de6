"""Who may hold a socket: whoever has a session or a token that opens pages."""

from collections.abc import Collection
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from network.accounts import tokens
from network.accounts.models import ApiToken, User, digest
from network.activity.live.handshake import bearer_of
from network.activity.live.passes import Pass

SESSION, TOKEN = "session", "token"


def admit(request: HttpRequest) -> Pass | None:
    """A token beside a cookie counts alone: it says who is meant."""
    if (token := bearer_of(request)) is not None:
        return _by_token(token)
    return _by_session(request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""))


def still_good(passes: Collection[Pass]) -> set[Pass]:
    """Three questions to the database, for however many."""
    good = _tokens([holder.key for holder in passes if holder.kind == TOKEN])
    good |= _sessions([holder.key for holder in passes if holder.kind == SESSION])
    people = User.objects.filter(
        public_id__in={holder.person for holder in passes}, is_active=True
    )
    proofs = {str(user.public_id): user.get_session_auth_hash() for user in people}
    return {
        holder
        for holder in passes
        if holder.key in good and proofs.get(holder.person) == holder.proof
    }


def _by_token(token: str) -> Pass | None:
    user = tokens.authenticate(token)
    if user is None:
        return None
    return Pass(str(user.public_id), TOKEN, digest(token), user.get_session_auth_hash())


def _by_session(key: str) -> Pass | None:
    session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    user = _user_of(session)
    proof = session.get(HASH_SESSION_KEY, "")
    if user is None or not constant_time_compare(proof, user.get_session_auth_hash()):
        return None
    return Pass(str(user.public_id), SESSION, key, proof)


def _user_of(session: Any) -> User | None:
    known = User.objects.filter(pk=session.get(SESSION_KEY), is_active=True)
    return known.first() if SESSION_KEY in session else None


def _sessions(keys: list[str]) -> set[str]:
    kept = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    return set(kept.values_list("session_key", flat=True)) if keys else set()


def _tokens(digests: list[str]) -> set[str]:
    kept = ApiToken.objects.valid(timezone.now()).filter(digest__in=digests)
    return set(kept.values_list("digest", flat=True)) if digests else set()
