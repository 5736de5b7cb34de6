"""Templates hold no script and no style, and include only what exists."""

import re
from collections.abc import Iterator

import pytest
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from tests.architecture.sources import files, name

OFFENCES = {
    # The import map and data for scripts are no code; the browser needs a nonce.
    "inline script": re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*\bnonce=)[^>]*>", re.IGNORECASE
    ),
    "inline style": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "event handler": re.compile(r"\son[a-z]+\s*=", re.IGNORECASE),
    "javascript address": re.compile(r"javascript:", re.IGNORECASE),
}
PART = re.compile(r"""\{%\s*(?:include|extends)\s+["']([^"']+)["'](?!\|)""")
COMPONENT = re.compile(r"<c-([a-z][a-z0-9.-]*)")
# A component takes a variable there; a filter leaves it empty, and says nothing.
FILTERED = re.compile(r"""\s:[a-z_-]+="[^"{]*\|[^"]*\"""")
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
BUILT_IN = {"vars", "slot"}


def offences(source: str) -> Iterator[str]:
    source = COMMENT.sub("", source)
    for what, pattern in OFFENCES.items():
        for found in pattern.finditer(source):
            yield f"{source.count(chr(10), 0, found.start()) + 1} {what}"


def parts(source: str) -> Iterator[str]:
    yield from PART.findall(source)
    for component in set(COMPONENT.findall(source)) - BUILT_IN:
        path = component.replace("-", "_").replace(".", "/")
        yield f"cotton/{path}.html"


def missing(source: str) -> Iterator[str]:
    for part in parts(source):
        try:
            get_template(part)
        except TemplateDoesNotExist:
            yield part


def test_no_component_is_given_what_it_cannot_read() -> None:
    found = [
        f"{name(path)}: {given.strip()}"
        for path in files("templates", ".html")
        for given in FILTERED.findall(path.read_text())
    ]

    assert found == []


def test_no_template_holds_script_or_style() -> None:
    # Mails are read where no style sheet reaches.
    found = [
        f"{name(path)}:{words}"
        for path in files("templates", ".html")
        if "email" not in path.parts
        for words in offences(path.read_text())
    ]

    assert found == []


def test_every_part_exists() -> None:
    found = [
        f"{name(path)}: {part}"
        for path in files("templates", ".html")
        for part in missing(path.read_text())
    ]

    assert found == []


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("<p>\n<script>go()</script>", "2 inline script"),
        ("<style>p {}</style>", "1 inline style"),
        ('<p style="color: red">', "1 inline style"),
        ('<p onclick="go()">', "1 event handler"),
        ('<a href="javascript:go()">', "1 javascript address"),
    ],
)
def test_a_planted_offence_is_found(source: str, what: str) -> None:
    assert list(offences(source)) == [what]


def test_a_script_of_its_own_file_is_fine() -> None:
    assert list(offences('<script src="/static/x.js" type="module"></script>')) == []


def test_a_planted_missing_part_is_found() -> None:
    source = '{% include "nowhere/_x.html" %}<c-nowhere.thing />'

    assert sorted(missing(source)) == ["cotton/nowhere/thing.html", "nowhere/_x.html"]
