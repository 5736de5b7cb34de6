"""What people see while the database is away: a calm page, and soon."""

import sys
from collections.abc import Callable

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error
from psycopg.errors import DeadlockDetected, QueryCanceled, SerializationFailure

Answer = Callable[[HttpRequest], HttpResponse]
RETRY_AFTER = "5"
WITHOUT_DATABASE = frozenset({"/livez", "/readyz"})
AWAY = (OperationalError, InterfaceError)
# The database is there, and gave up one statement: that is a fault of ours.
THERE = (DeadlockDetected, QueryCanceled, SerializationFailure)


def calm(get_response: Answer) -> Answer:
    """See first whether the database is there: every page needs it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path not in WITHOUT_DATABASE:
            try:
                connection.ensure_connection()
            except AWAY:
                return unavailable(request)
        return get_response(request)

    return middleware


def failed(request: HttpRequest) -> HttpResponse:
    """The handler of what went wrong: the database may have left in the middle."""
    if is_away(sys.exc_info()[1]):
        return unavailable(request)
    return server_error(request)


def is_away(error: BaseException | None) -> bool:
    return isinstance(error, AWAY) and not isinstance(error.__cause__, THERE)


def unavailable(request: HttpRequest) -> HttpResponse:
    response: HttpResponse
    if request.path.startswith("/api/"):
        error = {"path": "", "code": "unavailable", "message": "Try again in a moment."}
        response = JsonResponse({"errors": [error]}, status=503)
    else:
        response = HttpResponse(render_to_string("503.html"), status=503)
    response["Retry-After"] = RETRY_AFTER
    response["Cache-Control"] = "no-store"
    return response
