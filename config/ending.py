"""How a server is ended, also one that a crash left behind."""

import signal
from pathlib import Path

import psutil


def end_leftover(pid_file: Path, mark: str) -> None:
    """A crash leaves its pid behind: end the server if it lives, forget it if not.

    The number may be somebody else's by now; ours names the mark in its command.
    """
    if not pid_file.exists():
        return
    number = next(iter(pid_file.read_text().split()), "0")
    if process := _found(int(number), mark):
        stop(process)
    pid_file.unlink(missing_ok=True)


def _found(pid: int, mark: str) -> psutil.Process | None:
    try:
        process = psutil.Process(pid)
        return process if mark in " ".join(process.cmdline()) else None
    except psutil.Error:
        return None


def stop(process: psutil.Process, patience: float = 10) -> None:
    """Fast shutdown, also of a frozen server; the hard way when that takes too long."""
    try:
        family = [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return
    for member in family:
        _tell(member, signal.SIGCONT)
    _tell(process, signal.SIGINT)
    _, alive = psutil.wait_procs([process], timeout=patience)
    if alive:
        for member in family:
            _tell(member, signal.SIGKILL)
    psutil.wait_procs(family, timeout=patience)


def _tell(process: psutil.Process, what: signal.Signals) -> None:
    try:
        process.send_signal(what)
    except psutil.NoSuchProcess:
        return
