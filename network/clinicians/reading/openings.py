"""When: days, parts of the day, weeks."""

from collections.abc import Iterator

from network.clinicians.reading.page import Finding, Page
from network.clinicians.reading.words import SIGNS

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PARTS = ("morning", "midday", "afternoon", "evening")
GROUPS = {"weekday": DAYS[:5], "weekend": DAYS[5:]}
SPANS = {"daytime": PARTS[:3]}
WEEKS = {"week": 1.0, "day": 1 / 7, "month": 4.0}
HALVES = frozenset({"am", "pm"})
MOST_WEEKS = 52
HABITS = frozenset({"every", "each", "last", "this", "until", "all", "that", "one"})
RANGES = frozenset({"-", "–", "—", "to", "thru", "through", "until"})


def day(page: Page, index: int, name: str) -> Iterator[Finding]:
    """A day, or days joined as in "Tue-Thu"; the parts of the day come beside them."""
    yield slots(page, index, days=GROUPS.get(name) or days_from(page, index, name))


def days_from(page: Page, index: int, name: str) -> tuple[str, ...]:
    """ "Tue-Thu", "Monday to Friday"."""
    after = page.after(index, far=1)
    last = after.says("day") if after else ""
    if last not in DAYS or after is None:
        return (name,)
    start, end = (
        page.words.ends[page.marks[index].last - 1],
        page.words.starts[after.first],
    )
    if page.words.text[start:end].strip().lower() not in RANGES:
        return (name,)
    first, final = DAYS.index(name), DAYS.index(last)
    return DAYS[first : final + 1] if first < final else (name,)


def part(page: Page, index: int, name: str) -> Iterator[Finding]:
    if page.words.at(page.marks[index].first - 1) in HABITS:
        return
    group, _, rest = name.rpartition("-")
    days = GROUPS.get(group, ())
    yield slots(page, index, days=days, parts=SPANS.get(rest, (rest,)))


def slots(
    page: Page, index: int, *, days: tuple[str, ...] = (), parts: tuple[str, ...] = ()
) -> Finding:
    mark = page.marks[index]
    label = page.words.original(mark.first, mark.last)
    return page.found(
        index, "openings", label.lower(), label, days=days, parts=parts,
        refused=page.refused(index),
        apart=page.words.at(mark.first - 1) in {"or", "and"},
    )  # fmt: skip


def weeks(page: Page, index: int, number: str) -> Iterator[Finding]:
    if not page.refused(index):
        mark = page.marks[index]
        label = page.words.original(mark.first, mark.last)
        yield page.found(index, "openings", number, label, within_weeks=int(number))


def soon(page: Page, index: int) -> Finding | None:
    """ "within 2 weeks", but not "for 3 weeks"."""
    before, after = page.before(index, far=2), page.after(index)
    word = page.words.plain[page.marks[index].first]
    unit = WEEKS.get(after.says("unit")) if after else None
    if (
        unit is None
        or not word.isdigit()
        or not before
        or before.says("limit") != "within"
    ):
        return None
    number = min(max(round(int(word[:3]) * unit), 1), MOST_WEEKS)
    return page.found(
        index, "openings", str(number), f"within {number} weeks", within_weeks=number
    )


def hour(page: Page, index: int) -> Finding | None:
    """ "7 pm", "after 5pm"; "after 5" is in the afternoon too."""
    word = page.words.plain[page.marks[index].first]
    half = half_of_day(page, index)
    number = word.removesuffix(half)
    if not half or not number.isdigit() or not 1 <= int(number[:3]) <= 12:
        return None
    return slots(page, index, parts=parts_at(int(number) % 12 + 12 * (half == "pm")))


def half_of_day(page: Page, index: int) -> str:
    mark, words = page.marks[index], page.words
    word, following = words.plain[mark.first], words.at(mark.last)
    found = word[-2:] if word[-2:] in HALVES else following
    if found in HALVES:
        return found
    bare = not following or following in SIGNS
    return "pm" if bare and words.at(mark.first - 1) in {"after", "past"} else ""


def parts_at(hour: int) -> tuple[str, ...]:
    ends = ((11, "morning"), (14, "midday"), (17, "afternoon"), (24, "evening"))
    return (next(part for end, part in ends if hour < end),)
