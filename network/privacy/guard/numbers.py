"""Telephones, numbers of records and plans, e-mail and web addresses."""

import re
from collections.abc import Iterator

from network.privacy.guard.answer import EMAIL, ID, PHONE, SSN, URL, Span
from network.privacy.guard.dates import numeric_date
from network.privacy.guard.marks import span
from network.privacy.guard.spelling import words_in
from network.privacy.guard.words import Words

SHAPES = re.compile(
    r"""(?<![\w.$€£])(?:
      (?P<ssn>\d{3}[- ]\d{2}[- ]\d{4})(?![\w-])
    | (?P<ip>\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})(?![\w.])
    | (?P<date>(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}
        |\d{1,2}[-/.]\d{1,2}[-/.](?:(?:19|20)\d\d|['’]?\d\d))(?![\w/-])
    | (?P<phone>(?:(?:\+|00)\d{1,3}[ .-]?)?(?:\(\d{2,5}\)|\d{2,5})
        (?:[ .-]\(?\d{2,8}\)?){1,4}|\+?\d{10,14}
        |\(\d{3}\)\d{3}[ .-]?\d{4})
        (?:\ ?(?:x|ext\.?|extension)\ ?\d{1,6})?(?![\w-])
    )""",
    re.VERBOSE,
)
TRIGGERS = words_in(
    """mrn mr medrec emr ehr record chart file case account acct policy member
    membership insurance subscriber group plan patient client pt license licence
    passport dl npi dea id identifier confirmation claim vin serial badge student
    employee medicaid medicare docket tracking reference ref certificate
    beneficiary device plate plates registration visa encounter csn fin hic hicn
    mbi expediente poliza auth authorization vehicle routing iban card aadhaar nhs
    tax ein itin folio"""
)
BETWEEN = words_in("no num number nr id code is was of the numero rec card policy")
FARTHEST = 4
CODE = re.compile(
    r"#?(?:[A-Z]{1,6}[ -]?|[a-z]{1,5}-?)?"
    r"\d(?:[A-Za-z\d]|[-/ ](?=[A-Za-z]{0,4}-?\d)){2,19}(?![\w%])"
)
BARE = re.compile(
    r"(?<![\w$€£.,/-])(?:#\s?[A-Z]{0,5}-?\d[\d-]{3,20}\d|[A-Z]{1,5}-?\d{5,20}[A-Z\d]{0,9}"
    r"|\d{7,9}|[A-HJ-NPR-Z\d]{17})(?![\w-])"
)
YEAR = re.compile(r"(?:19|20)\d\d(?:[-/ ](?:19|20)?\d\d)?")
MAILBOX = re.compile(r"[\w.+-]{1,64}$")
HOST = re.compile(r"@[\w-]{1,63}(?:\.[\w-]{2,63}){1,5}")
HANDLE = re.compile(r"(?<![\w@.])@[A-Za-z_][\w.]{2,29}")
ENDINGS = r"(?:com|org|net|edu|gov|io|co|us|info|me|app)"
SIGNS_OF_PAGES = (
    "://", "www.", ".com", ".org", ".net", ".edu", ".gov", ".io", ".co", ".us", ".info",
    ".me", ".app",
)  # fmt: skip
PAGE = re.compile(
    r"(?:https?://|www\.)[^\s<>()\"]{3,200}"
    rf"|(?<![\w@.-])(?:[\w-]{{1,63}}\.){{1,3}}{ENDINGS}"
    r"(?:/[^\s<>()\"]{0,200})?(?![\w@])"
)
KNOWN_PAGES = re.compile(
    r"(?:https?://)?(?:www\.)?(?:988lifeline\.org|nami\.org|samhsa\.gov|apa\.org"
    r"|nimh\.nih\.gov|findtreatment\.gov|hhs\.gov|cdc\.gov)(?:/\S*)?"
)
FEWEST, WHOLE, MOST = 7, 10, 15


