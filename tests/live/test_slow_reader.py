"""Whoever stops reading is cut, and nobody waits for her meanwhile."""

import time

from network.activity import live
from network.activity.live import outbox
from network.clinicians.models import Clinician
from tests.live.web import Web, close_code, cookie_of, greeted, hear

# More than the buffers of both sides hold, in fat frames.
FRAME = ["x" * 40_000]
ROUNDS = 400


def test_a_reader_who_stops_is_cut_and_delays_nobody(
    web: Web, ana: Clinician, ben: Clinician
) -> None:
    assert ana.user
    assert ben.user
    lazy = web.socket(cookie_of(ana), max_queue=1)
    greeted(lazy)
    with web.enter(ben) as busy:
        waits = []
        for _ in range(ROUNDS):
            live.nudge([ana.user], FRAME)
            began = time.monotonic()
            live.nudge([ben.user], ["news"])
            hear(busy)
            waits.append(time.monotonic() - began)

    # A machine may stop for a moment; to wait until she is cut would be long, or often.
    waits.sort()
    assert waits[ROUNDS * 99 // 100] < 0.5
    assert waits[-1] < outbox.PATIENCE / 2
    assert close_code(lazy, 20) == 4408


def test_she_comes_back_as_anybody(web: Web, ana: Clinician) -> None:
    assert ana.user
    lazy = web.socket(cookie_of(ana), max_queue=1)
    greeted(lazy)
    for _ in range(ROUNDS):
        live.nudge([ana.user], FRAME)
    close_code(lazy, 20)

    with web.enter(ana) as tab:
        live.nudge([ana.user], ["news"])
        assert hear(tab)["topics"] == ["news"]
