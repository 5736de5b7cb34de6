"""What a finder hands over: where it stood, and what to say about it."""

from network.privacy.guard.answer import (
    ADDRESS,
    AGE,
    COMBINATION,
    DATE,
    EMAIL,
    HIGH,
    ID,
    LOCATION,
    LOW,
    MEDIUM,
    NAME,
    ORG,
    PHONE,
    SSN,
    URL,
    Span,
)

REASONS = {
    NAME: "A name tells who somebody is.",
    DATE: "A day or month can be matched with a record; the year is enough.",
    AGE: "An exact age narrows it down; a range is enough.",
    PHONE: "A telephone number leads to one person.",
    EMAIL: "An e-mail address leads to one person.",
    SSN: "A social security number belongs to one person.",
    ID: "A number of a record, plan, account or device belongs to one person.",
    ADDRESS: "An address leads to one household.",
    LOCATION: "A place smaller than a state narrows it down to few.",
    URL: "A web address can lead to one person.",
    ORG: "Where somebody works, studies or is treated narrows it down.",
    COMBINATION: "Together this can tell who it is.",
}
LEVELS = dict.fromkeys((NAME, PHONE, EMAIL, SSN, ID, ADDRESS, URL), HIGH) | {
    DATE: MEDIUM, LOCATION: MEDIUM, ORG: MEDIUM, COMBINATION: MEDIUM, AGE: LOW,
}  # fmt: skip
INSTEAD = {
    PHONE: "(number on file)", EMAIL: "(e-mail on file)", SSN: "(number on file)",
    ID: "(number on file)", ADDRESS: "at home", URL: "(a web page)",
    NAME: "the person", ORG: "an organisation", LOCATION: "the region",
}  # fmt: skip


def span(start: int, end: int, label: str, rewrite: str = "", level: str = "") -> Span:
    return Span(
        start,
        end,
        label,
        level or LEVELS[label],
        REASONS[label],
        rewrite or INSTEAD.get(label, ""),
    )


OVERLY_OLD = "An age of 90 or more is so rare that it identifies."
