"""The program as it is, and how many tasks and sockets it has at `/bench/`."""

import asyncio
import json
from typing import Any

from config.asgi import application as program


async def application(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] != "http" or scope["path"] != "/bench/":
        await program(scope, receive, send)
        return
    sockets = len(scope["state"]["hub"].sockets)
    found = {"tasks": len(asyncio.all_tasks()), "sockets": sockets}
    body = json.dumps(found).encode()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": body})
