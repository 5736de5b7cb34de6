"""Half a screen a function, a screen or few a file."""

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from tests.architecture.sources import files, modules, name

MODULE, FUNCTION = 300, 30
FILES = {
    "templates": (".html", 120),
    "static/css": (".css", 150),
    "static/js": (".js", 80),
}
VENDORED = {"htmx.min.js", "htmx.js"}


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def functions(source: str) -> Iterator[tuple[str, int, int]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            end = node.end_lineno or node.lineno
            yield node.name, node.lineno, end - node.lineno + 1


def long_functions(source: str) -> list[str]:
    return [
        f"{line} {function}: {length}"
        for function, line, length in functions(source)
        if length > FUNCTION
    ]


def long_files(paths: Iterator[Path], limit: int) -> list[str]:
    return [
        f"{path}: {lines(path)}"
        for path in paths
        if path.name not in VENDORED and lines(path) > limit
    ]


def test_no_module_is_longer_than_its_limit() -> None:
    assert long_files(modules(), MODULE) == []


def test_no_function_is_longer_than_its_limit() -> None:
    found = [
        f"{name(path)}:{words}"
        for path in modules()
        for words in long_functions(path.read_text())
    ]

    assert found == []


def test_half_of_the_functions_are_short() -> None:
    found = [
        length for path in modules() for _, _, length in functions(path.read_text())
    ]

    assert median(found) <= 6


@pytest.mark.parametrize("folder", FILES)
def test_no_template_style_or_script_is_longer_than_its_limit(folder: str) -> None:
    suffix, limit = FILES[folder]

    assert long_files(files(folder, suffix), limit) == []


def test_a_planted_long_function_is_found() -> None:
    body = "    x = 1\n" * 30

    assert long_functions(f"def short():\n    pass\n\ndef long():\n{body}") == [
        "4 long: 31"
    ]


def test_a_planted_long_file_is_found(tmp_path: Path) -> None:
    path = tmp_path / "long.css"
    path.write_text("a\n" * 151)

    assert long_files(iter([path]), 150) == [f"{path}: 151"]
