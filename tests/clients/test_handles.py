"""Handles and regions: nothing in them leads back to somebody."""

import pytest

from network.privacy.guard import guard
from network.privacy.handles import _words, new_handle
from network.privacy.regions import few, is_populous, region


def test_a_handle_is_drawn_anew_until_it_is_free() -> None:
    taken = {new_handle(frozenset()) for _ in range(200)}

    assert new_handle(taken) not in taken


def test_no_handle_looks_like_an_identifier_to_the_guard() -> None:
    colours, animals = _words()

    found = [
        handle
        for handle in (
            f"{colour} {animal} 42" for colour in colours for animal in animals
        )
        if guard(f"I saw {handle} today.")
    ]

    assert found == []


@pytest.mark.parametrize("zip3", sorted(few()))
def test_a_thinly_peopled_zip3_is_never_said(zip3: str) -> None:
    assert not is_populous(zip3)
    assert region("WY", zip3) == "WY"


@pytest.mark.parametrize("text", ["", "10", "1058", "10a", "１０５", " 105"])
def test_what_is_no_three_digits_is_no_zip3(text: str) -> None:
    assert not is_populous(text)


def test_a_peopled_zip3_stands_beside_its_state() -> None:
    assert region("NY", "105") == "NY, ZIP 105xx"
    assert region("NY") == "NY"
    assert region("", "105") == ""
