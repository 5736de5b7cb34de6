"""Who may open a socket: a handshake is read as the request that it is."""

from collections.abc import Mapping
from http import HTTPStatus
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest

from network.activity.live.protocol import SUBPROTOCOL

ADDRESS = "/live/"
SCHEMES = {"ws": "http", "wss": "https"}


def request_of(scope: Mapping[str, Any]) -> HttpRequest:
    scheme = SCHEMES.get(scope["scheme"], scope["scheme"])
    asked = {**scope, "type": "http", "method": "GET", "scheme": scheme}
    return ASGIRequest(asked, BytesIO())


def refusal(request: HttpRequest, offered: list[str]) -> HTTPStatus | None:
    """Before anybody asks who it is."""
    if request.path != ADDRESS:
        return HTTPStatus.NOT_FOUND
    if SUBPROTOCOL not in offered:
        return HTTPStatus.BAD_REQUEST
    if settings.SECURE_SSL_REDIRECT and not request.is_secure():
        return HTTPStatus.FORBIDDEN
    if not _comes_from_here(request):
        return HTTPStatus.FORBIDDEN
    return None if _own_origin(request) else HTTPStatus.BAD_REQUEST


def _comes_from_here(request: HttpRequest) -> bool:
    """The whole origin, as it stands: scheme, host and port. A program with a token
    need not say one; a browser always does, and its cookie comes along unasked.
    """
    origin = request.META.get("HTTP_ORIGIN")
    if origin is None:
        return bearer_of(request) is not None
    return origin == _own_origin(request) or origin in settings.CSRF_TRUSTED_ORIGINS


def bearer_of(request: HttpRequest) -> str | None:
    scheme, _, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def _own_origin(request: HttpRequest) -> str | None:
    """Nothing where she asks for a site of another name."""
    try:
        return f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return None
