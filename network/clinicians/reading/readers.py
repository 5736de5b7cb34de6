"""Which reader understands which kind of word."""

from collections.abc import Callable, Iterator, Mapping

from network.clinicians.reading import (
    ages,
    clinical,
    openings,
    payment,
    people,
    places,
    purpose,
)
from network.clinicians.reading.page import Finding, Page

Reader = Callable[[Page, int, str], Iterator[Finding]]
NUMBERS = (
    places.zip_code, places.radius, payment.fee, openings.hour, ages.age, openings.soon,
)  # fmt: skip


def number(page: Page, index: int, _: str) -> Iterator[Finding]:
    """The first that knows what to do with it; a bare number says nothing."""
    for read in NUMBERS:
        found = read(page, index)
        if found is not None:
            yield found
            return


def alone(page: Page, index: int, named: str) -> Iterator[Finding]:
    """An ordinary word that is a term only as an item of its own."""
    if page.alone(index):
        kind, _, slug = named.partition("/")
        yield from READERS[kind](page, index, slug)


READERS: Mapping[str, Reader] = {
    "specialties": clinical.specialty,
    "approaches": clinical.approach,
    "ambiguous": clinical.ambiguous,
    "acuity": clinical.acuity,
    "risks": clinical.risk,
    "levels_of_care": clinical.level_of_care,
    "style": clinical.style,
    "alone": alone,
    "digits": number,
    "number": ages.spelt,
    "age_group": ages.named,
    "participants": people.participants,
    "gender": people.gender,
    "communities": people.community,
    "faiths": people.faith,
    "secular": people.secular,
    "languages": people.language,
    "states": places.state,
    "mode": places.mode,
    "format": places.format_,
    "place": places.place,
    "near": places.near,
    "pause": places.item,
    "day": openings.day,
    "part": openings.part,
    "weeks": openings.weeks,
    "payers": payment.payer,
    "networks": payment.network,
    "payment": payment.manner,
    "kind": purpose.kind,
    "reason": purpose.reason,
    "own": purpose.own_practice,
}


def findings_of(page: Page) -> list[Finding]:
    """Each once; two names of one thing in the same words count once as well."""
    found = (
        finding
        for index, mark in enumerate(page.marks)
        for meaning in mark.meanings
        if (reader := READERS.get(meaning.kind))
        for finding in reader(page, index, meaning.value)
    )
    unique = {(each.field, each.term, each.first): each for each in found}
    return list(unique.values())
