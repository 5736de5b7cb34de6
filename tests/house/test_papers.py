"""Locks, variables and deployment files say the same thing."""

import re
from collections.abc import Iterator

import pytest
import yaml

from config.servers import ROOT

LOCKS = ["requirements.lock", "requirements-dev.lock"]
READ = re.compile(r'env\.(?:text|flag|number|words|secret)\(\s*"([A-Z_]+)"')
READ_WITHIN = re.compile(r'(?<!def )\btext\("([A-Z_]+)"')


def variables_read() -> set[str]:
    sources = [path.read_text() for path in (ROOT / "config").glob("*.py")]
    within = READ_WITHIN.findall((ROOT / "config" / "env.py").read_text())
    return {name for text in sources for name in READ.findall(text)} | set(within)


def variables_of_compose() -> set[str]:
    return set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "deploy/compose.yaml").read_text()))


def variables_of_the_example() -> set[str]:
    return set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M))


def services() -> dict[str, dict[str, object]]:
    compose = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text())
    return compose["services"]  # type: ignore[no-any-return]


def requirements(lock: str) -> Iterator[str]:
    yield from re.split(r"\n(?=\S)", (ROOT / lock).read_text().strip())


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_hashes_and_no_addresses(lock: str) -> None:
    for requirement in requirements(lock):
        assert "--hash=sha256:" in requirement
        assert "://" not in requirement


def test_the_example_names_every_variable_and_no_other() -> None:
    assert variables_of_the_example() == variables_read() | variables_of_compose()


def test_the_manual_explains_every_variable() -> None:
    manual = (ROOT / "docs" / "running.md").read_text()

    assert {v for v in variables_of_the_example() if f"`{v}`" not in manual} == set()


def test_one_image_is_web_worker_beat_and_migration() -> None:
    ours = {
        name for name, service in services().items() if service["image"] == "consilium"
    }

    assert ours == {"web", "worker", "beat", "migrate"}


def test_only_the_migration_knows_the_owner() -> None:
    knowing = {
        name for name, service in services().items() if "OWNER_URL" in str(service)
    }

    assert knowing == {"migrate"}


def test_a_commit_is_checked_by_bin_check() -> None:
    assert "bin/check" in (ROOT / ".ci" / "run").read_text()


def test_no_password_has_a_value_that_everybody_knows() -> None:
    compose = (ROOT / "deploy" / "compose.yaml").read_text()
    ways = re.findall(r"\$\{(?:OWNER|APP|SUPERUSER)_PASSWORD(..)", compose)

    assert set(ways) == {":?"}


def test_no_password_stands_in_an_address() -> None:
    """There its signs would mean something."""
    compose = (ROOT / "deploy" / "compose.yaml").read_text()

    assert re.findall(r"://\S*PASSWORD", compose) == []
