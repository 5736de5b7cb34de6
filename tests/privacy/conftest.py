"""A scope nobody else has, and a process that has seen no key yet."""

import uuid
from pathlib import Path

import pytest
from pytest_django import Settings

from network.privacy import data_keys


@pytest.fixture
def scope() -> str:
    return f"conversation:{uuid.uuid4()}"


@pytest.fixture(autouse=True)
def stones(settings: Settings, tmp_path: Path) -> Path:
    """Where the names of destroyed keys are kept."""
    data_keys.forget_all()
    settings.DESTROYED_KEYS_PATH = str(tmp_path / "outside" / "destroyed-keys.jsonl")
    return Path(settings.DESTROYED_KEYS_PATH)
