"""Days and months, and the season that says enough."""

import re
from collections.abc import Iterator

from network.privacy.guard.answer import DATE, HIGH, LOW, Span
from network.privacy.guard.lists import MONTH
from network.privacy.guard.marks import span
from network.privacy.guard.spelling import words_in
from network.privacy.guard.words import Words

ORDER = [
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
]
SPANISH = {"ene": 1, "abr": 4, "ago": 8, "dic": 12}
SEASONS = ("winter", "spring", "summer", "autumn")
PARTS = ("early", "mid-", "late")
DAY = r"\d{1,2}(?:st|nd|rd|th|º)?(?![\d:%/])"
YEAR = r"(?:(?:19|20)\d\d|['’]\d\d)"
DAY_BEFORE = re.compile(r"\d{1,2}(?:st|nd|rd|th|º)?", re.IGNORECASE)
OF = frozenset({"of", "de"})
LED = frozenset({"on", "el", "the"})
COUNTED = r"(?! (?:years?|weeks?|months?|hours?|minutes?|times?|sessions?|mg)\b)"
AFTER = re.compile(
    rf"\.?(?P<day>,? (?:the )?{DAY}{COUNTED})?"
    rf"(?P<year>,? (?:of |de |del )?{YEAR}(?!\d))?",
    re.IGNORECASE,
)
LEADS = words_in(
    "in since last this next until till by during early late mid every each through "
    "from before after around of en desde"
)
VERBS = frozenset({"may", "march", "mar", "august", "jan", "jun", "sun", "dec", "sep"})
BIRTH = re.compile(
    r"(?:\bdob|birth\w*|born|nacid[oa]|nació)(?: date)?(?: (?:on|is|el))?[\s:]{0,3}$",
    re.IGNORECASE,
)
SHORT_LEADS = words_in(
    """dob born on since seen dated date by until from before after appt session
    admitted discharged intake visit"""
)
SHORT_DATE = re.compile(r"(?P<month>\d{1,2})[/-](?P<day>\d{1,2})(?![\w/%-]| of\b)")


def dates(words: Words) -> Iterator[Span]:
    for index, kind in enumerate(words.kinds):
        if kind & MONTH:
            yield from at_month(words, index)
    for index in words.numeric:
        if words.low[index - 1] in SHORT_LEADS and index:
            yield from short_date(words, index)


def at_month(words: Words, index: int) -> Iterator[Span]:
    """A month with its day or year; alone only where a date stands."""
    text, start, end = words.text, words.starts[index], words.ends[index]
    after = AFTER.match(text, end)
    begun = day_before(words, index)
    day = begun is not None or (after is not None and after["day"])
    year = after["year"] if after else None
    if not (day or year or stands_alone(words, index)):
        return
    if not day and not words.is_large(index) and words.low[index] in VERBS:
        return
    first = words.starts[led_from(words, index if begun is None else begun)]
    if not day:
        first = start
    last = after.end() if after and (day or year) else end
    level = "" if day or year else LOW
    yield dated(text, (first, last), words.low[index], year or "", level)


def day_before(words: Words, index: int) -> int | None:
    """The place of the day in "3rd of March"."""
    first = index - 1 - (words.at(index - 1) in OF)
    if first < 0 or not words.gap(index).isspace():
        return None
    is_day = DAY_BEFORE.fullmatch(words.raw[first]) and words.gap(first) != "/"
    return first if is_day and words.gap(first)[-1:] not in {"/", "-", "."} else None


def led_from(words: Words, index: int) -> int:
    """ "on the 3rd": the words that the season does not need."""
    for _ in range(2):
        if words.at(index - 1) in LED and words.gap(index) == " ":
            index -= 1
    return index


def stands_alone(words: Words, index: int) -> bool:
    low = words.low[index]
    large = words.is_large(index) and not words.begins(index)
    if words.at(index - 2) == "fourth":
        return False
    return words.at(index - 1) in LEADS and (large or low not in VERBS) and len(low) > 2


def dated(text: str, place: tuple[int, int], month: str, year: str, level: str) -> Span:
    start, end = place
    led = text[start:end].lower().startswith(("on ", "el "))
    season = season_of(month_number(month))
    full = "".join(re.findall(r"\d", year))
    when = f"{season} {'20' if len(full) == 2 else ''}{full}".strip()
    if full and BIRTH.search(text[max(start - 20, 0) : start]):
        return span(start, end, DATE, full[-4:], HIGH)
    return span(start, end, DATE, f"in {when}" if led else when, level)


def month_number(word: str) -> int:
    short = word[:3]
    if short in ORDER:
        return ORDER.index(short) + 1
    return SPANISH.get(short, 1)


def season_of(month: int) -> str:
    """ "early spring" for the third of March, "mid-summer" for July."""
    part = PARTS[month % 3]
    season = SEASONS[month % 12 // 3]
    return f"{part}{'' if part.endswith('-') else ' '}{season}"


def numeric_date(text: str, start: int, end: int) -> Iterator[Span]:
    """ "3/4/1999", "1999-03-04", "3.4.99": months first where both could be."""
    parts = [int(part) for part in re.findall(r"\d+", text[start:end])]
    if parts[0] > 31:
        year, month, day = parts
    else:
        month, day, year = parts
    if month > 12:
        month, day = day, month
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return
    birth = BIRTH.search(text[max(start - 20, 0) : start])
    full = full_year(year)
    if birth:
        yield span(start, end, DATE, str(full), HIGH)
        return
    led = text[max(start - 3, 0) : start].lower() == "on "
    when = f"{season_of(month)} {full}"
    yield span(start - 3 * led, end, DATE, f"in {when}" if led else when)


def full_year(year: int) -> int:
    if year > 99:
        return year
    return year + (1900 if year > 30 else 2000)


def short_date(words: Words, index: int) -> Iterator[Span]:
    """ "on 3/4", but not "3/4 of the time" or "5/10"."""
    match = SHORT_DATE.match(words.text, words.starts[index])
    if match:
        month, day = int(match["month"]), int(match["day"])
        if 1 <= month <= 12 and 1 <= day <= 31:
            yield span(*match.span(), DATE, season_of(month))
