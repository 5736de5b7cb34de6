"""A site of real processes on servers of its own, to be killed and frozen."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import servers
from config.servers import ROOT, Place
from tests.faults.site import Site, begin, free_port


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    place = Place(tmp_path_factory.mktemp("site"))
    servers.use(place, "--careless")
    running = begin(place, free_port())
    yield running
    running.end()
    servers.release(place)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The code as it stands, in a directory of its own, with this environment."""
    copy = tmp_path_factory.mktemp("checkout")
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
    (copy / ".venv").symlink_to(ROOT / ".venv")
    return copy
