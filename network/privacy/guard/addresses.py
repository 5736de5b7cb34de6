"""Street addresses and post boxes."""

import re
from collections.abc import Iterator
from functools import cache

from network.privacy.guard.answer import ADDRESS, Span
from network.privacy.guard.lists import lists
from network.privacy.guard.marks import span
from network.privacy.guard.spelling import folded, words_in
from network.privacy.guard.towns import towns
from network.privacy.guard.words import Words

INSIDE = r"(?:apt|apartment|suite|ste|unit|floor|fl|room|rm|piso|depto)"
UNIT = rf"{INSIDE}\.?\s?#?\s?[\w-]{{1,6}}|#\s?\d{{1,5}}\w?"
REST_OF_WORD = r"[\w'’-]{0,30}"
PART = rf"[^\W\d_]{REST_OF_WORD}"
LARGE = rf"[^\W\d_a-z]{REST_OF_WORD}"
BREAK = r"\s{0,4},?\s{0,4}"
ZIP = r"\d{5}(?:-\d{4})?\b"
INSIDE_IT = re.compile(rf"{BREAK}(?i:{UNIT})\b")
TOWN = re.compile(
    rf"\s{{0,4}},\s{{0,4}}(?P<town>{LARGE}(?: {LARGE}){{0,2}})"
    rf"(?P<state>{BREAK}[A-Z]{{2}}\b(?:\s{{1,4}}{ZIP})?)?"
)
CONTINUED = re.compile(
    rf"(?:{BREAK}(?:Apt|Suite|Unit)\.? ?\d{{1,6}})?"
    rf"(?:\s{{0,4}},?\s{{1,4}}{LARGE}){{0,3}}{BREAK}(?:[A-Z]{{2}}\b)?\s{{0,4}}"
    rf"(?:[A-Z][a-z]{{1,20}}(?: [A-Z][a-z]{{1,20}})?\s{{1,4}})?{ZIP}"
)
COMPASS = r"(?:[NSEWnsew]\.? |(?:North|South|East|West) )?"
NUMBERED = (
    r"(?<![\w$€£./:-])(?P<number>\d{1,6}(?:-\d{1,4})?[A-Z]?)(?: \d{1,4})? "
    rf"(?P<body>{COMPASS}(?:(?:{PART}|\d{{1,3}}(?:st|nd|rd|th)) ){{1,4}}?)"
)
STREETS = (
    r"Calle|Avenida|Av\.|Rue|Via|Rua|Carrer|Paseo|Plaza|Carrera|Camino|Piazza|Corso"
)
PREFIXED = re.compile(
    rf"(?:\b\d{{1,5}}(?: \d{{1,4}})?,? )?\b(?:{STREETS}) "
    rf"(?:(?:de|del|della|la|las|los|du|des|da|do) ){{0,2}}{LARGE}(?: {LARGE}){{0,2}}"
    rf"(?:,? (?:n[.ºo°]?\s?|#\s?)?\d{{1,5}}\b)?(?:,? (?i:{UNIT}))?"
)
BOX = re.compile(r"\bP\.?\s?O\.?\s?Box\s?#?\s?\d{1,8}", re.IGNORECASE)
NUMBER_OR_WORD = rf"(?:{PART}|\d{{1,4}})[,.]?"
WITH_UNIT = re.compile(
    rf"(?:{PART} )?\b\d{{1,6}} (?:{NUMBER_OR_WORD} ){{0,4}}?{NUMBER_OR_WORD}"
    r"[\n> ,]{1,4}"
    r"(?i:(?:apt|apartment|suite|ste|unit)\.?\s?#?\s?\d[\w-]{0,5})\b"
)
AT_HOME = re.compile(
    rf"\b(?:at|is|to|in) (?P<where>\d{{1,6}}(?: \d{{1,4}})? {LARGE}(?: {LARGE}){{0,3}}"
    rf"(?:\.?, {LARGE})?)"
)
LIVING = words_in(
    "live lives lived living resides residing stays staying address moved"
)
PIECE = rf"(?:{LARGE}|\d[\w-]{{0,9}})"
LINES = (
    rf"(?:[ ]?\n[> ,]{{0,4}}{PIECE}(?:[ -]{PIECE}){{0,4}}[ ]?,?(?=\n|$|[.?!])){{1,5}}"
)
NEXT_LINES = re.compile(LINES)
WITH_POSTCODE = rf"(?:,? ?\d{{4,6}} {LARGE}(?: {LARGE}){{0,2}}(?:, {LARGE})?|{LINES})"
FOREIGN = re.compile(
    rf"(?:\b\d{{1,6}}[A-Z]?(?: \d{{1,4}})?,? {LARGE}(?: {LARGE}){{0,3}}"
    rf"|\b{LARGE}(?: {LARGE}){{0,2}} \d{{1,5}}[a-z]?(?: {LARGE}){{0,2}}){WITH_POSTCODE}"
)
"""A number and a street, or the other way round, and then a town with its number."""
UNITS = frozenset({"apt", "apartment", "suite", "ste", "unit"})
PREFIXES = words_in(
    "calle avenida av rue via rua carrer paseo plaza carrera camino piazza corso"
)
SURE = words_in(
    """street st avenue ave road rd lane ln boulevard blvd court ct terrace highway hwy
    parkway pkwy drive"""
)
COUNTED = words_in(
    """hour hours hr minute minutes min year years yr week weeks month months day days
    session sessions step steps mile miles block blocks mg people kids children times
    point points percent to of and or in for with the a is pm am than x by at on"""
)


