"""What the detectors read: our own files, none that are made or borrowed."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("config", "home", "messaging", "network", "referrals")


def modules(root: Path = ROOT) -> Iterator[Path]:
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def files(folder: str, suffix: str) -> Iterator[Path]:
    return iter(sorted((ROOT / folder).rglob(f"*{suffix}")))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))
