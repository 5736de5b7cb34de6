"""What a form says in fields and what stands beside it in words, taken together: few
people have it all.
"""

from collections.abc import Iterator
from typing import NamedTuple

from network.privacy.guard import guard
from network.privacy.guard.answer import AGE, LOCATION
from network.privacy.guard.combinations import (
    SAID,
    enough,
    rare_phrases,
    told_beside,
)
from network.privacy.guard.lists import lists
from network.privacy.guard.words import words_of

HINTS = {
    AGE: "Leave the age out.",
    LOCATION: "Name the state alone.",
    "author": "Leave it out: colleagues see in which town you work.",
}


class SmallCell(NamedTuple):
    """A rare thing that is said, with what it is told beside, and how to say less."""

    words: str
    beside: tuple[str, ...]
    hints: tuple[str, ...]


def small_cells(
    text: str, *, has_age: bool, is_local: bool, place: str = ""
) -> Iterator[SmallCell]:
    """`is_local`: a field says more of the place than the state. `place`: the town in
    which colleagues see the author at work.
    """
    known = lists()
    words = words_of(text, known)
    fields = [*([AGE] if has_age else []), *([LOCATION] if is_local else [])]
    told = told_beside(words, guard(text), "" if is_local else place)
    beside = list(dict.fromkeys([*fields, *told]))
    for first, last, meaning in rare_phrases(words, known):
        if enough(beside, meaning):
            said = text[words.starts[first] : words.ends[last - 1]]
            yield SmallCell(
                said,
                tuple(SAID[each] for each in beside),
                (
                    f"Say “{meaning}”.",
                    *(HINTS[each] for each in beside if each in HINTS),
                ),
            )
