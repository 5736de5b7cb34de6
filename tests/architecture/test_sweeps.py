"""One row that cannot be borne stops no chore: sweeps go one by one."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import modules, name

ALLOWED = {
    "network/accounts/actions/sealed.py": "a rotation that passes by is none",
    "network/privacy/keystore/actions.py": "keys are destroyed, or it is said",
}
ACTIONS = [path for path in modules() if "actions" in {*path.parts, path.stem}]


def plain_sums(source: str) -> Iterator[int]:
    """Sums over transactions of the same module."""
    tree = ast.parse(source)
    own = set(_transactions(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "sum":
            called = (one for one in ast.walk(node) if isinstance(one, ast.Call))
            if own.intersection(ast.unparse(one.func) for one in called):
                yield node.lineno


def _transactions(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            said = [ast.unparse(one) for one in node.decorator_list]
            if any(one.startswith("transaction.atomic") for one in said):
                yield node.name


@pytest.mark.parametrize("path", ACTIONS, ids=name)
def test_a_sweep_passes_by_what_it_cannot_do(path: Path) -> None:
    if name(path) not in ALLOWED:
        assert list(plain_sums(path.read_text("utf-8"))) == []


def test_the_exceptions_are_still_ones() -> None:
    for path in ACTIONS:
        if name(path) in ALLOWED:
            assert list(plain_sums(path.read_text("utf-8")))


def test_a_plain_sum_over_transactions_is_seen() -> None:
    source = (
        "@transaction.atomic\ndef _do(row): ...\n\ndef sweep():\n"
        "    return sum(_do(row) for row in rows)\n"
    )
    assert list(plain_sums(source)) == [5]
