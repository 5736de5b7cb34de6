"""An installation of its own: two databases, a ring of keys, and its commands."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from config import servers
from config.servers import ROOT, Place
from network.privacy.keys import new_key

OTHERS = {"DATABASE_ROLE", "KEYSTORE_URL", "KEYSTORE_OWNER_URL", "DESTROYED_KEYS_PATH"}
PATIENCE = 300  # seconds for a command


@dataclass(frozen=True)
class Installation:
    place: Place
    ring: str = field(default_factory=lambda: new_key("first"))
    checkout: Path = ROOT
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        told = {key: word for key, word in os.environ.items() if key not in OTHERS}
        return {
            **told,
            **self.place.environment(),
            "DEBUG": "1",
            "SECOND_FACTOR_REQUIRED": "0",
            "CONSILIUM_KEYS": self.ring,
            "AUDIT_ANCHOR_PATH": str(self.place.directory / "anchors"),
            **self.more,
        }

    def with_ring(self, *keys: str) -> "Installation":
        return replace(self, ring=",".join(keys))

    def start(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, *words],
            cwd=self.checkout,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, *words: str, code: int = 0) -> str:
        process = self.start(*words)
        try:
            said, _ = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        assert process.returncode == code, said
        return said

    def manage(self, *words: str, code: int = 0) -> str:
        return self.run("manage.py", *words, code=code)

    def does(self, program: str) -> str:
        """The last line that some Python says there: logs may come before it."""
        said = self.manage("shell", "--no-imports", "-c", program)
        return (said.splitlines() or [""])[-1]


@contextmanager
def installed(directory: Path, checkout: Path = ROOT) -> Iterator[Installation]:
    place = Place(directory)
    servers.use(place, "--careless")
    there = Installation(place, checkout=checkout)
    try:
        there.run("-m", "config.tables")
        yield there
    finally:
        servers.release(place)
