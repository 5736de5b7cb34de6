"""Where a text says two things and a need holds one: the first counts, and it asks."""

from collections.abc import Iterator

from network.clinicians.reading.answer import Choice
from network.clinicians.reading.page import Finding

ONE_EACH = ("payer", "state", "zip")


def doubts(found: list[Finding]) -> Iterator[Finding]:
    """ "NY or NJ", "aged 7 and 14": the second, with both to choose from."""
    yield from differing([each for each in found if each.field == "age_group"])
    for key in ONE_EACH:
        yield from differing([each for each in found if key in each.value])


def differing(found: list[Finding]) -> Iterator[Finding]:
    others = {each.term: each for each in found}
    if len(others) > 1:
        choices = tuple(
            Choice(each.field, each.term, each.label) for each in others.values()
        )
        second = [*others.values()][1]
        yield second.with_choices(choices)
