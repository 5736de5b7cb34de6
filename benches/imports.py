"""How quickly the national registry is read, beside the bare reading of its file.

Every row is somebody to keep, which is the worst that a file can be.
"""

import argparse
import csv
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benches import registry_file
from benches.goals import Goal, report

ROWS = 50_000
TIMES = 4
SLOWER, GROWTH = 6.0, 1.15


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bin/bench import")
    parser.add_argument("--size", type=int, default=ROWS, metavar="ROWS")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as directory:
        goals = measure(Path(directory), options.size)
    return report("import", options.size, goals, as_json=options.json)


def measure(directory: Path, size: int) -> list[Goal]:
    small, large = directory / "small.csv", directory / "large.csv"
    _write(small, 1, size // TIMES)
    _write(large, size + 1, size)
    bare = min(_seconds(lambda: _read_only(large)) for _ in range(3))
    little, much = _import(small), _import(large)
    again = _import(large)
    growth = much["memory"] / little["memory"]
    return [
        _goal("I1", "first import, to reading the same file", much["seconds"] / bare),
        _goal("I2", "same file again, to reading it", again["seconds"] / bare),
        Goal(
            id="I3",
            what=f"memory for {TIMES} times the rows",
            measured=growth,
            goal=GROWTH,
            unit="x",
            ok=growth <= GROWTH,
        ),
    ]


def _goal(name: str, what: str, ratio: float) -> Goal:
    return Goal(name, what, ratio, SLOWER, "x", ratio <= SLOWER)


def _write(path: Path, first: int, count: int) -> None:
    people = (registry_file.a_person(n) for n in range(first, first + count))
    with path.open("w", newline="", encoding="utf-8") as file:
        registry_file.write(file, people)


def _read_only(path: Path) -> None:
    with path.open(newline="", encoding="utf-8") as file:
        for _ in csv.reader(file):
            pass


def _seconds(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _import(path: Path) -> dict[str, float]:
    """In a process of its own, whose largest memory is then that of the import."""
    command = [sys.executable, "-m", "benches.imports", str(path)]
    done = subprocess.run(command, check=True, capture_output=True)  # noqa: S603 our own module
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


def _alone(path: Path) -> None:
    """The work without the start of Python and the table of ZIPs."""
    import os  # noqa: PLC0415 only here is this a program
    import resource  # noqa: PLC0415

    import django  # noqa: PLC0415

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()

    from network.clinicians.geography import zip_codes  # noqa: PLC0415 needs Django
    from network.clinicians.nppes.run import import_registry  # noqa: PLC0415

    zip_codes()
    began = time.perf_counter()
    with path.open("rb") as file:
        import_registry(file, tell=lambda rows: None, show=lambda done, count: None)
    answer = {
        "seconds": time.perf_counter() - began,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
    }
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    _alone(Path(sys.argv[1]))
