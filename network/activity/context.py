"""Where a request comes from, for whoever records what it does."""

from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse

KEPT_BITS = {4: 24, 6: 48}


@dataclass(frozen=True)
class Origin:
    where: str = ""
    request_id: str = ""


_origin: ContextVar[Origin] = ContextVar("origin", default=Origin())  # noqa: B039 frozen


def origin() -> Origin:
    """Of the current request; empty in commands and tasks."""
    return _origin.get()


def middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Stands after the request id has been given and before any view."""

    def answer(request: HttpRequest) -> HttpResponse:
        token = _origin.set(Origin(truncated(_address(request)), _request_id()))
        try:
            return get_response(request)
        finally:
            _origin.reset(token)

    return answer


def truncated(address: str) -> str:
    """The neighbourhood of an address, not the person: /24, or /48 of IPv6."""
    with suppress(ValueError):
        bits = KEPT_BITS[ip_address(address).version]
        return str(ip_network(f"{address}/{bits}", strict=False))
    return ""


def _address(request: HttpRequest) -> str:
    """Only as many forwarding proxies are believed as the settings name."""
    if proxies := settings.TRUSTED_PROXY_COUNT:
        hops = request.headers.get("X-Forwarded-For", "").split(",")
        return hops[-proxies].strip() if len(hops) >= proxies else ""
    return str(request.META.get("REMOTE_ADDR", ""))


def _request_id() -> str:
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))[:64]