def numbers(words: Words) -> Iterator[Span]:
    """Looked for where a digit, an @ or a dot stands: most texts hold few."""
    text = words.text
    for index in words.numeric:
        yield from coded(words, index)
    done = 0
    for index in words.numeric:
        if words.starts[index] >= done:
            for found in shaped(text, words.starts[index]):
                done = found.end
                yield found
    if "@" in text:
        yield from mailboxes(text)
        yield from (span(*one.span(), ID) for one in HANDLE.finditer(text))
    if any(sign in text for sign in SIGNS_OF_PAGES):
        yield from pages(text)


def shaped(text: str, start: int) -> Iterator[Span]:
    """What the number that stands there looks like."""
    if start and text[start - 1] in "+(#":
        start -= 1
    match = SHAPES.match(text, start)
    kind = match.lastgroup if match else ""
    if match and kind == "ssn":
        yield span(*match.span(), SSN)
    elif match and kind == "ip":
        yield span(*match.span(), ID)
    elif match and kind == "date":
        yield from numeric_date(text, match.start(), match.end())
    elif match and is_phone(match[0]):
        yield span(*match.span(), PHONE)
    elif bare := bare_code(text, start):
        yield span(*bare, ID)


def bare_code(text: str, start: int) -> tuple[int, int] | None:
    """ "#20231187", "W123456789", "HX-4471902": long enough to be somebody's."""
    while start and (text[start - 1].isupper() or text[start - 1] in "-#"):
        start -= 1
    match = BARE.match(text, start)
    return match.span() if match else None


def is_phone(written: str) -> bool:
    """Seven digits in two groups, or ten and more; never a range of years."""
    number = re.split(r"x|ext", written, maxsplit=1)[0]
    digits = sum(map(str.isdigit, number))
    groups = re.findall(r"\d+", number)
    if not FEWEST <= digits <= MOST:
        return False
    if digits < WHOLE and not number.startswith("+"):
        return len(groups) == 2 and len(groups[0]) == 3 and len(groups[1]) == 4
    return len(groups[-1]) >= 3 or len(groups) > 3


def coded(words: Words, index: int) -> Iterator[Span]:
    """ "MRN: HP-678901": the number of something that numbers people."""
    first = index
    before = words.raw[index - 1] if index else ""
    if before.isupper() and len(before) <= 6 and words.gap(index) in {" ", "-", ""}:
        first -= before.lower() not in TRIGGERS
    trigger = trigger_before(words, first)
    match = CODE.match(words.text, words.starts[first]) if trigger is not None else None
    if trigger is None or match is None or YEAR.fullmatch(match[0]):
        return
    digits = sum(map(str.isdigit, match[0]))
    if digits >= 4 or (digits == 3 and words.low[trigger].startswith("plate")):
        is_short = words.low[trigger] == "mrn" and trigger >= first - 2
        start = words.starts[trigger] if is_short else match.start()
        yield span(start, match.end(), ID)


def trigger_before(words: Words, first: int) -> int | None:
    """The word that says what is numbered, over "no.", "is", "#"."""
    for far in range(1, FARTHEST + 1):
        index = first - far
        if index < 0 or words.gap(index + 1).strip() not in {
            "",
            ".",
            ":",
            "#",
            ":#",
            "=",
            "(",
            ": #",
            "'s",
        }:
            return None
        if words.low[index] in TRIGGERS:
            return index
        if words.low[index] not in BETWEEN:
            return None
    return None


def mailboxes(text: str) -> Iterator[Span]:
    for host in HOST.finditer(text):
        box = MAILBOX.search(text, max(host.start() - 64, 0), host.start())
        if box:
            yield span(box.start(), host.end(), EMAIL)


def pages(text: str) -> Iterator[Span]:
    for match in PAGE.finditer(text):
        written = match[0].rstrip(".,;:!?")
        if not KNOWN_PAGES.fullmatch(written):
            yield span(match.start(), match.start() + len(written), URL)
