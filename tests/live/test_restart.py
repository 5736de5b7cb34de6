"""A server that is told to stop says when to come back, and closes as one should."""

import signal
import time
from pathlib import Path

import psutil
import pytest

from network.clinicians.models import Clinician
from tests.live.web import close_code, hear, in_its_own

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stopping_server_sends_everybody_away_and_ends(
    tmp_path: Path,
    ana: Clinician,
    ben: Clinician,
    number: signal.Signals,
    workers: int,
) -> None:
    log = tmp_path / "web.log"
    with (
        in_its_own(log, f"--workers={workers}") as web,
        web.enter(ana) as anas,
        web.enter(ben) as bens,
    ):
        family = psutil.Process(web.process.pid).children(recursive=True)
        began = time.monotonic()
        web.process.send_signal(number)

        for tab in (anas, bens):
            assert hear(tab) == {"type": "reconnect", "within": 2}
            assert close_code(tab) == 1012
        web.process.wait(5)
        _, left = psutil.wait_procs(family, 5)

    assert not left
    assert time.monotonic() - began < 5

    assert "Traceback" not in log.read_text()
    assert "kind" not in log.read_text()
