"""What people see while the database is away: a calm page, and soon."""

import sys
from collections.abc import Callable

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error

Answer = Callable[[HttpRequest], HttpResponse]
RETRY_AFTER = "5"
WITHOUT_DATABASE = frozenset({"/livez", "/readyz"})
AWAY = (OperationalError, InterfaceError)


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
    if isinstance(sys.exc_info()[1], AWAY):
        return unavailable(request)
    return server_error(request)


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
