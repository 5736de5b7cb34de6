"""A session ends when nobody takes a step in it, and at the end of a day's work.

Only what a person does keeps it alive: whatever the page asks by itself is marked
`passive`, or sends the header `X-Passive`.
"""

import time
from collections.abc import Callable
from math import ceil
from typing import Any, TypeVar, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse

from network.accounts.actions.sessions import lapse_session, note_seen
from network.accounts.models import User
from network.activity.requests import UserRequest

View = TypeVar("View", bound=Callable[..., HttpResponse])
BEGAN, LAST_STEP = "began_at", "last_step_at"
# A step within a minute of the last one is not written down.
GRAIN = 60
SAID = {
    "idle": "You were signed out, because nothing happened for a while.",
    "long": "You were signed out: a session lasts for a day's work at most.",
}


def passive(view: View) -> View:
    """What a page asks by itself keeps nobody signed in."""
    view.is_passive = True  # type: ignore[attr-defined]
    return view


def middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def answer(request: HttpRequest) -> HttpResponse:
        over = _over(request)
        if over:
            lapse_session(cast(UserRequest, request), why=over)
            messages.info(request, SAID[over])
        response = get_response(request)
        if over:
            response["Clear-Site-Data"] = '"cache", "storage"'
        return response

    def process_view(request: HttpRequest, view: Any, *_: object) -> None:
        passive = getattr(view, "is_passive", False) or "X-Passive" in request.headers
        if not passive and isinstance(request.user, User):
            _step(cast(UserRequest, request))

    answer.process_view = process_view  # type: ignore[attr-defined]
    return answer


def seconds_left(session: SessionBase) -> int:
    """None only when it is over: a page that left sooner would take a step in it."""
    now = time.time()
    idle = session.get(LAST_STEP, now) + settings.SESSION_IDLE_SECONDS
    whole = session.get(BEGAN, now) + settings.SESSION_COOKIE_AGE
    left: float = min(idle, whole) - now
    return ceil(round(left, 2))


def _over(request: HttpRequest) -> str:
    session, now = request.session, time.time()
    if not isinstance(request.user, User):
        return ""
    if now - session.get(BEGAN, now) >= settings.SESSION_COOKIE_AGE:
        return "long"
    idle = now - session.get(LAST_STEP, now) >= settings.SESSION_IDLE_SECONDS
    return "idle" if idle else ""


def _step(request: UserRequest) -> None:
    session, now = request.session, time.time()
    session.setdefault(BEGAN, now)
    if now - session.get(LAST_STEP, 0) >= GRAIN:
        session[LAST_STEP] = now
        note_seen(request)
