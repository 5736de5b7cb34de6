"""`bin/bench NAME`: on servers of its own, with the settings of real life."""

import os
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path

import django

from config import servers

BENCHES = ("search", "parse", "import", "chat", "guard")
MODULES = {"import": "imports", "chat": "chat.run"}  # the first word is taken
AS_IN_LIFE = {"chat"}  # with a second factor


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] not in BENCHES:
        servers.fail(f"Which one? bin/bench {'|'.join(BENCHES)} [--size N] [--json]")
    name, *rest = arguments
    _begin(as_in_life=name in AS_IN_LIFE)
    bench = import_module(f"benches.{MODULES.get(name, name)}")
    return int(bench.main(rest))


def _begin(*, as_in_life: bool) -> None:
    place = servers.Place(Path(tempfile.mkdtemp(prefix="consilium-bench-")))
    servers.use(place, "--erase")
    os.environ.update(place.environment())
    os.environ["SECOND_FACTOR_REQUIRED"] = str(int(as_in_life))
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    subprocess.run(
        [sys.executable, "-m", "config.tables"],
        check=True,
        stdout=sys.stderr,
    )
    django.setup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
