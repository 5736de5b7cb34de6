"""Who may hold a socket: whoever has a session or a token that opens pages."""

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import QuerySet
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
# What is asked of a person at the door.
ASKED = ("public_id", "password", "session_epoch", "agreed_to", "erase_at")
# Asked of every socket all the time: what the ORM makes of it takes five times as long.
HELD = """
SELECT session.session_key, owner.public_id::text,
    session.session_data, owner.password, owner.session_epoch
FROM unnest(%s::text[], %s::uuid[]) AS held (key, person)
JOIN django_session session
ON session.session_key = held.key AND session.expire_date > %s
JOIN accounts_user owner ON owner.public_id = held.person AND owner.is_active
"""


class Knock(NamedTuple):
    kind: str
    key: str


def knock_of(request: HttpRequest) -> Knock | None:
    """A token beside a cookie counts alone: it says who is meant. What no session can
    be called is not asked for: one of many must not spoil the question.
    """
    if (token := bearer_of(request)) is not None:
        return Knock(TOKEN, digest(token))
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    return Knock(SESSION, key) if key.isascii() and key.isalnum() else None


def admit(knocks: Collection[Knock]) -> dict[Knock, Pass]:
    """A few questions to the database, for however many."""
    return {
        Knock(holder.kind, holder.key): holder
        for holder in (
            *_by_tokens([knock.key for knock in knocks if knock.kind == TOKEN]),
            *_by_sessions([knock.key for knock in knocks if knock.kind == SESSION]),
        )
    }


def may_hold(session: SessionBase, user: User) -> bool:
    """No half sign-in, none that is over, nobody who has not agreed or is leaving."""
    is_in = is_past_the_gate(session, user) and seconds_left(session) > 0
    return is_in and user.agreed_to != "" and not user.is_closing


def still_good(passes: Collection[Pass]) -> set[Pass]:
    """Two questions to the database, for however many."""
    return {
        *_with_tokens([holder for holder in passes if holder.kind == TOKEN]),
        *_with_sessions([holder for holder in passes if holder.kind == SESSION]),
    }


def _by_tokens(digests: Collection[str]) -> Iterator[Pass]:
    for known in tokens.valid_tokens(digests) if digests else ():
        may_write = known.allows(Scope.WRITE)
        person = str(known.user.public_id)
        yield Pass(person, TOKEN, known.digest, may_write=may_write)


def _by_sessions(keys: Collection[str]) -> Iterator[Pass]:
    rows = _rows(keys) if keys else ()
    sessions = {key: _holding(SessionStore(key).decode(data)) for key, data in rows}
    people = {held[SESSION_KEY] for held in sessions.values() if SESSION_KEY in held}
    known = {str(user.pk): user for user in _active().filter(pk__in=people)}
    for key, session in sessions.items():
        user = known.get(session.get(SESSION_KEY, ""))
        if user and _is_of(session, user) and may_hold(session, user):
            proof = session[HASH_SESSION_KEY]
            yield Pass(str(user.public_id), SESSION, key, proof)


def _is_of(session: SessionBase, user: User) -> bool:
    proof = session.get(HASH_SESSION_KEY, "")
    return constant_time_compare(proof, user.get_session_auth_hash())


def _active() -> QuerySet[User]:
    return User.objects.filter(is_active=True).only(*ASKED)


def _rows(keys: Collection[str]) -> Iterable[tuple[str, str]]:
    kept = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    return kept.values_list("session_key", "session_data")


def _with_tokens(passes: Collection[Pass]) -> Iterator[Pass]:
    digests = [holder.key for holder in passes]
    kept = ApiToken.objects.valid(timezone.now()).filter(digest__in=digests)
    good = set(kept.values_list("digest", flat=True)) if passes else set()
    return (holder for holder in passes if holder.key in good)


def _with_sessions(passes: Collection[Pass]) -> Iterator[Pass]:
    """The proof is what a new password or one word for all sessions changes."""
    if not passes:
        return
    keys = [holder.key for holder in passes]
    people = [holder.person for holder in passes]
    with connection.cursor() as cursor:
        cursor.execute(HELD, [keys, people, timezone.now()])
        rows = {(key, person): rest for key, person, *rest in cursor.fetchall()}
    for holder in passes:
        kept = rows.get((holder.key, holder.person))
        if kept and _holds(holder, *kept):
            yield holder


def _holds(holder: Pass, data: str, password: str, session_epoch: int) -> bool:
    is_same = _proof(password, session_epoch) == holder.proof
    return is_same and seconds_left(_clock(holder.key, data)) > 0


@lru_cache(20_000)
def _proof(password: str, session_epoch: int) -> str:
    owner = User(password=password, session_epoch=session_epoch)
    return owner.get_session_auth_hash()


@lru_cache(20_000)
def _clock(key: str, data: str) -> SessionBase:
    """Of what a session holds, when it began and when its owner did something last."""
    held = SessionStore(key).decode(data)
    return _holding({name: held[name] for name in {BEGAN, LAST_STEP} & held.keys()})


def _holding(held: dict[str, Any]) -> SessionBase:
    session = SessionStore()
    session.update(held)
    return session
