"""Who may hold a socket: whoever has a session or a token that opens pages."""

from collections.abc import Collection, Iterator
from functools import lru_cache

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from network.accounts import tokens
from network.accounts.idling import BEGAN, LAST_STEP, seconds_left
from network.accounts.models import ApiToken, Scope, User, digest
from network.accounts.sealed_sessions import SessionStore
from network.accounts.second_factor import is_past_the_gate
from network.activity.live.handshake import bearer_of
from network.activity.live.passes import Pass

SESSION, TOKEN = "session", "token"


def admit(request: HttpRequest) -> Pass | None:
    """A token beside a cookie counts alone: it says who is meant."""
    if (token := bearer_of(request)) is not None:
        return _by_token(token)
    return _by_session(request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""))


def may_hold(session: SessionBase, user: User) -> bool:
    """No half sign-in, none that is over, nobody who has not agreed or is leaving."""
    is_in = is_past_the_gate(session, user) and seconds_left(session) > 0
    return is_in and user.agreed_to != "" and not user.is_closing


def still_good(passes: Collection[Pass]) -> set[Pass]:
    """Three questions to the database, for however many."""
    return {
        *_with_tokens([holder for holder in passes if holder.kind == TOKEN]),
        *_with_sessions([holder for holder in passes if holder.kind == SESSION]),
    }


def _by_token(token: str) -> Pass | None:
    known = tokens.valid_token(token)
    if known is None:
        return None
    may_write = known.allows(Scope.WRITE)
    person = str(known.user.public_id)
    return Pass(person, TOKEN, digest(token), may_write=may_write)


def _by_session(key: str) -> Pass | None:
    session = SessionStore(key)
    if SESSION_KEY not in session:
        return None
    user = User.objects.filter(pk=session[SESSION_KEY], is_active=True).first()
    proof = session.get(HASH_SESSION_KEY, "")
    if user is None or not constant_time_compare(proof, user.get_session_auth_hash()):
        return None
    if not may_hold(session, user):
        return None
    return Pass(str(user.public_id), SESSION, key, proof)


def _with_tokens(passes: Collection[Pass]) -> Iterator[Pass]:
    digests = [holder.key for holder in passes]
    kept = ApiToken.objects.valid(timezone.now()).filter(digest__in=digests)
    good = set(kept.values_list("digest", flat=True)) if passes else set()
    return (holder for holder in passes if holder.key in good)


def _with_sessions(passes: Collection[Pass]) -> Iterator[Pass]:
    """The proof is what a new password or one word for all sessions changes."""
    if not passes:
        return
    alive = set(_alive([holder.key for holder in passes]))
    people = {holder.person for holder in passes}
    known = User.objects.filter(public_id__in=people, is_active=True)
    proofs = {str(user.public_id): user.get_session_auth_hash() for user in known}
    for holder in passes:
        if holder.key in alive and proofs.get(holder.person) == holder.proof:
            yield holder


def _alive(keys: list[str]) -> Iterator[str]:
    kept = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    for key, data in kept.values_list("session_key", "session_data"):
        if seconds_left(_clock(key, data)) > 0:
            yield key


@lru_cache(20_000)
def _clock(key: str, data: str) -> SessionBase:
    """Of what a session holds, when it began and when its owner did something last."""
    held = SessionStore(key).decode(data)
    clock = SessionStore()
    for name in {BEGAN, LAST_STEP} & held.keys():
        clock[name] = held[name]
    return clock
