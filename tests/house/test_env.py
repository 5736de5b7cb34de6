from pathlib import Path

import pytest

from config import env


@pytest.mark.parametrize(
    ("value", "means"),
    [
        ("1", True),
        ("true", True),
        ("On", True),
        ("0", False),
        ("", False),
        ("no", False),
    ],
)
def test_a_flag_is_said_in_few_words(
    monkeypatch: pytest.MonkeyPatch, value: str, means: bool
) -> None:
    monkeypatch.setenv("A_FLAG", value)

    assert env.flag("A_FLAG") is means


def test_words_are_parted_by_commas_or_spaces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_WORDS", "a.example, b.example  c.example")

    assert env.words("SOME_WORDS") == ["a.example", "b.example", "c.example"]


def test_a_secret_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "kept" / "secret"

    first = env.secret("NO_SUCH_SECRET", path)

    assert len(first) > 50
    assert env.secret("NO_SUCH_SECRET", path) == first
    assert path.stat().st_mode & 0o077 == 0
    assert list(path.parent.iterdir()) == [path]


def test_celery_finds_the_socket_under_its_own_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("REDIS_URL", "unix:///tmp/valkey.sock")

    assert env.broker_url() == "redis+socket:///tmp/valkey.sock"


def test_the_owner_is_the_application_where_only_one_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://only@db/consilium")
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)

    assert env.owner_url() == "postgresql://only@db/consilium"
    assert env.app_role() == "only"
