"""Who the client is never becomes a criterion; it is pointed out."""

import pytest

from network.clinicians.reading import read


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Dr. Smith said OCD", [("NAME", "Dr. Smith")]),
        ("Maria Gonzalez has OCD", [("NAME", "Maria Gonzalez")]),
        ("client named Xiu, OCD", [("NAME", "Xiu")]),
        ("OCD, dob 3/4/1999", [("DATE", "3/4/1999")]),
        ("born March 4, 1999, OCD", [("DATE", "March 4, 1999")]),
        ("born 1999-03-04, OCD", [("DATE", "1999-03-04")]),
        ("OCD, 914-555-1234", [("PHONE", "914-555-1234")]),
        ("OCD, (914) 555-1234", [("PHONE", "(914) 555-1234")]),
        ("write to m.g@mail.example", [("EMAIL", "m.g@mail.example")]),
        ("ssn 123-45-6789, OCD", [("SSN", "123-45-6789")]),
        ("lives at 12 Elm Street, OCD", [("ADDRESS", "12 Elm Street")]),
        ("MRN 5512345, OCD", [("ID", "MRN 5512345")]),
        ("19, OCD, ERP, 10583, Aetna, White Plains", []),
        ("Tue evenings, Prolonged Exposure, Blue Cross Blue Shield", []),
    ],
)
def test_identifiers_are_pointed_out(text: str, found: list[tuple[str, str]]) -> None:
    reading = read(text)

    assert [(i.label, text[i.start : i.end]) for i in reading.identifiers] == found


def test_words_of_an_identifier_are_no_criterion() -> None:
    reading = read("Ms. Black, 94-10 Jamaica Avenue, 212-555-1010, prefers a woman")

    assert set(reading.need) == {"gender"}


def test_a_name_in_place_of_a_town_is_no_place() -> None:
    assert read("seen by Dr. Springfield, OCD").need.keys() == {"specialties"}
