"""What each section of a profile says, fact by fact."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from network.clinicians import vocabulary
from network.clinicians.jurisdictions import compacts
from network.clinicians.models import Clinician, Licence, Opening
from network.clinicians.models.opening import FRESH_FOR, Freshness
from network.clinicians.portrait.words import (
    Fact,
    Word,
    deep,
    deepest_first,
    plain,
    terms,
    written,
)
from network.clinicians.reach import Reach

EVERY_STATE = "every state of the compact"


@dataclass(frozen=True)
class Sitter:
    """Whose facts they are, on what day, and where she may practise then."""

    clinician: Clinician
    on: date
    within: Reach


def _person(sitter: Sitter) -> Iterator[Fact]:
    one = sitter.clinician
    yield Fact("Name", plain(one.display_name))
    yield Fact("Profession", terms("professions", [one.profession]))
    yield Fact("Stage", plain(one.get_stage_display() if one.is_associate else ""))
    yield Fact("Pronouns", plain(one.pronouns))
    yield Fact("NPI", plain(one.npi, "" if one.npi_bound_at else "not verified yet"))
    yield Fact("Gender", terms("genders", [one.gender] if one.gender else []), "gender")
    yield Fact("Telephone", plain(one.phone), "phone")
    yield Fact("About the work", plain(one.bio), "bio")


def _identity(sitter: Sitter) -> Iterator[Fact]:
    belongs_to = terms("communities", sitter.clinician.identities)
    yield Fact("Belongs to", belongs_to, "identities")


def _licences(sitter: Sitter) -> Iterator[Fact]:
    licences = sitter.clinician.licences.all()
    yield Fact("Licences", [_licence(one, sitter.on) for one in licences])
    yield from _reach(sitter.within)


def _licence(one: Licence, on: date) -> Word:
    until = f"until {written(one.expires_on)}" if one.expires_on else "no end given"
    if one.verified_at is None:
        verified, state = "not verified yet", "wait"
    else:
        by = " by staff" if one.verified_by_id else ""
        verified = f"verified {written(timezone.localdate(one.verified_at))}{by}"
        state = "good"
    return Word(
        f"{one} {one.number}".strip(),
        beside=f"{until}, {verified}",
        state=state if one.is_current(on) else "alarm",
    )


def _reach(within: Reach) -> Iterator[Fact]:
    """The states by each right: a licence, or a privilege with its dates."""
    yield Fact("In person", plain(", ".join(sorted(within.in_person))))
    by_right = defaultdict(list)
    for state in sorted(within.telehealth):
        by_right["" if state in within.in_person else within.why[state]].append(state)
    words = [Word(", ".join(states), beside=why) for why, states in by_right.items()]
    yield Fact("By telehealth", sorted(words, key=lambda word: word.beside))
    visits = ", ".join(sorted(within.temporary))
    yield Fact("Visits in person", plain(visits, "30 days a year"))
    if within.telehealth:
        changes = within.changes_on
        then = f"; it changes on {written(changes)}" if changes else ""
        yield Fact("As of", plain(f"{written(within.as_of)}{then}"))


def _privileges(sitter: Sitter) -> Iterator[Fact]:
    words = []
    for one in sitter.clinician.privileges.all():
        where = ", ".join(one.jurisdictions).replace("*", EVERY_STATE)
        dates = f"{written(one.valid_from)} to {written(one.valid_to)}"
        checked = (
            compacts()[one.compact].checked_on if one.compact in compacts() else None
        )
        known = f"membership as known on {written(checked)}" if checked else ""
        text = f"{vocabulary.label('compacts', one.compact)} from {one.home_state}"
        words.append(Word(text, beside=f"{where}; {dates}; {known}"))
    yield Fact("Privileges", words)


def _places(sitter: Sitter) -> Iterator[Fact]:
    for place in sitter.clinician.places.all():
        one = place.practice
        lines = [one.street, f"{one.city} {one.state} {one.zip}".strip(), place.phone]
        yield Fact(one.name or "Practice", [Word(line) for line in lines if line])


def _specialties(sitter: Sitter) -> Iterator[Fact]:
    words = []
    for one in sitter.clinician.specialty_skills.all():
        beside = [
            one.evidence,
            f"{one.hours} hours of training" if one.hours else "",
            f"{one.get_cases_display()} cases in 24 months" if one.cases else "",
        ]
        words.append(
            deep("specialties", one.term, one.depth, ", ".join(filter(None, beside)))
        )
    yield Fact("Treats", sorted(words, key=deepest_first))


def _approaches(sitter: Sitter) -> Iterator[Fact]:
    words = [
        deep("approaches", one.term, one.depth, one.issuer)
        for one in sitter.clinician.approach_skills.all()
    ]
    yield Fact("Works with", sorted(words, key=deepest_first))


def _clients(sitter: Sitter) -> Iterator[Fact]:
    one = sitter.clinician
    yield Fact("Ages", terms("age_groups", one.age_groups))
    yield Fact("Who comes", terms("participants", one.participants))
    yield Fact("Meets", terms("formats", one.formats))
    yield Fact("Communities", terms("communities", one.communities), "communities")
    yield Fact("Faiths", terms("faiths", one.faiths), "faiths")
    yield Fact("Access", terms("access", one.access))


def _languages(sitter: Sitter) -> Iterator[Fact]:
    words = [
        Word(
            vocabulary.label("languages", one.term),
            beside=vocabulary.label("language_levels", one.level).lower(),
        )
        for one in sitter.clinician.language_skills.all()
    ]
    yield Fact("Speaks", words, "languages")


def _care(sitter: Sitter) -> Iterator[Fact]:
    one = sitter.clinician
    yield Fact("Acuity", plain(f"{one.acuity_min} to {one.acuity_max} of 4"))
    yield Fact("Prepared for", terms("risks", one.risks))
    yield Fact("Levels of care", terms("levels_of_care", one.levels_of_care))


def _not_for_me(sitter: Sitter) -> Iterator[Fact]:
    words = [
        Word(vocabulary.label(one.list, one.term))
        for one in sitter.clinician.not_for_me.all()
    ]
    yield Fact("Does not take on", words, "not_for_me")


def _programmes(sitter: Sitter) -> Iterator[Fact]:
    for one in sitter.clinician.programmes.all():
        words = terms("levels_of_care", one.levels_of_care) + plain(one.intake_phone)
        if one.places_open is not None:
            as_of = f"as of {written(one.confirmed_on)}" if one.confirmed_on else ""
            words += [Word(f"{one.places_open} places open", beside=as_of)]
        words += [Word("Records under 42 CFR Part 2")] if one.is_part2 else []
        yield Fact(one.name, words or [Word("Programme")])


def _payment(sitter: Sitter) -> Iterator[Fact]:
    one = sitter.clinician
    ends = [str(fee) for fee in (one.fee_min, one.fee_max) if fee is not None]
    yield Fact("Insurance", terms("payers", one.payers), "payers")
    yield Fact("Platforms", terms("networks", one.networks), "payers")
    yield Fact(
        "Fee", plain(f"${'–'.join(dict.fromkeys(ends))}" if ends else ""), "fees"
    )
    also = ["sliding scale"] * one.sliding_scale + ["superbills"] * one.superbill
    yield Fact("Also", [Word(word) for word in also], "fees")


def _openings(sitter: Sitter) -> Iterator[Fact]:
    shown: list[Word] = []
    hidden: list[Word] = []
    for one in sitter.clinician.openings.all():
        is_hidden = one.freshness(sitter.on) is Freshness.HIDDEN
        (hidden if is_hidden else shown).append(opening_words(one, sitter.on))
    yield Fact("Openings", shown, "openings")
    yield Fact("Not shown any more", hidden, is_own=True)


def opening_words(one: Opening, on: date) -> Word:
    """How many and when, and how old the word is; too old is unknown."""
    age = (on - one.confirmed_on).days
    said = "today" if age <= 0 else "yesterday" if age == 1 else f"{age} days ago"
    match one.freshness(on):
        case Freshness.CONFIRMED:
            state = "good" if one.count else ""
            return Word(_offered(one), beside=f"confirmed {said}", state=state)
        case Freshness.AGEING:
            until = written(one.confirmed_on + FRESH_FOR)
            beside = f"confirmed {said}, counts until {until}"
            return Word(_offered(one), beside=beside, state="wait")
        case Freshness.UNKNOWN:
            return Word("unknown", beside=f"last confirmed {said}", state="wait")
    return Word(_offered(one), beside=f"last confirmed {said}", state="alarm")


def _offered(one: Opening) -> str:
    """How many, when, how, from which day, with which payer."""
    details = [
        str(one.count) if one.count else "none",
        ", ".join(vocabulary.label("slots", slot) for slot in one.slots),
        vocabulary.label("formats", one.format).lower() if one.format else "",
        f"from {written(one.available_on)}" if one.available_on else "",
        f"only {vocabulary.label('payers', one.payer)}" if one.payer else "",
    ]
    return "; ".join(filter(None, details))


def _style(sitter: Sitter) -> Iterator[Fact]:
    words = [
        Word(vocabulary.label("styles", axis), beside=f"{value} of 5")
        for axis, value in sorted(sitter.clinician.styles.items())
    ]
    yield Fact("In the room", words, "styles")


def _acceptance(sitter: Sitter) -> Iterator[Fact]:
    yes = sitter.clinician.accepting
    words = "takes referrals" if yes else "takes no referrals now"
    yield Fact("Referrals", [Word(words, state="good" if yes else "wait")])


def _away(sitter: Sitter) -> Iterator[Fact]:
    words = [
        Word(
            f"{written(one.starts_on)} to {written(one.ends_on)}",
            beside=f"covered by {one.coverer}" if one.coverer else "nobody covers",
        )
        for one in sitter.clinician.absences.all()
        if one.ends_on >= sitter.on
    ]
    yield Fact("Away", words)


def _visibility(sitter: Sitter) -> Iterator[Fact]:
    hidden = [name.replace("_", " ") for name in sitter.clinician.hidden_fields]
    yield Fact("Kept to yourself", [Word(name) for name in hidden])


Facts = Callable[[Sitter], Iterator[Fact]]
SECTIONS: dict[str, Facts] = {
    "person": _person,
    "identity": _identity,
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
