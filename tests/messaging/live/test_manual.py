"""The client that docs/api.md shows, run as it stands there against a real server."""

import asyncio
import re
from collections.abc import Callable
from typing import Any

from django.db import connections

from config.servers import ROOT
from messaging.models import Conversation
from network.accounts.actions.tokens import revoke_token
from network.accounts.models import ApiToken
from network.accounts.pace import PACE
from network.clinicians.models import Clinician
from tests.live.web import Frame, Web
from tests.messaging.live.lines import user_of
from tests.messaging.programs import Program, program_of

[SHOWN] = re.findall(
    r"^```python\n(.*?)^```", (ROOT / "docs" / "api.md").read_text(), re.M | re.S
)


def client_of(program: Program, web: Web, room: Conversation, heard: Any) -> Any:
    manual: dict[str, Any] = {}
    exec(compile(SHOWN, "docs/api.md", "exec"), manual)  # noqa: S102 our own
    make = manual["Conversation"]
    return make(web.origin, program.token, str(room.public_id), heard)


async def wait_until(done: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not done():
            await asyncio.sleep(0.02)


async def apart(do: Callable[..., object], *about: object, **more: object) -> None:
    """In a thread, which leaves no connection behind."""

    def run() -> None:
        try:
            do(*about, **more)
        finally:
            connections.close_all()

    await asyncio.to_thread(run)


def bodies(heard: list[Frame]) -> list[str]:
    return [said["body"] for said in heard if said.get("body")]


def test_it_sends_hears_comes_back_and_ends(
    web: Web, ana: Clinician, ben: Clinician, room: Conversation
) -> None:
    PACE.forget()
    path, bens = f"/{room.public_id}", program_of(ben)
    heard: list[Frame] = []
    client = client_of(program_of(ana), web, room, heard.append)
    token = ApiToken.objects.get(user=ana.user)

    async def live() -> int:
        following = asyncio.create_task(client.follow())
        await client.send("before there is a line")
        await wait_until(lambda: bodies(heard) == ["before there is a line"])
        await apart(bens.send, path, "an answer")
        await wait_until(lambda: len(bodies(heard)) == 2)

        await client.socket.close()
        await apart(bens.send, path, "while she was away")
        await client.send("while the line was down")
        await wait_until(lambda: len(bodies(heard)) == 4 and not client.unsent)

        await apart(revoke_token, token, by=user_of(ana))
        async with asyncio.timeout(60):
            code: int = await following
            return code

    assert asyncio.run(live()) in {401, 4401}
    seqs = [said["seq"] for said in heard]
    assert seqs == list(range(seqs[0], seqs[0] + len(seqs)))
    assert bodies(heard) == bodies(bens.log(path))
    assert heard == [said for said in bens.log(path) if said["seq"] >= seqs[0]]


def test_it_drops_what_is_refused_and_says_so(
    web: Web, ana: Clinician, room: Conversation
) -> None:
    heard: list[Frame] = []
    client = client_of(program_of(ana, "read"), web, room, heard.append)

    async def live() -> None:
        following = asyncio.create_task(client.follow())
        await client.send("by a token that may only read")
        await wait_until(lambda: not client.unsent)
        following.cancel()

    asyncio.run(live())
    assert [said["code"] for said in heard if said["type"] == "error"] == [
        "not_allowed"
    ]
    assert bodies(heard) == []
