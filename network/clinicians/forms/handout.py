"""A sheet about colleagues for a client to take home: nothing of the client on it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from network.clinicians import vocabulary
from network.clinicians.forms.find_phrases import slots_phrase
from network.clinicians.models import Clinician, Practice

MOST = 6


@dataclass(frozen=True)
class Sheet:
    """What one colleague is, where she is found, and what she costs."""

    name: str
    profession: str
    standing: str
    addresses: tuple[str, ...]
    phone: str
    lines: tuple[tuple[str, str], ...]


def sheet_of(clinician: Clinician, today: date, standing: str = "") -> Sheet:
    """`standing`: of an associate, under whose supervision."""
    places = clinician.places.all()
    own_phone = clinician.phone if clinician.shows("phone") else ""
    phones = [own_phone, *(place.phone for place in places)]
    return Sheet(
        name=clinician.display_name,
        profession=vocabulary.label("professions", clinician.profession),
        standing=standing,
        addresses=tuple(_address(place.practice) for place in places),
        phone=next(filter(None, phones), ""),
        lines=tuple(
            (label, words) for label, words in _lines(clinician, today) if words
        ),
    )


def _address(practice: Practice) -> str:
    town = f"{practice.city}, {practice.state} {practice.zip}".strip(", ")
    return ", ".join(filter(None, (practice.name, practice.street, town)))


def _lines(clinician: Clinician, today: date) -> Iterator[tuple[str, str]]:
    yield "Sees clients", _labels("formats", clinician.formats)
    yield "Languages", _languages(clinician)
    if clinician.shows("openings"):
        yield "Openings", _openings(clinician, today)
    if clinician.shows("payers"):
        yield "Insurance", _labels("payers", clinician.payers)
    if clinician.shows("fees"):
        yield "Fee", _fee(clinician)


def _labels(list_name: str, slugs: Iterable[str]) -> str:
    return ", ".join(vocabulary.label(list_name, slug) for slug in slugs)


def _languages(clinician: Clinician) -> str:
    if not clinician.shows("languages"):
        return ""
    return _labels("languages", (one.term for one in clinician.language_skills.all()))


def _openings(clinician: Clinician, today: date) -> str:
    """Only what was confirmed lately; a client is told no guess."""
    known = [one for one in clinician.openings.all() if one.is_known(today)]
    slots = [slot for one in known if one.count for slot in one.slots]
    return slots_phrase(slots) or ("yes" if any(one.count for one in known) else "")


def _fee(clinician: Clinician) -> str:
    known = dict.fromkeys((clinician.fee_min, clinician.fee_max))
    amounts = "–".join(f"${fee}" for fee in known if fee is not None)
    parts = [
        f"{amounts} a session" if amounts else "",
        "sliding scale" if clinician.sliding_scale else "",
        "gives receipts for your insurance" if clinician.superbill else "",
    ]
    return ", ".join(filter(None, parts))
