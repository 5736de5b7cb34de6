"""Exact ages, and the range that says enough."""

import re
from collections.abc import Iterator

from network.privacy.guard.answer import AGE, HIGH, Span
from network.privacy.guard.lists import ANY_NAME, MONTH
from network.privacy.guard.marks import OVERLY_OLD, span
from network.privacy.guard.spelling import words_in
from network.privacy.guard.words import Words

UNITS = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"
]  # fmt: skip
TENS = [
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"
]  # fmt: skip
TEENS = [
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen",
    "seventeen", "eighteen", "nineteen",
]  # fmt: skip
SPELT = re.compile(
    rf"\b(?:aged? )?(?:(?P<tens>{'|'.join(TENS)})(?:[- ](?P<unit>{'|'.join(UNITS)}))?"
    rf"|(?P<teen>{'|'.join(TEENS)})|(?P<small>{'|'.join(UNITS)}))"
    r"[ -](?:years?|yrs?)[ -]olds?\b",
    re.IGNORECASE,
)
AT_NUMBER = re.compile(
    r"""(?:(?P<years>\d{1,3})(?:[ -]?(?:years?|yrs?)[ -]?olds?|[ -]?yrs?|[ -]?y/?o
          |\ ?y\.\s?o|\ ?yof|\ ?yom|\ años)
      | (?P<sex>\d{2})\ ?(?:[FM]|[fm](?=[ ,.;]))
      | (?P<child>\d{1,2})[ -](?:day|week|month|mo|wk)s?(?:\ \d\ days?)?[ -]old
      )(?![\w'’])""",
    re.VERBOSE | re.IGNORECASE,
)
SIGNS = frozenset("-–.$/")
NUMBERS = frozenset({*UNITS, *TENS, *TEENS})
AGE_WORDS = frozenset({"age", "aged", "ages"})
IS = words_in("is am are was turned turns turning now only just be turn")
ENDS = re.compile(r"\s*(?:[.,;!?)]|$|(?:and|now|but|with|who|this|when|years of)\b|\n)")
PEOPLE = words_in(
    """she he they who client patient pt i im shes hes whos daughter son mother
    father husband wife partner sister brother mom dad boy girl she's he's i'm"""
)
NOT_EXACT = words_in(
    """over under above below than least to until before after about between for last
    ages"""
)
GIRL = words_in("she her hers woman girl mother daughter wife female f mom")
BOY = words_in("he his him man boy father son husband male m dad")
BANDS = (
    (1, "infant", "an infant"), (3, "toddler", "a toddler"),
    (5, "preschool-age", "of preschool age"),
    (9, "school-age", "of primary-school age"),
    (12, "preteen", "a preteen"), (17, "teenage", "a teenager"),
    (19, "late-teenage", "in the late teens"),
)  # fmt: skip
OLDEST, HUMAN, NEAR = 89, 120, 200
DECADES = [
    "twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties"
]  # fmt: skip


def ages(words: Words) -> Iterator[Span]:
    for index in words.numeric:
        yield from numbered(words, index)
    if "old" in words.held and not words.held.isdisjoint(NUMBERS):
        yield from spelt(words)


def numbered(words: Words, index: int) -> Iterator[Span]:
    """ "43-year-old", "43F", "age 43", "she is 43"."""
    start = words.starts[index]
    if words.gaps[index][-1:] in SIGNS or words.at(index - 1) in NOT_EXACT:
        return
    match = AT_NUMBER.match(words.text, start)
    if match:
        years = 0 if match["child"] else int(match["years"] or match["sex"])
        first = index - (words.at(index - 1) in AGE_WORDS)
        yield from aged(words, (words.starts[first], match.end()), years)
    elif words.raw[index].isdecimal() and len(words.raw[index]) < 4:
        yield from told(words, index)


