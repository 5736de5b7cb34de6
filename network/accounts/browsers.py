"""Where somebody is signed in, in words that she can recognise."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from network.accounts.models import User

# The first that is found counts: Edge calls itself Chrome too, and Chrome Safari.
PROGRAMS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox|FxiOS", "Firefox"),
    ("Chrome|CriOS", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class Browser:
    session: UserSession
    is_here: bool

    @property
    def name(self) -> str:
        agent = self.session.user_agent
        return f"{_first(PROGRAMS, agent)} on {_first(SYSTEMS, agent)}"


def browsers_of(user: User, *, here: str) -> Iterator[Browser]:
    """This one first, then the one that was used last."""
    alive = Session.objects.filter(expire_date__gt=timezone.now())
    kept = UserSession.objects.filter(
        user=user, session_key__in=alive.values("session_key")
    )
    newest = kept.order_by("-last_seen_at")
    for session in sorted(newest, key=lambda one: one.session_key != here):
        yield Browser(session, is_here=session.session_key == here)


def _first(known: tuple[tuple[str, str], ...], agent: str) -> str:
    found = (name for sign, name in known if re.search(sign, agent))
    return next(found, "an unknown device" if known is SYSTEMS else "A browser")
