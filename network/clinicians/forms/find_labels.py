"""Terms as colleagues write them: ERP rather than exposure and response prevention."""

import re

from network.clinicians import vocabulary

SMALL_WORDS = {"and", "of", "for", "the", "with"}


def short_label(list_name: str, slug: str) -> str:
    """The abbreviation, where it is plainly the initials of the label."""
    term = vocabulary.term(list_name, slug)
    initials = _initials(term.label)
    spelt = (one for one in term.abbreviations if _letters(one) == initials)
    return next(spelt, term.label) if len(initials) > 2 else term.label


def _initials(label: str) -> str:
    words = re.findall(r"[A-Za-z]+", label)
    return "".join(word[0] for word in words if word not in SMALL_WORDS).upper()


def _letters(abbreviation: str) -> str:
    return "".join(filter(str.isalpha, abbreviation)).upper()
