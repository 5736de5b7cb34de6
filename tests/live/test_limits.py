"""One account cannot keep a process busy, however many sockets it has."""

import asyncio
import json
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection

from network.activity.live.allowance import A_SECOND, BURST
from network.activity.live.hub import Hub
from network.activity.live.passes import Pass
from network.clinicians.models import Clinician
from tests.live.web import Web, close_code, cookie_of, hear, say

PING = json.dumps({"type": "ping"})


def answers_to(tab: ClientConnection, count: int) -> list[str]:
    for _ in range(count):
        tab.send(PING)
    return [hear(tab).get("code", "pong") for _ in range(count)]


def test_whoever_talks_too_fast_is_told_and_then_heard_again(
    web: Web, ana: Clinician, ben: Clinician
) -> None:
    with web.enter(ana) as tab, web.enter(ana) as other, web.enter(ben) as bens:
        # Fifty in debt: five seconds, in which she is refused however slow it all is.
        said = answers_to(tab, 110)
        assert said[:50] == ["pong"] * 50
        assert said[-1] == "too_fast"

        # The limit is the account's, not the socket's, and nobody else's.
        refused = {"type": "error", "code": "too_fast", "ref": "late"}
        assert say(other, type="ping", ref="late") == refused
        assert say(bens, type="ping") == {"type": "pong"}

        time.sleep(7)
        assert say(tab, type="ping") == {"type": "pong"}


def test_whoever_goes_on_is_cut_and_not_her_quiet_tab(web: Web, ana: Clinician) -> None:
    with web.enter(ana) as tab, web.enter(ana) as quiet:
        with suppress(ConnectionClosed):
            for _ in range(200):
                tab.send(PING)

        assert close_code(tab) == 1008
        refused = {"type": "error", "code": "too_fast", "ref": "late"}
        for _ in range(3):
            assert say(quiet, type="ping", ref="late") == refused


def test_a_program_that_knocks_again_and_again_waits(
    web: Web, ana: Clinician, ben: Clinician
) -> None:
    """Ten a second are hers, however slow the machine: she knocks until it is more."""
    headers = cookie_of(ana)
    assert web.status(headers) == 101

    with ThreadPoolExecutor(8) as program:
        found = program.map(lambda _: web.status(headers), range(3_000))
        assert 429 in found
        program.shutdown(cancel_futures=True)

    assert web.status(cookie_of(ben)) == 101


def test_an_allowance_is_forgotten_when_a_new_one_is_worth_no_more() -> None:
    async def story() -> None:
        hub = Hub("redis://localhost:1")
        holder = Pass("ana", "token", "key")
        socket = await hub.enter(holder, unheard)
        allowance = socket.allowance
        allowance.left = 0
        hub.forget_allowances()
        hub.forget(socket)
        hub.forget_allowances()
        again = await hub.enter(holder, unheard)
        assert again.allowance is allowance

        hub.forget(again)
        allowance.at -= BURST / A_SECOND
        hub.forget_allowances()
        assert (await hub.enter(holder, unheard)).allowance is not allowance

    asyncio.run(story())


async def unheard(message: Mapping[str, object]) -> None:
    pass
