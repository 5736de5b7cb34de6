"""Those listed whom nobody vouches for: after the matches, never scored, and marked."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from network.clinicians.geography import ZipCode, zip_codes
from network.clinicians.matching.asked import Scene, scene_of
from network.clinicians.matching.circle import tenths_of_miles, unit_vector
from network.clinicians.matching.need import Mode, Need, Wish
from network.clinicians.matching.results import Unclaimed
from network.clinicians.matching.words import words
from network.clinicians.models import Clinician, Licence, Place, RegistryEntry

NOTE = "not verified, availability unknown"

# Where a page ended: imported people come first, then the registry, each by its key.
_IMPORTED, _REGISTRY = "imported", "registry"
BEGINNING = f"{_IMPORTED}:0"


class _IsAmong(Func):
    """Whether a value is an element of an array column."""

    template = "(%(expressions)s))"
    arg_joiner = " = ANY("
    output_field = BooleanField()


def unclaimed(
    need: Need, after: str, room: int
) -> tuple[tuple[Unclaimed, ...], str | None]:
    """As many as there is room for, and where the next page goes on."""
    found = list(islice(_all(need, after, room + 1), room + 1))
    if len(found) <= room:
        return tuple(one for _, one in found), None
    last = found[room - 1][0] if room else after
    return tuple(one for _, one in found[:room]), last


def _all(need: Need, after: str, most: int) -> Iterator[tuple[str, Unclaimed]]:
    source, _, key = after.partition(":")
    scene = scene_of(need, 0)
    if source == _IMPORTED:
        for person in _imported(need, scene).filter(pk__gt=int(key))[:most]:
            yield f"{_IMPORTED}:{person.pk}", _person(person)
        key = ""
    for entry in _registry(need, scene).filter(npi__gt=key)[:most]:
        yield f"{_REGISTRY}:{entry.npi}", _entry(entry)


def _imported(need: Need, scene: Scene) -> QuerySet[Clinician]:
    """Imported by somebody, verified by nobody, claimed by no account."""
    places = Place.objects.filter(clinician=OuterRef("pk"))
    closed = places.filter(practice__public_id__in=need.exclude.practices)
    of_place = {
        "clinician": OuterRef("clinician"),
        "state": OuterRef("practice__state"),
    }
    licensed = places.filter(Exists(_current().filter(**of_place)))
    if scene.centre:
        licensed = licensed.filter(practice__zip__in=_zips(scene))
    of_client = _current().filter(clinician=OuterRef("pk"), state=scene.state)
    within = _within(scene, Q(Exists(of_client)), Q(Exists(licensed)))
    return (
        Clinician.objects.filter(verified_at=None, suspended_at=None, user=None)
        .filter(within, _gender(need), _named(need), ~Exists(closed))
        .exclude(public_id__in=need.exclude.clinicians)
        .prefetch_related("licences", "places__practice")
        .distinct()
        .order_by("pk")
    )


def _current() -> QuerySet[Licence]:
    """Licences that nobody has checked, but that are not over by their own word."""
    return Licence.objects.filter(
        Q(expires_on=None) | Q(expires_on__gte=localdate()),
    )


def _registry(need: Need, scene: Scene) -> QuerySet[RegistryEntry]:
    licensed = Q(_IsAmong(F("state"), F("licence_states")))
    if scene.centre:
        licensed &= Q(zip__in=_zips(scene))
    within = _within(scene, Q(licence_states__contains=[scene.state]), licensed)
    return (
        RegistryEntry.objects.filter(within, _gender(need), _named(need))
        .filter(deactivated_on=None)
        .unclaimed()
        .exclude(public_id__in=need.exclude.clinicians)
        .order_by("npi")
    )


def _within(scene: Scene, by_screen: Q, in_room: Q) -> Q:
    """Where the law may allow it, by licences that nobody has checked."""
    if scene.place is None or scene.place.wish is Wish.AVOID or scene.state is None:
        return Q()
    return {
        Mode.TELEHEALTH: by_screen,
        Mode.IN_PERSON: in_room,
        Mode.EITHER: by_screen | in_room,
    }[scene.place.mode]


def _gender(need: Need) -> Q:
    """Only where it is known to be another than must be."""
    if need.gender is None or need.gender.wish is not Wish.MUST:
        return Q()
    return Q(gender="") | Q(gender=need.gender.term)


def _named(need: Need) -> Q:
    """Of people so little known, only the name is searched."""
    named = Q()
    for word in words(need.text):
        named &= Q(name__icontains=word)
    return named


def _zips(scene: Scene) -> list[str]:
    if scene.centre is None or scene.place is None:
        return []
    return _zips_around(scene.centre, scene.place.radius_miles)


@lru_cache(maxsize=64)
def _zips_around(centre: ZipCode, miles: int) -> list[str]:
    middle = unit_vector(centre.latitude, centre.longitude)
    return [
        code
        for code, spot in zip_codes().items()
        if tenths_of_miles(middle, unit_vector(spot.latitude, spot.longitude))
        <= 10 * miles
    ]


def _person(person: Clinician) -> Unclaimed:
    card = {
        "name": person.name,
        "credentials": person.credentials,
        "profession": person.profession,
        "licensed_in": sorted(
            {one.state for one in person.licences.all() if one.is_current(localdate())}
        ),
        "places": [
            {"city": p.practice.city, "state": p.practice.state, "zip": p.practice.zip}
            for p in person.places.all()
        ],
    }
    return Unclaimed(
        person.public_id, person.external_id, person.npi or None, person.name, card
    )


def _entry(entry: RegistryEntry) -> Unclaimed:
    card = {
        "name": entry.name,
        "credentials": entry.credentials,
        "profession": entry.profession,
        "licensed_in": sorted(set(entry.licence_states)),
        "places": [{"city": entry.city, "state": entry.state, "zip": entry.zip}],
        "phone": entry.phone,
    }
    return Unclaimed(entry.public_id, None, entry.npi, entry.name, card)
