"""To which addresses a push may go: those of known services, and not inwards."""

import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

from django.conf import settings

HTTPS = 443
# What a name server can be asked for; of anything else the asking itself fails.
NAME = re.compile(r"([a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}")


class ClosedAddressError(Exception):
    """Of a host that is not known, or that leads inwards."""


@dataclass(frozen=True)
class Service:
    """Where one browser's pushes are handed in, as its maker has it."""

    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        return f"https://{self.place}"

    @property
    def place(self) -> str:
        return self.host if self.port == HTTPS else f"{self.host}:{self.port}"

    @property
    def is_inner(self) -> bool:
        """Named by whoever runs the site: it may stand in their own network."""
        return self.place in settings.PUSH_INNER_HOSTS

    @property
    def is_known(self) -> bool:
        known = settings.PUSH_HOSTS
        return self.is_inner or any(fnmatchcase(self.place, host) for host in known)


def service_of(endpoint: str) -> Service:
    """What a browser said is taken apart here: nothing of it is trusted."""
    try:
        parts = urlsplit(endpoint)
        host, port = (parts.hostname or ""), parts.port or HTTPS
    except ValueError:
        raise ClosedAddressError from None
    service = Service(host, port, f"{parts.path or '/'}?{parts.query}".rstrip("?"))
    is_plain = endpoint.isascii() and parts.username is None and parts.password is None
    if not NAME.fullmatch(host):
        raise ClosedAddressError
    if parts.scheme != "https" or not is_plain or not service.is_known:
        raise ClosedAddressError
    return service


def address_of(service: Service) -> str:
    """Looked up once, and that very address is then called: no second answer counts."""
    found = list(_addresses(service))
    if not found or not (service.is_inner or all(map(_is_public, found))):
        raise ClosedAddressError
    return str(found[0])


def _addresses(service: Service) -> Iterator[IPv4Address | IPv6Address]:
    known = socket.getaddrinfo(service.host, service.port, type=socket.SOCK_STREAM)
    for *_, (address, *_) in known:
        yield ip_address(str(address).partition("%")[0])


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    """An IPv4 address in the clothes of the other kind is looked at as what it is."""
    inner = getattr(address, "ipv4_mapped", None) or address
    return bool(inner.is_global and not inner.is_multicast)
