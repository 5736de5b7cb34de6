"""Taxonomy codes and the credentials that stand for them."""

import pytest

from network.clinicians.vocabulary import label, slugs, terms
from network.clinicians.vocabulary.loading import read
from network.clinicians.vocabulary.nucc import (
    current_code,
    default_code,
    is_behavioural,
    is_deactivated,
    profession_of,
)


def test_the_names_that_circulate_wrongly_are_right_here() -> None:
    assert label("taxonomies", "103TC1900X") == "Counseling Psychologist"
    assert label("taxonomies", "103TB0200X") == "Cognitive & Behavioral Psychologist"
    assert label("taxonomies", "103TH0004X") == "Health Psychologist"
    assert label("taxonomies", "103TH0100X") == "Health Service Psychologist"


def test_the_notice_travels_with_the_codes() -> None:
    notice = read("taxonomies")["notice"]
    assert "American Medical Association" in notice
    assert "unchanged" in notice


@pytest.mark.parametrize(
    "code", ["103GC0700X", "103TE1000X", "103TM1700X", "103TP2700X", "103TW0100X"]
)
def test_a_deactivated_code_leads_to_one_in_force(code: str) -> None:
    assert is_deactivated(code)
    assert not is_deactivated(current_code(code))


def test_codes_of_other_fields_are_not_behavioural() -> None:
    assert is_behavioural("1041C0700X")
    assert not is_behavioural("207R00000X")
    assert profession_of("207R00000X") is None


def test_people_have_a_profession_and_organisations_none() -> None:
    for each in terms("taxonomies"):
        profession = profession_of(each.slug)
        assert (profession is None) == (each.group == "organisations")
        assert profession is None or profession in slugs("professions")


@pytest.mark.parametrize(("credentials", "code"), [
    ("LCSW", "1041C0700X"),
    ("L.I.C.S.W.", "1041C0700X"),
    ("LICSW,CEAP,BCD", "1041C0700X"),
    ("MSSS / LCSW", "1041C0700X"),
    ("PH. D.", "103TC0700X"),
    ("PSY.D.", "103TC0700X"),
    ("PHD, LMHC", "101YM0800X"),
    ("MSN, APRN, BC", "363LP0808X"),
    ("MD, MPH", "2084P0800X"),
    ("LPC", "101YP2500X"),
    ("MA, LMFT", "106H00000X"),
    ("", None),
    ("ESQ", None),
])  # fmt: skip
def test_credentials_have_a_usual_code(credentials: str, code: str | None) -> None:
    assert default_code(credentials) == code
