"""docs/permissions.md has a row for every verb that code allows."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.sources import ROOT, modules

ROW = re.compile(r"^\| ([a-z][a-z ,]*) \|", re.MULTILINE)


def verbs(source: str) -> Iterator[str]:
    """The words in the sets that permissions are made of."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Set):
            for word in node.elts:
                if isinstance(word, ast.Constant):
                    yield str(word.value)


def documented(text: str) -> set[str]:
    return set(ROW.findall(text))


def test_every_verb_has_its_row() -> None:
    allowed = {
        verb
        for path in modules()
        if path.stem == "permissions"
        for verb in verbs(path.read_text())
    }

    assert allowed
    assert allowed <= documented((ROOT / "docs/permissions.md").read_text())


def test_a_planted_gap_is_found() -> None:
    allowed = set(verbs("OWN = frozenset({'see', 'fly'})"))

    assert allowed - documented("| see | yes |") == {"fly"}
