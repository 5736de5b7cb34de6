"""What somebody states beside what the national registry says of her NPI."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from network.clinicians import vocabulary
from network.clinicians.matching.words import words
from network.clinicians.models import Clinician, RegistryEntry


@dataclass(frozen=True)
class Line:
    """One fact from both; `agrees` is none where one of them is silent."""

    what: str
    stated: str
    registered: str
    agrees: bool | None


def entry_of(clinician: Clinician) -> RegistryEntry | None:
    return RegistryEntry.objects.filter(npi=clinician.npi or "-").first()


def compare(clinician: Clinician, entry: RegistryEntry) -> list[Line]:
    return [*_person(clinician, entry), *_places(clinician, entry)]


def differences(clinician: Clinician, entry: RegistryEntry | None) -> list[str]:
    lines = compare(clinician, entry) if entry else []
    return [line.what for line in lines if line.agrees is False]


def same_npi(clinician: Clinician) -> list[Clinician]:
    """Whoever else says that it is hers."""
    if not clinician.npi:
        return []
    others = Clinician.objects.filter(npi=clinician.npi).exclude(pk=clinician.pk)
    return list(others.order_by("npi_bound_at", "pk")[:20])


def _person(clinician: Clinician, entry: RegistryEntry) -> Iterator[Line]:
    yield Line("Name", clinician.name, entry.name, _same_name(clinician, entry))
    yield Line(
        "Letters", clinician.credentials, entry.credentials,
        _overlap(words(clinician.credentials), words(entry.credentials)),
    )  # fmt: skip
    own, theirs = clinician.profession, entry.profession
    yield Line("Profession", _profession(own), _profession(theirs), own == theirs)
    ended = entry.deactivated_on
    said = f"deactivated on {ended.day} {ended:%B %Y}" if ended else "active"
    yield Line("NPI", clinician.npi, said, ended is None)


def _places(clinician: Clinician, entry: RegistryEntry) -> Iterator[Line]:
    states = sorted({one.state for one in clinician.licences.all()})
    yield Line(
        "Licence states", ", ".join(states), ", ".join(entry.licence_states),
        _within(states, entry.licence_states),
    )  # fmt: skip
    places = [place.practice for place in clinician.places.all()]
    yield Line(
        "Address",
        "; ".join(
            f"{one.street}, {one.city} {one.state}".strip(", ") for one in places
        ),
        f"{entry.street}, {entry.city} {entry.state} {entry.zip}".strip(", "),
        _overlap([one.zip for one in places], [entry.zip] if entry.zip else []),
    )


def _same_name(clinician: Clinician, entry: RegistryEntry) -> bool:
    """All words of the shorter one are in the longer: middle names come and go."""
    own, theirs = set(words(clinician.name)), set(words(entry.name))
    return own <= theirs or theirs <= own


def _overlap(own: Collection[str], theirs: Collection[str]) -> bool | None:
    return bool({*own} & {*theirs}) if own and theirs else None


def _within(own: Collection[str], theirs: Collection[str]) -> bool | None:
    return {*own} <= {*theirs} if own and theirs else None


def _profession(slug: str) -> str:
    known = slug in vocabulary.slugs("professions")
    return vocabulary.label("professions", slug) if known else slug
