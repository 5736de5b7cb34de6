"""What in the words of a message could tell who somebody is."""

from typing import NamedTuple

from network.clinicians.models import Clinician
from network.privacy.guard import Span, guard


class Finding(NamedTuple):
    """A span, and the words that stand there."""

    span: Span
    words: str


def findings(text: str, author: Clinician) -> list[Finding]:
    """In the order of the text. Nothing of it is kept."""
    spans = guard(text, place=town_of(author))
    return [Finding(span, text[span.start : span.end]) for span in spans]


def town_of(clinician: Clinician) -> str:
    """Where colleagues see that she works; nothing where she names no place."""
    place = clinician.places.select_related("practice").first()
    return place.practice.city if place else ""
