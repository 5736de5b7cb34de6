"""What those who have gone leave behind."""

import asyncio
import ctypes
import gc

from network.activity.live.hub import Hub

EVERY = 5.0
MANY = 500


async def picked_up(hub: Hub) -> None:
    """The server makes a ring of objects for each who comes. A look through everything
    finds them, while everybody waits for it: so it is worth it when many have gone.
    """
    give_back = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc has it
    seen = 0
    while True:
        await asyncio.sleep(EVERY)
        if hub.left - seen >= MANY:
            seen = hub.left
            gc.collect()
            if give_back:
                give_back(0)
