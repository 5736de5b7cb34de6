"""bin/dev starts everything, and however it ends it leaves nothing running."""

import fcntl
import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from tests.faults.site import answers, free_port, processes_of, wait_until

pytestmark = pytest.mark.installation
PATIENCE = 60  # seconds: each of its servers may take ten of them to end
CLEAN = {"DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_ROLE", "REDIS_URL", "DEBUG"}


@contextmanager
def dev(checkout: Path, port: int, *options: str) -> Iterator[subprocess.Popen[str]]:
    environment = {k: v for k, v in os.environ.items() if k not in CLEAN}
    log = checkout / ".local" / "dev.log"
    log.parent.mkdir(exist_ok=True)
    process = subprocess.Popen(
        ["bin/dev", "--port", str(port), *options],
        cwd=checkout,
        env=environment,
        stdout=log.open("w"),
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(PATIENCE)


def log_of(checkout: Path) -> str:
    return (checkout / ".local" / "dev.log").read_text()


def await_welcome(
    checkout: Path,
    process: subprocess.Popen[str],
    port: int,
    host: str = "localhost",
) -> None:
    def is_welcoming() -> bool:
        assert process.poll() is None, log_of(checkout)
        return f"http://{host}:{port}/" in log_of(checkout) and answers(port, host)

    wait_until(is_welcoming, patience=600)  # it makes 500 people first


def test_ctrl_c_stops_everything_before_it_returns(checkout: Path) -> None:
    port = free_port()
    with dev(checkout, port) as process:
        await_welcome(checkout, process, port)
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0

    assert processes_of(checkout) == []


def test_another_start_makes_nothing_again_and_ends_as_well(checkout: Path) -> None:
    version = checkout / ".local" / "postgres" / "PG_VERSION"
    made, port = version.stat().st_mtime_ns, free_port()
    with dev(checkout, port, "--host", "127.0.0.2") as process:
        await_welcome(checkout, process, port, "127.0.0.2")
        assert "Installing" not in log_of(checkout)
        assert version.stat().st_mtime_ns == made
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0

    assert processes_of(checkout) == []


def test_a_web_process_that_dies_is_started_again_and_a_kill_leaves_nothing(
    checkout: Path,
) -> None:
    port = free_port()
    with dev(checkout, port, "--host", "0.0.0.0") as process:  # noqa: S104
        await_welcome(checkout, process, port)
        children = psutil.Process(process.pid).children()
        next(child for child in children if "uvicorn" in child.cmdline()).kill()
        wait_until(lambda: not answers(port))
        wait_until(lambda: answers(port))

        process.kill()
        process.wait(PATIENCE)
        wait_until(lambda: not processes_of(checkout))


def test_a_host_that_is_not_this_machine_is_said_in_a_sentence(checkout: Path) -> None:
    with dev(checkout, free_port(), "--host", "192.0.2.1") as process:
        assert process.wait(PATIENCE) == 1

    assert "192.0.2.1 is no address of this machine" in log_of(checkout)


def test_a_taken_port_is_said_in_a_sentence(checkout: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with dev(checkout, port) as process:
            assert process.wait(PATIENCE) == 1

    assert f"Port {port} is taken" in log_of(checkout)
    assert "PORT=" in log_of(checkout)


def test_a_second_bin_dev_is_refused_in_a_sentence(checkout: Path) -> None:
    lock = (checkout / ".local" / "dev.lock").open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    with lock, dev(checkout, free_port()) as process:
        assert process.wait(PATIENCE) == 1

    assert "is running already" in log_of(checkout)
