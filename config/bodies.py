"""What is too large to be for anything here is refused before it is read.

Else it would be written to a disk first, in plain.
"""

import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from network.activity.live.carrier import Send
from network.activity.live.server import Application
from network.activity.live.socket import Receive

TOO_LARGE = "This is larger than 10 MB. Nothing of it was kept."
SAID = {"words": TOO_LARGE}


class TooLargeError(Exception):
    """So far it has come, or so long it said it would be."""


def bounded(pages: Application) -> Application:
    most = settings.FILE_UPLOAD_MAX_MEMORY_SIZE

    async def answer(scope: dict[str, Any], receive: Receive, send: Send) -> None:
        come = 0

        async def counted() -> Mapping[str, Any]:
            nonlocal come
            message = await receive()
            come += len(message.get("body", b""))
            if come > most:
                raise TooLargeError
            return message

        try:
            if _length(scope) > most:
                raise TooLargeError
            await pages(scope, counted, send)
        except TooLargeError:
            await _refuse(scope["path"], send)

    return answer


def _length(scope: dict[str, Any]) -> int:
    said = dict(scope["headers"]).get(b"content-length", b"")
    return int(said) if said.isdigit() else 0


async def _refuse(path: str, send: Send) -> None:
    kind, body = b"text/html; charset=utf-8", str(render_to_string("413.html", SAID))
    if path.startswith("/api/"):
        error = {"path": "", "code": "too_large", "message": TOO_LARGE}
        kind, body = b"application/json", json.dumps({"errors": [error]})
    headers = [(b"content-type", kind), (b"cache-control", b"no-store")]
    start = {"type": "http.response.start", "status": 413, "headers": headers}
    await send(start)
    await send({"type": "http.response.body", "body": body.encode()})