def told(words: Words, index: int) -> Iterator[Span]:
    end, before = words.ends[index], words.at(index - 1)
    if words.text[end : end + 1] in {"-", "–", "/", "%"}:
        return
    years = int(words.raw[index])
    if before in AGE_WORDS and words.gap(index) in {" ", ": ", ":"}:
        if words.at(index + 1) not in {"to", "and", "or"}:
            yield from aged(words, (words.starts[index - 1], end), years, as_noun=True)
    elif is_beside_name(words, index) or (
        is_told(words, index) and ENDS.match(words.text, end)
    ):
        yield from aged(words, (words.starts[index], end), years, as_noun=True)


def is_beside_name(words: Words, index: int) -> bool:
    """ "Amara, 16, cuts"."""
    kind = words.kind(index - 1)
    return (
        words.gap(index) == ", "
        and len(words.raw[index]) == 2
        and words.is_large(index - 1)
        and bool(kind & ANY_NAME)
        and not kind & MONTH
        and (index + 1 == len(words) or words.gap(index + 1)[:1] in ",.;)")
    )


def is_told(words: Words, index: int) -> bool:
    """ "she is 43", "I'm 43", "who just turned 43"."""
    if words.gap(index) != " " or years_are_few(words, index):
        return False
    if words.at(index - 1) in PEOPLE:
        return words.text[words.ends[index - 1] : words.starts[index]] == " " and (
            words.at(index - 1).endswith(("'m", "'s", "im", "hes", "shes"))
            or words.text.endswith(("'s", "’s"), 0, words.starts[index] - 1)
        )
    first = index
    while words.at(first - 1) in IS:
        first -= 1
    return first < index and words.at(first - 1) in PEOPLE


def years_are_few(words: Words, index: int) -> bool:
    return len(words.raw[index]) < 2 and words.at(index - 1) != "turned"


def spelt(words: Words) -> Iterator[Span]:
    for match in SPELT.finditer(words.text):
        before = words.text[max(match.start() - 20, 0) : match.start()].split()[-1:]
        if not before or before[0].lower() not in NOT_EXACT:
            yield from aged(words, match.span(), spelt_years(match))


def spelt_years(match: re.Match[str]) -> int:
    if match["teen"]:
        return 10 + TEENS.index(match["teen"].lower())
    if match["small"]:
        return 1 + UNITS.index(match["small"].lower())
    tens = 20 + 10 * TENS.index(match["tens"].lower())
    return tens + (1 + UNITS.index(match["unit"].lower()) if match["unit"] else 0)


FOLLOWED = re.compile(
    r" (?!(?:with|and|who|but|now|from|in|at|on|is|was|has)\b)[a-z]{3,}"
)


def aged(
    words: Words, place: tuple[int, int], years: int, *, as_noun: bool = False
) -> Iterator[Span]:
    if years >= HUMAN:
        return
    plain = as_noun or FOLLOWED.match(words.text, place[1]) is None
    rewrite = band(years, whose(words, place[0]), as_noun=plain)
    if years > OLDEST:
        found = span(*place, AGE, rewrite, HIGH)
        yield found._replace(reason=OVERLY_OLD)
    else:
        yield span(*place, AGE, rewrite)


def whose(words: Words, place: int) -> str:
    """By the words around, where they say it."""
    near = words.text[max(place - NEAR, 0) : place + NEAR].lower().split()
    hers = sum(map(GIRL.__contains__, near))
    his = sum(map(BOY.__contains__, near))
    if hers == his:
        return "their"
    return "her" if hers > his else "his"


def band(years: int, whose: str, *, as_noun: bool) -> str:
    """ "in her forties", or "fortysomething" before a noun."""
    for oldest, word, noun in BANDS:
        if years <= oldest:
            return noun if as_noun else word
    if years > OLDEST:
        return "over ninety" if as_noun else "ninety-plus"
    if as_noun:
        return f"in {whose} {DECADES[years // 10 - 2]}"
    return f"{TENS[years // 10 - 2]}something"
