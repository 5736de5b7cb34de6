"""What the client needs help with, and how: problems, approaches, severity, risk."""

from collections.abc import Iterator

from network.clinicians import vocabulary
from network.clinicians.reading.answer import Choice
from network.clinicians.reading.page import Finding, Page
from network.clinicians.reading.people import clinician_follows

SPECIALTY_WISHES = {"not": "avoid", "avoid": "avoid", "must": "must", "need": "must",
                    "prefer": "prefer", "unsure": "prefer"}  # fmt: skip
APPROACH_WISHES = SPECIALTY_WISHES | {"tried": "avoid", "without": "avoid"}
UNSURE = 0.7
ACUITY = ("growth", "mild", "moderate", "severe", "imminent risk")
STYLES = {
    "directive": ("directive", 5), "exploratory": ("directive", 1),
    "structured": ("structured", 5), "open": ("structured", 1),
    "homework": ("homework", 5), "no-homework": ("homework", 1),
    "present": ("present", 5), "past": ("present", 1),
    "challenging": ("challenging", 5), "warm": ("challenging", 1),
    "silence": ("silence", 5), "humour": ("humour", 5),
    "self-disclosure": ("self-disclosure", 5),
}  # fmt: skip


def specialty(page: Page, index: int, slug: str) -> Iterator[Finding]:
    """What is denied is none, nor is "a trans therapist"; what was "tried" still is."""
    if page.wishes[index] not in {"absent", "without"} and not (
        page.marks[index].says("communities") and clinician_follows(page, index)
    ):
        wish = SPECIALTY_WISHES.get(page.wishes[index], "")
        yield term_finding(page, index, ("specialties", slug), wish)


def approach(page: Page, index: int, slug: str) -> Iterator[Finding]:
    if page.wishes[index] != "absent":
        wish = APPROACH_WISHES.get(page.wishes[index], "")
        yield term_finding(page, index, ("approaches", slug), wish)


def term_finding(
    page: Page, index: int, named: tuple[str, str], wish: str, sure: float = 1.0
) -> Finding:
    field, slug = named
    mark = page.marks[index]
    depth = depth_of(page, index) if wish != "avoid" else ""
    return Finding(
        field,
        slug,
        vocabulary.label(field, slug),
        mark.first,
        mark.last,
        wish,
        min(mark.certainty, sure, UNSURE if page.wishes[index] == "unsure" else 1.0),
        {"depth": depth} if depth else {},
    )


def depth_of(page: Page, index: int) -> str:
    """ "trained in ERP", "ERP-certified", "an OCD specialist"."""
    before, after = page.before(index, far=1), page.after(index)
    found = before.says("depth") if before else ""
    return found or (after.says("depth") if after else "")


def ambiguous(page: Page, index: int, form: str) -> Iterator[Finding]:
    """Decided by the words around it, or asked."""
    meaning = vocabulary.ambiguities()[form]
    chosen = meaning.decided_by(frozenset(page.words.plain))
    if chosen is None:
        mark = page.marks[index]
        choices = tuple(
            Choice(each.list or "", each.slug, each.label) for each in meaning.choices
        )
        yield Finding("", "", meaning.label, mark.first, mark.last, choices=choices)
    elif chosen.list == "specialties" and chosen.slug:
        yield from specialty(page, index, chosen.slug)
    elif chosen.list == "approaches" and chosen.slug:
        yield from approach(page, index, chosen.slug)


def acuity(page: Page, index: int, level: str) -> Iterator[Finding]:
    if not page.refused(index):
        yield page.found(index, "acuity", level, ACUITY[int(level)], level=int(level))


def risk(page: Page, index: int, slug: str) -> Iterator[Finding]:
    if not page.refused(index):
        yield page.found(index, "risk", slug, vocabulary.label("risks", slug))


def level_of_care(page: Page, index: int, slug: str) -> Iterator[Finding]:
    if not page.refused(index):
        label = vocabulary.label("levels_of_care", slug)
        yield page.found(index, "level_of_care", slug, label)


def style(page: Page, index: int, manner: str) -> Iterator[Finding]:
    if not page.refused(index):
        axis, value = STYLES[manner]
        label = page.words.original(page.marks[index].first, page.marks[index].last)
        yield page.found(index, "style", axis, label, value=value)
