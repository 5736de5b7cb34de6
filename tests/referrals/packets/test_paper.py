"""A packet as PDF: who took it is on each page, and its description names nobody."""

import re
import zlib
from collections.abc import Iterator

import pytest
from PIL import ImageFile

from network.activity.models import Event
from network.clinicians import pdf
from network.clinicians.models import Clinician
from referrals.models import PacketFile, PacketVersion, Referral
from tests.conftest import signed_in
from tests.privacy.files.made import a_photograph
from tests.referrals.packets.packing import a_packet, enclosed, placed, wrote

pytestmark = pytest.mark.django_db
LONG = "Washes her hands until they bleed. " * 100
# What is packed may end with a return of its own.
STREAM = re.compile(rb"stream\n(.*?)\nendstream", re.DOTALL)
# What a page shows are runs of glyphs; each font lists which letter is which.
RUN = re.compile(rb"<([0-9a-fA-F]+)>")
LETTER = re.compile(rb"<([0-9a-fA-F]{4})> <([0-9a-fA-F]{4})>")
Font = dict[str, str]


@pytest.fixture
def one(ana: Clinician, rosa: Clinician) -> Referral:
    return placed(ana, rosa)


def taken(person: Clinician, version: PacketVersion) -> bytes:
    if not pdf.is_possible():
        pytest.fail("Pango is missing: see network/clinicians/pdf.py")
    address = f"{version.packet.get_absolute_url()}{version.number}/pdf/"
    answer = signed_in(person).get(address)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Disposition"] == 'attachment; filename="packet.pdf"'
    return bytes(answer.content)


def streams(paper: bytes) -> Iterator[bytes]:
    for found in STREAM.finditer(paper):
        try:
            yield zlib.decompress(found[1])
        except zlib.error:
            yield found[1]


def pages(paper: bytes) -> list[str]:
    """The glyphs of each."""
    return [
        b"".join(RUN.findall(one)).decode().lower()
        for one in streams(paper)
        if b"\nBT\n" in one
    ]


def fonts(paper: bytes) -> list[Font]:
    return [
        {
            bytes.fromhex(letter.decode()).decode("utf-16-be"): glyph.decode().lower()
            for glyph, letter in LETTER.findall(one)
        }
        for one in streams(paper)
        if b"begincmap" in one
    ]


def says(page: str, words: str, known: list[Font]) -> bool:
    written = ["".join(font.get(sign, "?") for sign in words) for font in known]
    return any(one in page for one in written)


def test_each_page_says_who_took_which_version(one: Referral, rosa: Clinician) -> None:
    version = a_packet(one, rosa, parts={"reason": LONG}, is_part2=True)
    paper = taken(rosa, version)
    found, known = pages(paper), fonts(paper)

    assert len(found) == 2
    for page in found:
        assert says(page, "Read by Rosa Wren · version 1", known)
    whole = "".join(found)
    for words in (
        "Why treatment is sought",
        "Washes her hands",
        "This record which has been disclosed",  # the notice of Part 2
        "Federal rules protect this record",
        "Ana Heron may tell Rosa Wren",  # the copy of the consent
        "signed on paper",
        "plan.txt",
    ):
        assert says(whole, words, known), words
    assert not says(whole, "Rosa Dove", known)


def test_its_description_names_nobody_and_it_is_tagged(
    one: Referral, rosa: Clinician
) -> None:
    paper = taken(rosa, a_packet(one, rosa))
    inside = b"".join([STREAM.sub(b"", paper), *streams(paper)])

    for word in ("Rosa", "Wren", "Ana Heron", "Heron", one.client.handle):
        assert word.encode() not in inside
        assert word.encode("utf-16-be") not in inside
        assert word.encode("utf-16-be").hex().encode() not in inside.lower()
    assert b"Referral packet" in inside
    assert b"/StructTreeRoot" in inside


def test_its_sender_has_her_own_name_on_it_and_no_line(
    one: Referral, ana: Clinician, rosa: Clinician
) -> None:
    paper = taken(ana, a_packet(one, rosa))

    assert says(pages(paper)[0], "Read by Ana Heron", fonts(paper))
    assert not Event.objects.filter(verb="packet.opened").exists()


def test_no_half_picture_is_taken_after_one_was_printed(
    one: Referral, rosa: Clinician
) -> None:
    taken(rosa, a_packet(one, rosa))

    enclosed(one, a_photograph(), "board.jpg")

    assert ImageFile.LOAD_TRUNCATED_IMAGES is False
    assert PacketFile.objects.filter(kind="jpeg").exists()


def test_a_draft_is_no_paper(one: Referral, ana: Clinician) -> None:
    wrote(one)
    at = f"{one.packet.get_absolute_url()}1/pdf/"

    assert signed_in(ana).get(at).status_code == 404
