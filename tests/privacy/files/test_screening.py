"""What is kept of a file that somebody sends, and what is refused."""

import struct
import zlib
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from PIL import Image, ImageFile
from PIL.PngImagePlugin import PngInfo

from network.privacy.files import (
    LARGEST,
    Kind,
    RefusedFileError,
    TooLargeError,
    screened,
)
from tests.privacy.files.made import (
    A_PAGE,
    A_ZIP,
    AN_SVG,
    PLACE,
    a_film,
    a_pdf,
    a_photograph,
    a_picture,
    packed,
)

PAGES = b"<< /Type /Catalog /Pages 2 0 R >>"
NOTES = "Grüße – “what” helped:\tERP\r\n".encode()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (a_picture("PNG"), Kind.PNG),
        (a_picture("PNG", "P"), Kind.PNG),
        (a_picture("PNG", "LA", color=(1, 2)), Kind.PNG),
        (a_picture("JPEG"), Kind.JPEG),
        (a_picture("JPEG", "CMYK"), Kind.JPEG),
        (a_picture("WEBP"), Kind.WEBP),
        (a_film(), Kind.WEBP),
        (a_pdf(PAGES), Kind.PDF),
        (a_pdf(PAGES, packed(b"1 0 << /Type /Page >>")), Kind.PDF),
        (NOTES, Kind.TEXT),
        (b"\xef\xbb\xbf" + NOTES, Kind.TEXT),
        (b"< 30 on the PCL-5", Kind.TEXT),
    ],
)
def test_a_file_is_what_it_contains(content: bytes, kind: Kind) -> None:
    assert screened(content).kind == kind


@pytest.mark.parametrize("content", [a_pdf(PAGES), NOTES])
def test_a_document_is_kept_as_it_is(content: bytes) -> None:
    assert screened(content).content == content


def test_plain_text_is_read_too() -> None:
    assert screened(b"\xef\xbb\xbf" + NOTES).text == NOTES.decode()
    assert screened(a_pdf(PAGES)).text == ""


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (AN_SVG, "drawing"),
        (b"\xef\xbb\xbf \n<?xml version='1.0'?>" + AN_SVG, "drawing"),
        (b"<!-- -->" + AN_SVG, "drawing"),
        (A_PAGE, "web page"),
        (b"<SCRIPT>alert(1)</SCRIPT>", "web page"),
        (A_ZIP, "save it as PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as PDF"),
        (b"{\\rtf1 Dear colleague}", "save it as PDF"),
        (b"%!PS-Adobe-3.0\n", "PostScript"),
        (b"GIF89a=1;alert(1)//", "JPEG or PNG"),
        (b"\0\0\0\x18ftypheic", "HEIC"),
        (b"\0\0\0\x18ftypmp42", "films"),
        (b"MZ\x90\0\x03", "plain text"),
        (b"\x7fELF\x02\x01", "plain text"),
        ("notes".encode("utf-16"), "plain text"),
        (b"caf\xe9", "plain text"),
        (b"a bell \x07", "plain text"),
        (b"words\n%PDF-1.7\n", "plain text"),
    ],
)
def test_what_is_not_kept_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(RefusedFileError, match=words):
        screened(content)


def test_only_what_is_asked_for_is_kept() -> None:
    with pytest.raises(RefusedFileError, match="no PNG or PDF"):
        screened(NOTES, of={Kind.PDF, Kind.PNG})


@pytest.mark.parametrize("content", [bytes(LARGEST + 1), a_pdf(bytes(LARGEST))])
def test_what_is_too_large_is_refused(content: bytes) -> None:
    with pytest.raises(TooLargeError, match="larger than 10 MB"):
        screened(content)


# -- Pictures ------------------------------------------------------------------------


def test_a_photograph_loses_where_it_was_taken() -> None:
    original = a_photograph()
    assert PLACE.encode() in original
    assert b"acsp" in original

    kept = screened(original).content

    assert PLACE.encode() not in kept
    with Image.open(BytesIO(kept)) as picture:
        assert dict(picture.getexif()) == {}
        assert picture.info.keys() & {"exif", "icc_profile", "comment", "xmp"} == set()


def test_a_photograph_stays_upright() -> None:
    with Image.open(BytesIO(screened(a_photograph(orientation=6)).content)) as picture:
        assert picture.size == (20, 30)


def test_a_film_becomes_its_first_picture() -> None:
    with Image.open(BytesIO(screened(a_film()).content)) as picture:
        assert getattr(picture, "n_frames", 1) == 1
        red, _, blue = picture.convert("RGB").getpixel((4, 4))  # type: ignore[misc]
        assert (red > 200, blue < 50) == (True, True)


def test_what_is_clear_stays_clear() -> None:
    original = a_picture("PNG", "RGBA", color=(9, 9, 9, 0))
    with Image.open(BytesIO(screened(original).content)) as picture:
        assert picture.convert("RGBA").getpixel((0, 0))[3] == 0  # type: ignore[index]


@pytest.mark.parametrize("hidden", [A_PAGE, A_ZIP, AN_SVG])
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_that_is_something_else_too_is_only_a_picture(
    kind: str, hidden: bytes
) -> None:
    kept = screened(a_picture(kind) + hidden).content

    assert hidden not in kept
    assert kept.startswith(a_picture(kind)[:3])


def test_words_inside_a_picture_go() -> None:
    hidden = a_picture("JPEG", comment=A_PAGE)
    assert A_PAGE in hidden
    assert A_PAGE not in screened(hidden).content


