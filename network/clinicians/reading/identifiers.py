"""Words that could tell who the client is: pointed out, never made a criterion."""

from network.clinicians.reading.answer import Identifier
from network.privacy.guard import DIRECT, guard

POINTED_OUT = DIRECT | {"DATE"}
"""Ages and places are what a search is made of."""


def identifiers_of(text: str) -> tuple[Identifier, ...]:
    return tuple(
        Identifier(each.start, each.end, each.label)
        for each in guard(text)
        if each.label in POINTED_OUT and each.level != "low"
    )
