"""What a line has still to be given: bounded, in order, and at its own pace."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest
from websockets.frames import Frame, Opcode

from network.activity.live.carrier import carrier_of, framed
from network.activity.live.outbox import FRAMES, SIZE, Outbox

FAT = "x" * 10_000


class Narrow:
    """Takes what is sent one by one, as long as it is open."""

    def __init__(self) -> None:
        self.took: list[str] = []
        self.opened = asyncio.Event()
        self.cuts = 0

    async def send(self, message: Mapping[str, Any]) -> None:
        await self.opened.wait()
        await asyncio.sleep(0)
        if message["type"] == "websocket.send":
            self.took.append(message["text"])

    def cut(self) -> None:
        self.cuts += 1

    async def outbox(self) -> Outbox:
        self.opened.set()
        outbox = Outbox(carrier_of(self.send), self.cut)
        await outbox.open("v1", "hello")
        return outbox


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536, 70_001])
def test_a_text_is_framed_as_the_server_would(size: int) -> None:
    for text in ("x" * size, "ü" * (size // 2), "🪶" * (size // 4)):
        expected = Frame(Opcode.TEXT, text.encode()).serialize(mask=False)
        assert framed(text) == expected


@pytest.mark.parametrize("frames", [["x"] * (FRAMES + 2), [FAT] * (SIZE // 10_000 + 2)])
def test_whoever_takes_nothing_is_cut_when_too_much_waits(frames: list[str]) -> None:
    async def story() -> int:
        line = Narrow()
        outbox = await line.outbox()
        line.opened.clear()
        for frame in frames:
            outbox.put([frame])
        outbox.drop()
        return line.cuts

    assert asyncio.run(story()) >= 1


@pytest.mark.parametrize("frame", ["x", FAT])
def test_however_much_comes_at_its_pace_cuts_nobody(frame: str) -> None:
    frames = [f"{number} {frame}" for number in range(600)]

    async def story() -> Narrow:
        line = Narrow()
        outbox = await line.outbox()
        outbox.put(["and this"] * (FRAMES - 1))
        await outbox.put_at_pace(frames)
        return line

    line = asyncio.run(story())
    assert line.cuts == 0
    assert line.took == ["hello", *["and this"] * (FRAMES - 1), *frames]
