"""The rules of our style sheets, elements and templates, read from the files."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
SHEETS = sorted((ROOT / "static/css").rglob("*.css"))
ELEMENTS = sorted((ROOT / "static/js").rglob("*.js"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
LINKED = (ROOT / "templates/components/styles.html").read_text()
SELECTOR = re.compile(r"(^|[\s,>+~])#[a-zA-Z]")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("sheet", SHEETS, ids=name)
def test_a_sheet_is_short_layered_and_gentle(sheet: Path) -> None:
    text = sheet.read_text()

    if str(sheet.relative_to(ROOT / "static")) in LINKED:
        assert "@layer " in text
    assert len(text.splitlines()) <= 150
    assert "!important" not in text
    assert not SELECTOR.search(text)


@pytest.mark.parametrize("sheet", SHEETS, ids=name)
def test_every_sheet_is_used(sheet: Path) -> None:
    modules = (ROOT / place for place in ("network", "messaging", "referrals"))
    readers = [*TEMPLATES, *(file for top in modules for file in top.rglob("*.py"))]

    assert any(sheet.name in reader.read_text() for reader in readers)


@pytest.mark.parametrize("element", ELEMENTS, ids=name)
def test_an_element_is_short_checked_and_loaded(element: Path) -> None:
    text = element.read_text()

    assert text.startswith("// @ts-check")
    assert len(text.splitlines()) <= 80
    if element.parent.name == "elements":
        assert element.stem in (ROOT / "static/js/main.js").read_text()


@pytest.mark.parametrize("template", TEMPLATES, ids=name)
def test_a_template_holds_no_style_no_script_and_is_short(template: Path) -> None:
    text = template.read_text()

    assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", text)
    assert all("src=" in tag or "importmap" in tag for tag in scripts(text))
    assert len(text.splitlines()) <= 120


@pytest.mark.parametrize("template", TEMPLATES, ids=name)
def test_htmx_attributes_are_written_as_valid_html(template: Path) -> None:
    assert not re.search(r"\shx-\w+", template.read_text())


def scripts(text: str) -> list[str]:
    return re.findall(r"<script[^>]*>", text)
