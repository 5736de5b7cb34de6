"""Only actions change the database."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import modules, name

WRITES = {
    "save",
    "create",
    "delete",
    "update",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
}
ALLOWED = {
    "network/activity/recorder.py": "the trail's one door, called by actions",
    "network/accounts/models.py": "create_user, which allauth expects on the manager",
    "network/clinicians/matching/listing.py": "the searched copy of what actions wrote",
    "network/privacy/files/pictures.py": "a picture, drawn into memory",
    "messaging/log/statements.py": "the message path: a row is its own audit record",
    "messaging/log/places.py": "the message path: how far members have read",
    "messaging/log/notes.py": "the message path: what actions add to the log",
}
# Read by their keywords: QuerySet.update(name=…), not dict.update(other).
KEYWORDS_ONLY = {"update"}
NO_ARGUMENTS = {"delete"}
STATEMENT = re.compile(
    r"\s*(INSERT INTO|UPDATE\s+\S+\s+SET|DELETE FROM|TRUNCATE|COPY)\b"
)


def may_write(path: Path) -> bool:
    return "actions" in {*path.parts, path.stem} or name(path) in ALLOWED


def writes(source: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _is_write(node):
            yield node.lineno, ast.unparse(node.func)
        elif isinstance(node, ast.Constant) and _is_statement(node.value):
            yield node.lineno, "SQL"


def _is_statement(value: object) -> bool:
    return isinstance(value, str) and STATEMENT.match(value) is not None


def _is_write(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    method = call.func.attr
    if method in KEYWORDS_ONLY and (call.args or not call.keywords):
        return False
    if method in NO_ARGUMENTS and call.args:
        return False
    return method in WRITES


def test_only_actions_change_the_database() -> None:
    found = [
        f"{name(path)}:{line} {what}"
        for path in modules()
        if not may_write(path)
        for line, what in writes(path.read_text())
    ]

    assert found == []


@pytest.mark.parametrize(
    "offence",
    [
        "clinician.save()",
        "Clinician.objects.create(name='x')",
        "Clinician.objects.filter(pk=1).update(name='x')",
        "clinician.delete()",
        "Clinician.objects.bulk_create(rows)",
        "Clinician.objects.get_or_create(pk=1)",
        "cursor.execute('INSERT INTO clinicians_clinician VALUES (1)')",
        "cursor.execute('  UPDATE clinicians_clinician SET name = 1')",
        "cursor.execute(f'DELETE FROM {table}')",
    ],
)
def test_a_planted_write_is_found(offence: str) -> None:
    assert [line for line, _ in writes(f"def view(request):\n    {offence}\n")] == [2]


@pytest.mark.parametrize("innocent", ["seen.update(more)", "d.delete('key')", "f()"])
def test_what_writes_nothing_is_left_alone(innocent: str) -> None:
    assert list(writes(innocent)) == []
