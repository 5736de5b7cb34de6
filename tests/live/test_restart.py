"""A server that is told to stop says when to come back, and closes as one should."""

import signal
from pathlib import Path

import pytest

from network.clinicians.models import Clinician
from tests.live.web import close_code, hear, in_its_own

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stopping_server_sends_everybody_away_and_ends(
    tmp_path: Path, ana: Clinician, ben: Clinician, number: signal.Signals
) -> None:
    log = tmp_path / "web.log"
    with (
        in_its_own(log) as web,
        web.enter(ana) as anas,
        web.enter(ben) as bens,
    ):
        web.process.send_signal(number)

        for tab in (anas, bens):
            assert hear(tab) == {"type": "reconnect", "within": 2}
            assert close_code(tab) == 1012
        web.process.wait(20)

    assert "Traceback" not in log.read_text()
    assert "kind" not in log.read_text()
