"""A profile in words: what its sections say, for its owner or for a colleague."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from network.clinicians import vocabulary
from network.clinicians.jurisdictions import compacts
from network.clinicians.models import Clinician, Opening
from network.clinicians.reach import Reach, reach

EVERY_STATE = "every state of the compact"


@dataclass(frozen=True)
class Word:
    """A few words, perhaps with a depth or a state and something beside them."""

    text: str
    depth: str = ""
    beside: str = ""
    state: str = ""


@dataclass(frozen=True)
class Fact:
    label: str
    words: list[Word]
    # The field by which its owner may keep it to herself.
    field: str = ""


@dataclass(frozen=True)
class Portrait:
    """The facts of each section, by its slug."""

    clinician: Clinician
    on: date
    within: Reach
    hides: bool
    sections: dict[str, list[Fact]] = field(default_factory=dict)

    @classmethod
    def of(cls, clinician: Clinician, on: date, *, for_colleagues: bool) -> "Portrait":
        """Without what is hidden, where colleagues look."""
        portrait = cls(clinician, on, reach(clinician, on), for_colleagues)
        for slug, facts in _SECTIONS.items():
            kept = [fact for fact in facts(portrait) if portrait.shows(fact)]
            portrait.sections[slug] = kept
        return portrait

    def shows(self, fact: Fact) -> bool:
        if not fact.words:
            return False
        return not (self.hides and fact.field and not self.clinician.shows(fact.field))


def _person(portrait: Portrait) -> Iterator[Fact]:
    one = portrait.clinician
    yield Fact("Profession", _terms("professions", [one.profession]))
    yield Fact("Stage", _plain(one.get_stage_display() if one.is_associate else ""))
    yield Fact("Supervised by", _plain(str(one.supervisor or "")))
    yield Fact("Pronouns", _plain(one.pronouns))
    yield Fact("NPI", _plain(one.npi, "" if one.npi_bound_at else "not verified yet"))
    yield Fact(
        "Gender", _terms("genders", [one.gender] if one.gender else []), "gender"
    )
    yield Fact("Belongs to", _terms("communities", one.identities), "identities")
    yield Fact("Telephone", _plain(one.phone), "phone")
    yield Fact("About the work", _plain(one.bio), "bio")


def _licences(portrait: Portrait) -> Iterator[Fact]:
    words = []
    for one in portrait.clinician.licences.all():
        current = one.is_current(portrait.on)
        verified = f"verified {_day(one.verified_at.date())}" if one.verified_at else ""
        by = " by staff" if one.verified_by_id else ""
        until = f"until {_day(one.expires_on)}" if one.expires_on else "no end given"
        words.append(
            Word(
                f"{one} {one.number}".strip(),
                beside=f"{until}, {verified + by or 'not verified yet'}",
                state="good"
                if verified and current
                else "wait"
                if current
                else "alarm",
            )
        )
    yield Fact("Licences", words)
    yield from _reach(portrait.within)


def _reach(within: Reach) -> Iterator[Fact]:
    """Only what is by a compact needs its reason: a licence stands above."""
    beyond = within.telehealth - within.in_person
    yield Fact("In person", [Word(_state(s)) for s in sorted(within.in_person)])
    yield Fact(
        "By telehealth",
        [Word(_state(s)) for s in sorted(within.in_person)]
        + [Word(_state(s), beside=within.why[s]) for s in sorted(beyond)[:3]]
        + ([Word(f"and {len(beyond) - 3} more by compact")] if len(beyond) > 3 else []),
    )
    yield Fact(
        "Visits in person",
        _plain(f"{len(within.temporary)} states" if within.temporary else ""),
    )
    if within.telehealth:
        change = (
            f"; it changes on {_day(within.changes_on)}" if within.changes_on else ""
        )
        yield Fact("As of", _plain(f"{_day(within.as_of)}{change}"))


def _privileges(portrait: Portrait) -> Iterator[Fact]:
    words = []
    for one in portrait.clinician.privileges.all():
        where = ", ".join(one.jurisdictions).replace("*", EVERY_STATE)
        dates = f"{_day(one.valid_from)} to {_day(one.valid_to)}"
        checked = (
            compacts()[one.compact].checked_on if one.compact in compacts() else None
        )
        known = f"membership as known on {_day(checked)}" if checked else ""
        text = f"{vocabulary.label('compacts', one.compact)} from {one.home_state}"
        words.append(Word(text, beside=f"{where}; {dates}; {known}"))
    yield Fact("Privileges", words)


def _places(portrait: Portrait) -> Iterator[Fact]:
    for place in portrait.clinician.places.all():
        one = place.practice
        lines = [one.street, f"{one.city} {one.state} {one.zip}".strip(), one.phone]
        yield Fact(one.name or "Practice", [Word(line) for line in lines if line])


def _specialties(portrait: Portrait) -> Iterator[Fact]:
    words = []
    for one in portrait.clinician.specialty_skills.all():
        beside = [
            one.evidence,
            f"{one.hours} hours of training" if one.hours else "",
            f"{one.get_cases_display()} cases in 24 months" if one.cases else "",
        ]
        words.append(
            _deep("specialties", one.term, one.depth, ", ".join(filter(None, beside)))
        )
    yield Fact("Treats", sorted(words, key=_deepest_first))


def _approaches(portrait: Portrait) -> Iterator[Fact]:
    words = [
        _deep("approaches", one.term, one.depth, one.issuer)
        for one in portrait.clinician.approach_skills.all()
    ]
    yield Fact("Works with", sorted(words, key=_deepest_first))


def _clients(portrait: Portrait) -> Iterator[Fact]:
    one = portrait.clinician
    yield Fact("Ages", _terms("age_groups", one.age_groups))
    yield Fact("Who comes", _terms("participants", one.participants))
    yield Fact("Meets", _terms("formats", one.formats))
    yield Fact("Communities", _terms("communities", one.communities), "communities")
    yield Fact("Faiths", _terms("faiths", one.faiths), "faiths")
    yield Fact("Access", _terms("access", one.access))


def _languages(portrait: Portrait) -> Iterator[Fact]:
    words = [
        Word(
            vocabulary.label("languages", one.term),
            beside=vocabulary.label("language_levels", one.level).lower(),
        )
        for one in portrait.clinician.language_skills.all()
    ]
    yield Fact("Speaks", words, "languages")


def _care(portrait: Portrait) -> Iterator[Fact]:
    one = portrait.clinician
    yield Fact("Acuity", _plain(f"{one.acuity_min} to {one.acuity_max} of 4"))
    yield Fact("Prepared for", _terms("risks", one.risks))
    yield Fact("Levels of care", _terms("levels_of_care", one.levels_of_care))


def _not_for_me(portrait: Portrait) -> Iterator[Fact]:
    words = [
        Word(vocabulary.label(one.list, one.term))
        for one in portrait.clinician.not_for_me.all()
    ]
    yield Fact("Does not take on", words, "not_for_me")


def _programmes(portrait: Portrait) -> Iterator[Fact]:
    for one in portrait.clinician.programmes.all():
        words = _terms("levels_of_care", one.levels_of_care) + _plain(one.intake_phone)
        if one.places_open is not None:
            as_of = f"as of {_day(one.confirmed_on)}" if one.confirmed_on else ""
            words += [Word(f"{one.places_open} places open", beside=as_of)]
        yield Fact(one.name, words or [Word("Programme")])


def _payment(portrait: Portrait) -> Iterator[Fact]:
    one = portrait.clinician
    ends = [str(fee) for fee in (one.fee_min, one.fee_max) if fee is not None]
    yield Fact("Insurance", _terms("payers", one.payers), "payers")
    yield Fact("Platforms", _terms("networks", one.networks), "payers")
    yield Fact(
        "Fee", _plain(f"${'–'.join(dict.fromkeys(ends))}" if ends else ""), "fees"
    )
    also = ["sliding scale"] * one.sliding_scale + ["superbills"] * one.superbill
    yield Fact("Also", [Word(word) for word in also], "fees")


def _openings(portrait: Portrait) -> Iterator[Fact]:
    words = [
        opening_words(one, portrait.on) for one in portrait.clinician.openings.all()
    ]
    yield Fact("Openings", words, "openings")


def opening_words(one: Opening, on: date) -> Word:
    """How many and when, and how old the word is; too old is unknown."""
    age = (on - one.confirmed_on).days
    said = "today" if age <= 0 else "yesterday" if age == 1 else f"{age} days ago"
    if not one.is_known(on):
        return Word("unknown", beside=f"last confirmed {said}", state="wait")
    when = ", ".join(vocabulary.label("slots", slot) for slot in one.slots)
    how = vocabulary.label("formats", one.format).lower() if one.format else ""
    details = [when, how, f"from {_day(one.available_on)}" if one.available_on else ""]
    text = "; ".join(filter(None, [str(one.count) if one.count else "none", *details]))
    return Word(text, beside=f"confirmed {said}", state="good" if one.count else "")


def _style(portrait: Portrait) -> Iterator[Fact]:
    words = [
        Word(vocabulary.label("styles", axis), beside=f"{value} of 5")
        for axis, value in sorted(portrait.clinician.styles.items())
    ]
    yield Fact("In the room", words, "styles")


def _acceptance(portrait: Portrait) -> Iterator[Fact]:
    yes = portrait.clinician.accepting
    words = "takes referrals" if yes else "takes no referrals now"
    yield Fact("Referrals", [Word(words, state="good" if yes else "wait")])


def _away(portrait: Portrait) -> Iterator[Fact]:
    words = [
        Word(
            f"{_day(one.starts_on)} to {_day(one.ends_on)}",
            beside=f"covered by {one.coverer}" if one.coverer else "nobody covers",
        )
        for one in portrait.clinician.absences.all()
        if one.ends_on >= portrait.on
    ]
    yield Fact("Away", words)


def _visibility(portrait: Portrait) -> Iterator[Fact]:
    hidden = [name.replace("_", " ") for name in portrait.clinician.hidden_fields]
    yield Fact("Kept to herself", [Word(name) for name in hidden])


_SECTIONS = {
    "person": _person,
    "licences": _licences,
    "privileges": _privileges,
    "places": _places,
    "specialties": _specialties,
    "approaches": _approaches,
    "clients": _clients,
    "languages": _languages,
    "care": _care,
    "not-for-me": _not_for_me,
    "programmes": _programmes,
    "payment": _payment,
    "openings": _openings,
    "style": _style,
    "acceptance": _acceptance,
    "away": _away,
    "visibility": _visibility,
}


def _plain(text: str, beside: str = "") -> list[Word]:
    return [Word(text, beside=beside)] if text else []


def _terms(name: str, slugs: Iterable[str]) -> list[Word]:
    return [Word(vocabulary.label(name, slug)) for slug in slugs]


def _deep(name: str, term: str, depth: str, beside: str) -> Word:
    return Word(vocabulary.label(name, term), depth=depth, beside=beside)


def _deepest_first(word: Word) -> tuple[int, str]:
    return -vocabulary.term("depths", word.depth).number, word.text


def _state(slug: str) -> str:
    return vocabulary.label("states", slug)


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else "an unknown day"
