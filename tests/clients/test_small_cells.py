"""A band, a region and a rare thing: each is harmless, together they are few people."""

import pytest

from network.privacy.small_cells import small_cells

RARE = "survived a house fire"


@pytest.mark.parametrize(
    ("text", "has_age", "is_local", "is_small"),
    [
        (RARE, True, True, True),
        (RARE, True, False, False),
        (RARE, False, True, False),
        ("grief, and trouble sleeping", True, True, False),
        ("a firefighter", True, True, True),
        ("a firefighter", True, False, False),
        (f"{RARE}, in her forties", False, True, True),
        ("", True, True, False),
    ],
)
def test_what_tells_only_together(
    text: str, has_age: bool, is_local: bool, is_small: bool
) -> None:
    assert bool([*small_cells(text, has_age=has_age, is_local=is_local)]) == is_small


def test_it_says_how_to_say_less() -> None:
    [cell] = small_cells(RARE, has_age=True, is_local=True)

    assert cell.words == "house fire"
    assert cell.beside == ("the age", "the place")
    assert cell.hints == (
        "Say “a serious accident”.",
        "Leave the age out.",
        "Name the state alone.",
    )


def test_where_the_author_works_counts_too() -> None:
    assert not [*small_cells(RARE, has_age=True, is_local=False)]
    assert [*small_cells(RARE, has_age=True, is_local=False, place="Rye")]
