"""Runs the site's processes together, in one readable log, and stops them together."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock, Thread
from types import FrameType
from typing import IO

from config.keeper import die_with_parent
from config.servers import ROOT

COLOURS = {"web": 36, "worker": 33, "beat": 35, "dev": 32}
GRACE = 8.0
_printing = Lock()


class Stopped(BaseException):
    """Ctrl-C, SIGTERM or a closed terminal; no handler of errors may catch it."""


def stop_on_signals() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)


def _stop(number: int, frame: FrameType | None) -> None:
    for other in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(other, signal.SIG_IGN)
    raise Stopped


def say(name: str, line: str) -> None:
    label = f"{name:<6} |"
    if sys.stdout.isatty():
        label = f"\033[{COLOURS.get(name, 0)}m{label}\033[0m"
    with _printing:
        sys.stdout.write(f"{label} {line}\n")
        sys.stdout.flush()


@dataclass
class Process:
    """One of them. It dies with us, however we die, and is started again if it dies."""

    name: str
    command: list[str]
    process: subprocess.Popen[str] | None = field(default=None, init=False)
    started: float = field(default=0.0, init=False)

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 our own commands
            self.command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGTERM),  # noqa: PLW1509
        )
        Thread(
            target=_relay, args=(self.name, self.process.stdout), daemon=True
        ).start()

    def tend(self) -> None:
        if self.process is None or self.process.poll() is None:
            return
        if time.monotonic() - self.started > 2:
            say(
                "dev",
                f"{self.name} ended ({self.process.returncode}); starting it again",
            )
            self.start()

    def tell(self, number: signal.Signals) -> None:
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, number)

    def wait(self, until: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.tell(signal.SIGKILL)
            self.process.wait()


def _relay(name: str, lines: IO[str]) -> None:
    for line in lines:
        if line.strip():
            say(name, line.rstrip())


def run(processes: list[Process], changed: Callable[[], bool]) -> None:
    """Until a signal comes; what changes in the code starts them anew."""
    while True:
        time.sleep(0.5)
        if changed():
            say("dev", "the code changed; starting again")
            stop(processes)
            for process in processes:
                process.start()
        for process in processes:
            process.tend()


def stop(processes: list[Process]) -> None:
    until = time.monotonic() + GRACE
    for process in processes:
        process.tell(signal.SIGTERM)
    for process in processes:
        process.wait(until)
