"""Two to four colleagues side by side, and the sheet for the client."""

import re
import zlib
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from network.clinicians import pdf
from network.clinicians.actions.needs import save_need
from network.clinicians.models import Clinician, SavedNeed
from tests.conftest import signed_in
from tests.factories import a_colleague

NEED = {"specialties": [{"term": "ocd", "wish": "must"}], "text": ""}


@pytest.fixture
def tab(ana: Clinician) -> Client:
    return signed_in(ana)


@pytest.fixture
def anas(ana: Clinician) -> SavedNeed:
    """A search of Ana's."""
    assert ana.user is not None
    return save_need({"need": NEED}, owner=ana, by=ana.user)


def choose(tab: Client, saved: SavedNeed, *people: Clinician) -> Any:
    address = reverse("clinicians:comparison", args=[saved.public_id])
    ids = [str(person.public_id) for person in people]
    return tab.post(address, {"compared": ids}, follow=True)


def test_differences_are_marked(tab: Client, anas: SavedNeed) -> None:
    ines = a_colleague("Ines Okafor", specialties=[("ocd", "certified")])
    omar = a_colleague("Omar Weiss", specialties=[("ocd", "interest")])

    page = choose(tab, anas, ines, omar)

    differs = {line.label: line.differs for line in page.context["lines"]}
    assert differs["Score"]
    assert differs["OCD"]
    assert not differs["Profession"]
    content = page.content.decode()
    assert "Ines Okafor" in content
    assert "(differs)" in content


@pytest.mark.parametrize("number", [0, 1, 5])
def test_one_is_too_few_and_five_too_many(
    number: int, tab: Client, anas: SavedNeed
) -> None:
    people = [a_colleague(f"Wren {each}") for each in range(number)]

    page = choose(tab, anas, *people)

    assert page.redirect_chain[-1][0] == anas.get_absolute_url()
    assert "Choose two, three or four" in page.content.decode()


def test_whoever_no_longer_fits_is_not_compared(tab: Client, anas: SavedNeed) -> None:
    ines = a_colleague("Ines Okafor")
    other = a_colleague("Omar Weiss", specialties=[("grief", "trained")])

    page = choose(tab, anas, ines, other)

    assert page.redirect_chain[-1][0] == anas.get_absolute_url()


def sheet(tab: Client, name: str, *people: Clinician) -> Any:
    ids = [str(person.public_id) for person in people]
    return tab.post(reverse(f"clinicians:{name}"), {"person": ids})


def test_a_sheet_names_colleagues_and_nothing_of_the_need(tab: Client) -> None:
    ines = a_colleague("Ines Okafor", specialties=[("ocd", "certified")])

    content = sheet(tab, "handout", ines).content.decode()

    assert "Ines Okafor" in content
    assert "1 Elm Street" in content
    assert "Tue evening" in content
    for word in ("OCD", "ERP", "Score", "must"):
        assert word not in content


def test_what_she_hides_is_not_on_the_sheet(tab: Client) -> None:
    ines = a_colleague("Ines Okafor")
    Clinician.objects.filter(pk=ines.pk).update(hidden_fields=["openings", "languages"])

    content = sheet(tab, "handout", ines).content.decode()

    assert "Tue evening" not in content
    assert "Languages" not in content


def test_a_sheet_has_one_to_six(tab: Client, finn: Clinician) -> None:
    seven = [a_colleague(f"Wren {number}") for number in range(7)]

    for people in ([], seven, [finn]):
        assert sheet(tab, "handout", *people).status_code == 302
    strange = tab.post(reverse("clinicians:handout"), {"person": ["x", str(uuid4())]})
    assert strange.status_code == 302


def unpacked(document: bytes) -> bytes:
    """The streams of a PDF as they were before they were packed."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", document, re.DOTALL)
    return b"".join(zlib.decompressobj().decompress(one) for one in streams)


def test_the_pdf_is_tagged_and_says_the_same(tab: Client) -> None:
    ines = a_colleague("Ines Okafor")

    answer = sheet(tab, "handout_pdf", ines)

    if not pdf.is_possible():
        assert answer.status_code == 404
        return
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="colleagues.pdf"'
    assert answer.content.startswith(b"%PDF")
    assert b"/StructTreeRoot" in unpacked(answer.content)


def test_the_maker_of_pdfs_fetches_nothing() -> None:
    with pytest.raises(ValueError, match="fetches nothing"):
        pdf._refuse("file:///etc/passwd")