def bomb(side: int) -> bytes:
    """A picture of a few kilobytes that fills the memory once it is drawn."""
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(100_000))), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(body))
        + name
        + body
        + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.mark.parametrize("side", [6_400, 12_000, 60_000, 2**31 - 1])
def test_a_bomb_is_refused_before_it_is_drawn(side: int) -> None:
    with pytest.raises(RefusedFileError, match="too many pixels"):
        screened(bomb(side))


def test_words_that_swell_inside_a_picture_are_refused() -> None:
    words = PngInfo()
    words.add_text("Comment", "a" * 90_000_000, zip=True)
    with pytest.raises(RefusedFileError, match="damaged"):
        screened(a_picture("PNG", pnginfo=words))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_half_a_picture_is_refused(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a process, too, where WeasyPrint was imported, which sets this for all."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    whole = a_picture(kind)
    with pytest.raises(RefusedFileError, match="damaged"):
        screened(whole[: len(whole) // 2])


@settings(max_examples=150, deadline=None)
@given(some.data())
def test_no_picture_breaks_what_reads_it(data: some.DataObject) -> None:
    """Whatever becomes of its bytes, it is drawn or it is refused."""
    whole = data.draw(
        some.sampled_from([a_photograph(), a_picture(), a_film(), a_pdf(PAGES)])
    )
    torn = bytearray(whole)
    for _ in range(data.draw(some.integers(1, 8))):
        torn[data.draw(some.integers(8, len(torn) - 1))] = data.draw(
            some.integers(0, 255)
        )
    with suppress(RefusedFileError):
        screened(bytes(torn))


# -- PDF -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "harmful",
    [
        b"<< /S /JavaScript /JS (app.alert(1)) >>",
        b"<< /S /J#61vaScript /JS (app.alert(1)) >>",
        b"<</S/Launch/F(cmd.exe)>>",
        b"<< /Names << /EmbeddedFiles 3 0 R >> >>",
        b"<< /Type /EmbeddedFile >>",
        b"<< /AcroForm << /XFA 4 0 R >> >>",
        b"<< /Subtype /RichMedia >>",
        b"<< /S /SubmitForm /F (https://example.com) >>",
        packed(b"7 0 << /S /JavaScript /JS (app.alert(1)) >>"),
        packed(b"7 0 << /S /L#61unch >>", b"/N 1 /First 4 /Filter/FlateDecode"),
    ],
)
def test_a_pdf_that_does_something_is_refused(harmful: bytes) -> None:
    with pytest.raises(RefusedFileError, match="can run something"):
        screened(a_pdf(PAGES, harmful))


@pytest.mark.parametrize(
    "harmless",
    [
        b"<< /Type /Page /Title (On JavaScript and launching) >>",
        b"<< /Launcher true /EncryptMetadata false >>",
        b"<< /OpenAction [3 0 R /Fit] >>",
        packed(b"7 0 << /Type /Font >>"),
    ],
)
def test_a_pdf_that_speaks_of_it_is_kept(harmless: bytes) -> None:
    assert screened(a_pdf(PAGES, harmless)).kind == Kind.PDF


def test_an_encrypted_pdf_is_refused() -> None:
    with pytest.raises(RefusedFileError, match="encrypted"):
        screened(a_pdf(PAGES, b"<< /Encrypt 5 0 R >>"))


@pytest.mark.parametrize(
    "polyglot",
    [
        a_pdf(PAGES) + A_ZIP,
        a_pdf(PAGES) + A_ZIP + b"%%EOF",
        a_pdf(PAGES)[:-6] + A_PAGE,
        b"%PDF-1.7\n",
    ],
)
def test_a_pdf_that_is_something_else_too_is_refused(polyglot: bytes) -> None:
    with pytest.raises(RefusedFileError, match="does not end"):
        screened(polyglot)


@pytest.mark.parametrize("before", [b"\n", A_PAGE, b"GIF89a", AN_SVG])
def test_a_pdf_begins_as_one(before: bytes) -> None:
    with pytest.raises(RefusedFileError):
        screened(before + a_pdf(PAGES))


@pytest.mark.parametrize(
    "swelling",
    [
        packed(bytes(40_000_000)),
        packed(b"a").replace(b"x\x9c", b"no"),
        packed(b"7 0 << /S /JavaScript >>").replace(b"ObjStm", b"Obj#53tm"),
        packed(b"7 0 << /S /JavaScript >>", b"/Pad (%b)" % (b" " * 900)),
    ],
)
def test_a_pdf_that_nobody_can_look_into_is_refused(swelling: bytes) -> None:
    with pytest.raises(RefusedFileError, match="looked into"):
        screened(a_pdf(PAGES, swelling))


def test_many_packed_streams_are_bounded_together() -> None:
    with pytest.raises(RefusedFileError, match="looked into"):
        screened(a_pdf(PAGES, *[packed(bytes(9_000_000))] * 4))


def test_packed_streams_that_run_into_each_other_are_refused() -> None:
    """Looked into one by one, thousands of them would take hours."""
    open_ended = packed(b"7 0 << /Type /Font >>").removesuffix(b"\nendstream")
    with pytest.raises(RefusedFileError, match="looked into"):
        screened(a_pdf(PAGES, open_ended * 3 + b"\nendstream"))
    with pytest.raises(RefusedFileError, match="looked into"):
        screened(a_pdf(PAGES, open_ended))
