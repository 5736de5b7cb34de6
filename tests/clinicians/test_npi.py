"""The check digit of National Provider Identifiers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.clinicians.npi import check_digit, is_npi


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("1234567893", True),
        ("1993999998", True),
        ("1558598797", True),
        ("1234567890", False),
        ("3234567899", False),
        ("123456789", False),
        ("12345678933", False),
        ("123456789a", False),
        ("١٢٣٤٥٦٧٨٩٣", False),
        ("", False),
    ],
)
def test_an_npi_has_ten_digits_of_which_the_last_checks_the_rest(
    text: str, valid: bool
) -> None:
    assert is_npi(text) is valid


@given(nine=st.from_regex(r"[12][0-9]{8}", fullmatch=True), place=st.integers(0, 9))
def test_one_wrong_digit_is_always_noticed(nine: str, place: int) -> None:
    whole = nine + check_digit(nine)
    wrong = str((int(whole[place]) + 1) % 10)
    assert is_npi(whole)
    assert not is_npi(whole[:place] + wrong + whole[place + 1 :])
