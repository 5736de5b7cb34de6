"""Sessions end at once: what a signed-in browser may do hangs on one number."""

from functools import partial

from allauth.usersessions.models import UserSession
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from network.accounts.events import SessionEvent
from network.accounts.models import User
from network.activity import live
from network.activity.actors import Actor
from network.activity.recorder import record
from network.activity.requests import UserRequest


@transaction.atomic
def end_sessions(user: User, *, by: Actor | None = None, why: str = "") -> None:
    """Every one of them, at once: the next request of each is a stranger's."""
    drop_sessions(user)
    record(by or Actor.system(), SessionEvent.ALL_ENDED, user, why=why)


@transaction.atomic
def end_other_sessions(request: UserRequest, *, why: str = "") -> None:
    """All but the one in which she asks for it, whose id is new afterwards."""
    user = request.user
    drop_sessions(user, but=request.session.session_key or "")
    renew_session(request)
    record(Actor.of(user), SessionEvent.OTHERS_ENDED, user, why=why)


@transaction.atomic
def end_session(session: UserSession, *, by: User) -> None:
    """One browser that she knows, or rather does not."""
    session.end()
    cut_sockets(session.user)
    record(Actor.of(by), SessionEvent.ENDED, session.user, audience=[session.user])


@transaction.atomic
def lapse_session(request: UserRequest, *, why: str) -> None:
    """The one of this request: too long without a step, or too long at all."""
    record(Actor.system(), SessionEvent.LAPSED, request.user, why=why)
    UserSession.objects.filter(session_key=request.session.session_key).delete()
    cut_sockets(request.user)
    logout(request)


def drop_sessions(user: User, *, but: str = "") -> None:
    """Raises the number that every session has a hash of, and forgets their rows."""
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db(fields=["session_epoch"])
    known = UserSession.objects.filter(user=user).exclude(session_key=but)
    keys = list(known.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    known.delete()
    cut_sockets(user)


def cut_sockets(user: User) -> None:
    """Those to which she has no right any more: as a whole, or in some room."""
    transaction.on_commit(partial(live.recheck, [user]))


@transaction.atomic
def renew_session(request: UserRequest) -> None:
    """A new id for the same session: whoever knew the old one knows nothing."""
    before = request.session.session_key
    update_session_auth_hash(request, request.user)
    UserSession.objects.filter(session_key=before).update(
        session_key=request.session.session_key
    )
    UserSession.objects.create_from_request(request)


def note_seen(request: UserRequest) -> None:
    """At most once a minute: the middleware counts."""
    UserSession.objects.filter(session_key=request.session.session_key).update(
        last_seen_at=timezone.now()
    )


@transaction.atomic
def purge_spent_sessions() -> None:
    """Also the limits that hold no more, which are kept in the cache."""
    SessionStore.clear_expired()
    alive = Session.objects.values("session_key")
    UserSession.objects.exclude(session_key__in=alive).delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cache WHERE expires < %s", [timezone.now()])
