"""One push to one browser: sealed for it alone, signed, and handed to its service."""

import json
import ssl
import time
from enum import Enum
from typing import Any
from urllib.parse import urlsplit

import structlog
from django.conf import settings

from network.accounts.push.services import (
    ClosedAddressError,
    Service,
    address_of,
    service_of,
)

# All that is ever said: the tag tells the browser which page to open, and no more.
TEXT = "You have a new message"
PATIENCE = 5.0
HOURS_KEPT = 4
TAKEN, GONE, BUSY = {200, 201, 202, 204}, {404, 410}, {408, 429}
log = structlog.get_logger(__name__)


class Outcome(Enum):
    TAKEN = "taken"
    GONE = "gone"
    LATER = "later"
    REFUSED = "refused"


def send(details: dict[str, Any], tag: str) -> Outcome:
    try:
        service = service_of(details["endpoint"])
        status = _hand_in(service, address_of(service), details, tag)
    except ClosedAddressError:
        log.warning("push_address_closed")
        return Outcome.REFUSED
    except OSError as failure:
        log.warning("push_not_sent", kind=type(failure).__name__)
        return Outcome.LATER
    return _outcome(status)


def _outcome(status: int) -> Outcome:
    if status in TAKEN:
        return Outcome.TAKEN
    log.warning("push_not_taken", status=status)
    if status in GONE:
        return Outcome.GONE
    is_passing = status in BUSY or status >= 500
    return Outcome.LATER if is_passing else Outcome.REFUSED


def _hand_in(service: Service, address: str, details: dict[str, Any], tag: str) -> int:
    """To the address that was looked at, under the name; led nowhere else."""
    # Half a second of loading that only whoever sends a push should wait for.
    from urllib3 import HTTPSConnectionPool, Timeout  # noqa: PLC0415
    from urllib3.exceptions import HTTPError  # noqa: PLC0415

    pool = HTTPSConnectionPool(
        address,
        service.port,
        timeout=Timeout(PATIENCE),
        retries=False,
        ssl_context=ssl.create_default_context(),
        server_hostname=service.host,
        assert_hostname=service.host,
    )
    headers = {**_signed(service), "Host": service.place}
    try:
        answer = pool.request(
            "POST",
            service.path,
            body=_sealed(details, tag),
            headers=headers,
            redirect=False,
            preload_content=False,
        )
        return int(answer.status)
    except HTTPError as failure:
        raise ConnectionError(type(failure).__name__) from None
    finally:
        pool.close()


def _sealed(details: dict[str, Any], tag: str) -> bytes:
    """Only the browser has the key: its service carries what it cannot read."""
    from pywebpush import WebPusher  # noqa: PLC0415 as above

    said = json.dumps({"text": TEXT, "tag": tag})
    sealed: bytes = WebPusher(details).encode(said.encode())["body"]
    return sealed


def _signed(service: Service) -> dict[str, str]:
    from py_vapid import Vapid02  # noqa: PLC0415 as above

    claims = {
        "aud": service.origin,
        "exp": int(time.time()) + 12 * 3600,
        "sub": _contact(),
    }
    signed: dict[str, str] = Vapid02.from_raw(settings.VAPID_PRIVATE_KEY.encode()).sign(
        claims
    )
    # What was not fetched yet is replaced: a device that wakes up hears one of them.
    return signed | {
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(HOURS_KEPT * 3600),
        "Topic": "news",
        "Urgency": "high",
    }


def _contact() -> str:
    """Whom a push service may write to."""
    host = urlsplit(settings.SITE_URL).hostname
    _, _, address = settings.DEFAULT_FROM_EMAIL.rpartition("<")
    return f"mailto:{address.rstrip('>') or f'postmaster@{host}'}"
