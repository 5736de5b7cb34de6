"""A running site from nothing: what `bin/dev` does once Python has its packages."""

import argparse
import errno
import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException

from config import servers, supervisor
from config.servers import OURS, ROOT, fail
from config.supervisor import Process, say

CODE = ("config", "home", "messaging", "network", "referrals")
# How the web is served, here and in deploy/Dockerfile: a frame of a socket has a
# limit and is not compressed; whoever answers no ping is gone within 40 seconds.
SERVER = [
    "uvicorn",
    "config.asgi:application",
    "--ws=websockets-sansio",
    "--ws-max-size=65536",
    "--ws-per-message-deflate=false",
    "--ws-ping-interval=20",
    "--ws-ping-timeout=20",
    "--lifespan=on",
    "--no-access-log",
    "--no-server-header",
    "--timeout-graceful-shutdown=5",
    # Of several: a worker that is busy for a moment is not killed for it.
    "--timeout-worker-healthcheck=10",
]
# In development root may run a worker.
QUIET = "ignore:You're running the worker with superuser privileges"


def main() -> None:
    options = _options()
    supervisor.stop_on_signals()
    OURS.directory.mkdir(exist_ok=True)
    with OURS.lock("dev") as lock:
        if not servers.obtains(lock, fcntl.LOCK_EX):
            fail("bin/dev is running already in this directory: stop that one first.")
        _need_port(options.host, options.port)
        if options.reset:
            _reset()
        try:
            _run(options)
        except supervisor.Stopped:
            say("dev", "stopped")
        finally:
            servers.release()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/dev", description=__doc__)
    port = int(os.environ.get("PORT", "8000"))
    parser.add_argument("--port", type=int, default=port, help="or PORT=… (8000)")
    parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
    parser.add_argument("--reset", action="store_true", help="begin with empty data")
    return parser.parse_args()


def _need_port(host: str, port: int) -> None:
    try:
        [(family, kind, _, _, address), *_] = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            fail(
                f"Port {port} is taken by another program. Stop that one, or choose "
                f"another port: PORT={port + 1} bin/dev"
            )
        fail(f"{host} is no address of this machine, or port {port} is not allowed.")


def _name(host: str) -> str:
    """What a browser on this machine calls the address the site listens on."""
    if host in {"127.0.0.1", "0.0.0.0", "::1", "::"}:  # noqa: S104 only compared
        return "localhost"
    return f"[{host}]" if ":" in host else host


def _reset() -> None:
    if OURS.is_used or OURS.is_kept:
        fail("The data is in use by another command: end that one, then --reset.")
    for left in OURS.directory.iterdir():
        if left.is_dir():
            shutil.rmtree(left)
        elif left.suffix != ".lock":
            left.unlink()


def _run(options: argparse.Namespace) -> None:
    _set_environment(options)
    if servers.wanted():
        say("dev", "starting PostgreSQL and Valkey")
        servers.use()
    say("dev", "preparing the database")
    _python("-m", "config.tables")
    processes = _processes(options)
    try:
        for process in processes:
            process.start()
        say("dev", "loading demo data, if there is none yet")
        sign_ins = _python("manage.py", "load_demo")
        _python("manage.py", "load_demo_conversations")
        _python("manage.py", "load_demo_clients")
        _await(options, processes)
        _welcome(options, sign_ins)
        supervisor.run(processes, changed=_watch())
    finally:
        supervisor.stop(processes)


def _set_environment(options: argparse.Namespace) -> None:
    """For all that we start. Where nothing names servers, they find ours as we do."""
    os.environ["DEBUG"] = "1"
    name = _name(options.host)
    os.environ.setdefault("SITE_URL", f"http://{name}:{options.port}")
    os.environ.setdefault("ALLOWED_HOSTS", f"localhost 127.0.0.1 [::1] {name}")
    os.environ["PYTHONUNBUFFERED"] = "1"
    os.environ.setdefault("PYTHONWARNINGS", QUIET)
    # People of the demo sign in by a password alone; a banner on every page says so.
    os.environ.setdefault("SECOND_FACTOR_REQUIRED", "0")


def _python(*arguments: str) -> str:
    """A command to its end; what it prints is shown when it fails."""
    done = subprocess.run(  # noqa: S603 our own commands
        [sys.executable, *arguments],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        fail(f"{done.stdout}{done.stderr}\n{' '.join(arguments)} failed: see above.")
    return done.stdout


def _processes(options: argparse.Namespace) -> list[Process]:
    address = ["--host", options.host, "--port", str(options.port)]
    celery = ["celery", "--app", "config.celery", "--quiet"]
    schedule = str(OURS.directory / "beat-schedule")
    commands = {
        "web": [*SERVER, *address],
        "worker": [*celery, "worker", "--pool", "threads", "--concurrency", "2"],
        "beat": [*celery, "beat", "--schedule", schedule, "--pidfile", ""],
    }
    return [
        Process(name, [sys.executable, "-m", *command])
        for name, command in commands.items()
    ]


def _await(options: argparse.Namespace, processes: list[Process]) -> None:
    """Until the site answers. A process that ends at once has said why."""
    until = time.monotonic() + 60
    while not _alive(options):
        for process in processes:
            if process.process and process.process.poll():
                time.sleep(0.2)
                fail(f"{process.name} could not start: see its lines above.")
        if time.monotonic() > until:
            fail("The site did not answer within a minute: see the lines above.")
        time.sleep(0.1)


def _alive(options: argparse.Namespace) -> bool:
    connection = HTTPConnection(_name(options.host), options.port, timeout=5)
    try:
        connection.request("GET", "/livez")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _welcome(options: argparse.Namespace, sign_ins: str) -> None:
    where = f"http://{_name(options.host)}:{options.port}/"
    for line in [
        "",
        f"Consilium is at {where} (Ctrl-C stops everything)",
        *sign_ins.splitlines(),
        f"Mail is written to {OURS.directory.name}/mail/.",
        "",
    ]:
        say("dev", line)


def _watch() -> Callable[[], bool]:
    seen = _newest()

    def changed() -> bool:
        nonlocal seen
        before, seen = seen, _newest()
        return seen != before

    return changed


def _newest() -> float:
    files = (file for name in CODE for file in (ROOT / name).rglob("*.py"))
    return max(file.stat().st_mtime for file in files)


if __name__ == "__main__":
    main()
