"""Where: ZIP codes, towns, states, miles, and whether by video or in a room."""

from collections.abc import Iterator

from network.clinicians import vocabulary
from network.clinicians.geography import zip_codes
from network.clinicians.reading.answer import Choice
from network.clinicians.reading.gazetteer import middle, state_meant, towns
from network.clinicians.reading.page import Finding, Page

LONGEST_TOWN = 4
CLEAR, GUESSED = 0.95, 0.85
ALSO = frozenset({"or", "fine", "ok", "okay", "works", "also", "possible"})
"""Beside "telehealth" they say that it is one way of two."""
MOST_CHOICES = 6
SIZE = 5
"""So many ZIP codes make "in springfield" a town in small letters too."""
OTHER_MODE = {"in_person": "telehealth", "telehealth": "in_person"}
MODE_LABELS = {
    "in_person": "in person",
    "telehealth": "telehealth",
    "either": "in person or telehealth",
}


def zip_code(page: Page, index: int) -> Finding | None:
    word = page.words.plain[page.marks[index].first]
    if len(word) != 5 or word not in zip_codes() or page.refused(index):
        return None
    return page.found(index, "place", word, word, zip=word)


def radius(page: Page, index: int) -> Finding | None:
    after = page.after(index)
    word = page.words.plain[page.marks[index].first].removesuffix("mi")
    joined = word != page.words.plain[page.marks[index].first]
    if not word.isdigit() or not (joined or (after and after.says("unit") == "mile")):
        return None
    miles = min(max(int(word[:4]), 1), 3000)
    return page.found(index, "place", str(miles), f"≤{miles} mi", radius_miles=miles)


def state(page: Page, index: int, code: str) -> Iterator[Finding]:
    if not page.refused(index):
        yield page.found(index, "place", code, label_of(code), state=code)
        yield from town_before(page, index, code)


def town_before(page: Page, index: int, code: str) -> Iterator[Finding]:
    """ "Scarsdale NY", "White Plains, NY"."""
    end = page.marks[index].first
    end -= page.words.at(end - 1) == ","
    for first in range(max(end - LONGEST_TOWN, 0), end):
        name = page.words.original(first, end)
        if code in towns().get(name.lower(), ()):
            yield town(page, name.lower(), first, end)
            return


def label_of(code: str) -> str:
    return vocabulary.label("states", code)


def mode(page: Page, index: int, named: str) -> Iterator[Finding]:
    """ "no telehealth" means in person."""
    if page.wishes[index] in {"tried", "absent"}:
        return
    meant = OTHER_MODE.get(named, named) if page.refused(index) else named
    or_else = any(page.words.at(at) in ALSO for at in beside(page, index))
    yield page.found(
        index, "place", meant, MODE_LABELS[meant], mode=meant, alternative=or_else
    )


def beside(page: Page, index: int) -> tuple[int, int]:
    mark = page.marks[index]
    return mark.first - 1, mark.last


def format_(page: Page, index: int, slug: str) -> Iterator[Finding]:
    if not page.refused(index):
        yield page.found(index, "format", slug, vocabulary.label("formats", slug))


def place(page: Page, index: int, code: str) -> Iterator[Finding]:
    """A name that everybody uses and no ZIP code has: "Westchester"."""
    if not page.refused(index):
        mark = page.marks[index]
        label = page.words.original(mark.first, mark.last)
        yield page.found(index, "place", code, label, zip=code)


def near(page: Page, index: int, nearness: str) -> Iterator[Finding]:
    """A town after "near", "lives in"; small letters need more to go by."""
    after = page.after(index)
    if not (after and after.says("place")):
        least = 1 if nearness == "strong" else SIZE
        yield from town_at(page, page.marks[index].last, least=least)


def town_at(page: Page, first: int, *, least: int) -> Iterator[Finding]:
    end = min(first + LONGEST_TOWN, len(page.words.plain))
    for last in range(end, first, -1):
        name = page.words.original(first, last)
        size = sum(map(len, towns().get(name.lower(), {}).values()))
        if size >= (1 if page.words.is_capitalised(first) else least):
            yield town(page, name.lower(), first, last)
            return


def item(page: Page, index: int, _: str) -> Iterator[Finding]:
    """A town as an item of its own: "grief, Yonkers, evenings"."""
    first = page.marks[index].last
    following = page.after(index, far=LONGEST_TOWN)
    last = following.first if following else len(page.words.plain)
    if first == last or (following and not following.says("pause")):
        return
    if (
        page.words.is_capitalised(first)
        and page.words.original(first, last).lower() in towns()
    ):
        yield from town_at(page, first, least=1)


def town(page: Page, name: str, first: int, last: int) -> Finding:
    state = state_meant(name, page.states)
    if state is None:
        states = sorted(towns()[name], key=lambda each: -len(towns()[name][each]))
        choices = tuple(
            Choice("place", middle(towns()[name][each]), f"{name.title()}, {each}")
            for each in states[:MOST_CHOICES]
        )
        return Finding("place", "", name.title(), first, last, choices=choices)
    code = middle(towns()[name][state])
    certainty = CLEAR if state in page.states else GUESSED
    label = f"{name.title()}, {state}"
    return Finding(
        "place", code, label, first, last, "", certainty, {"zip": code, "near": True}
    )
