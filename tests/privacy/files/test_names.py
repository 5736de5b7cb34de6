"""What a file is called, and how it leaves."""

import pytest

from network.privacy.files import Kind, headers, tidy_name


@pytest.mark.parametrize(
    ("name", "kind", "tidy"),
    [
        ("letter.pdf", Kind.PDF, "letter.pdf"),
        ("letter.PDF", Kind.PDF, "letter.pdf"),
        ("photo.jpeg", Kind.JPEG, "photo.jpeg"),
        ("letter.pdf", Kind.PNG, "letter.pdf.png"),
        ("run.exe", Kind.TEXT, "run.exe.txt"),
        ("../../etc/passwd", Kind.TEXT, "passwd.txt"),
        ("C:\\Users\\ana\\notes.txt", Kind.TEXT, "notes.txt"),
        ("fdp.\u202etxt", Kind.PDF, "fdp.txt.pdf"),
        ("a\r\nSet-Cookie: b.pdf", Kind.PDF, "aSet-Cookie: b.pdf"),
        ("  ..  ", Kind.PDF, "file.pdf"),
        (".pdf", Kind.PDF, "pdf.pdf"),
        ("Bogenführung.pdf", Kind.PDF, "Bogenführung.pdf"),
    ],
)
def test_a_name_is_made_harmless(name: str, kind: Kind, tidy: str) -> None:
    assert tidy_name(name, kind) == tidy


def test_a_long_name_is_cut_and_keeps_its_ending() -> None:
    assert tidy_name("a" * 500 + ".pdf", Kind.PDF) == "a" * 120 + ".pdf"


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_is_handed_out_to_be_saved(kind: Kind) -> None:
    said = headers(kind, '"<img src=x onerror=alert(1)>ü.pdf')

    assert said["Content-Disposition"].startswith("attachment;")
    assert '"<' not in said["Content-Disposition"]
    assert said["Content-Type"] == kind.media_type
    assert said["X-Content-Type-Options"] == "nosniff"
    assert said["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in said["Cache-Control"]