@cache
def street() -> re.Pattern[str]:
    kinds = "|".join(sorted(lists().suffixes, key=len, reverse=True))
    return re.compile(rf"{NUMBERED}(?P<kind>(?i:{kinds}))\b\.?")


def addresses(words: Words) -> Iterator[Span]:
    """Looked for where a number stands, or a word that only addresses have."""
    yield from numbered(words)
    yield from signed(words)
    if "box" in words.held:
        yield from (span(*one.span(), ADDRESS) for one in BOX.finditer(words.text))


def numbered(words: Words) -> Iterator[Span]:
    for index in words.numeric:
        match = street().match(words.text, words.starts[index])
        if match and is_street(match):
            yield address(words.text, match.start(), match.end())


def signed(words: Words) -> Iterator[Span]:
    text, held = words.text, words.held
    for pattern, signs in ((WITH_UNIT, UNITS), (PREFIXED, PREFIXES)):
        for match in pattern.finditer(text) if held & signs else ():
            if any(map(str.isdigit, match[0])) and not counted(match[0]):
                yield address(text, match.start(), match.end())
    if words.numeric and has_postcode(words):
        yield from foreign(text)
    if words.numeric and held & LIVING:
        yield from at_home(words)


def has_postcode(words: Words) -> bool:
    return "\n" in words.text or any(
        len(words.raw[each]) == 5 for each in words.numeric
    )


def foreign(text: str) -> Iterator[Span]:
    for match in FOREIGN.finditer(text):
        if re.search(r"\d{4}", match[0][4:]) and not counted(match[0]):
            yield span(*match.span(), ADDRESS)


def at_home(words: Words) -> Iterator[Span]:
    """ "lives at 28919 Filadelfeos Str.": any number and name will do."""
    for match in AT_HOME.finditer(words.text):
        before = words.text[max(match.start() - 30, 0) : match.start()].lower().split()
        if not LIVING.isdisjoint(before[-2:]) and not counted(match["where"]):
            yield address(words.text, *match.span("where"))


def is_street(match: re.Match[str]) -> bool:
    """ "12 Elm Street", "45 oak ave", but not "3 hour drive" or "2 Good Points"."""
    kind = match["kind"].lower()
    body = match["body"].split()
    if any(word.lower() in COUNTED for word in body):
        return False
    large = all(word[0].isupper() or word[0].isdigit() for word in body)
    if large and match["kind"][0].isupper():
        return kind in SURE or len(match["number"]) > 1
    return kind in SURE and (large or kind not in {"drive", "court"})


def counted(written: str) -> bool:
    return any(word.lower().strip(",") in COUNTED for word in written.split())


def address(text: str, start: int, end: int) -> Span:
    """With the town, the state and the ZIP code that follow it."""
    led = text[max(start - 3, 0) : start].lower() == "at "
    rest = CONTINUED.match(text, end) or NEXT_LINES.match(text, end)
    last = rest.end() if rest else end_of(text, end)
    return span(start, last, ADDRESS, "home" if led else "")


def end_of(text: str, end: int) -> int:
    unit = INSIDE_IT.match(text, end)
    end = unit.end() if unit else end
    town = TOWN.match(text, end)
    known = town and (town["state"] or folded(town["town"]) in towns())
    return town.end() if town and known else end
