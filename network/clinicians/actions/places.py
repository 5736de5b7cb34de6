"""Where a clinician works, and the programmes she takes intake for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from network.accounts.models import User
from network.clinicians.actions.bulk import insert_rows
from network.clinicians.actions.lock import lock
from network.clinicians.actions.profile import note_change
from network.clinicians.geography import find_zip
from network.clinicians.models import Clinician, Place, Practice, Programme
from network.clinicians.permissions import require

# Whose, name, street, ZIP.
Key = tuple[int, str, str, str]


@dataclass(frozen=True)
class Address:
    """A practice as somebody gives it; the ZIP says city, state and centroid."""

    name: str
    street: str
    zip: str
    phone: str = ""


@dataclass(frozen=True)
class ProgrammeClaim:
    name: str
    levels_of_care: tuple[str, ...]
    intake_phone: str = ""
    places_open: int | None = None
    confirmed_on: date | None = None
    is_part2: bool = False


@transaction.atomic
def work_at(clinician: Clinician, addresses: Iterable[Address], *, by: User) -> None:
    lock(clinician)
    require("edit", by, clinician)
    settle({clinician.pk: list(addresses)})
    note_change(clinician, "places", by=by)


@transaction.atomic
def list_programmes(
    clinician: Clinician, claims: Iterable[ProgrammeClaim], *, by: User
) -> None:
    lock(clinician)
    require("edit", by, clinician)
    first = clinician.places.first()
    clinician.programmes.all().delete()
    Programme.objects.bulk_create(
        Programme(
            clinician=clinician,
            practice=first.practice if first else None,
            name=claim.name,
            levels_of_care=list(claim.levels_of_care),
            intake_phone=claim.intake_phone,
            places_open=claim.places_open,
            confirmed_on=claim.confirmed_on,
            is_part2=claim.is_part2,
        )
        for claim in claims
    )
    note_change(clinician, "programmes", by=by)


def settle(moves: Mapping[int, Sequence[Address]]) -> None:
    """People, by key, work at these addresses and nowhere else.

    Whoever gives the same name, street and ZIP shares one practice; what has no name
    is nobody else's. Belongs to the caller's transaction.
    """
    former = Place.objects.filter(clinician__in=moves).select_related("practice")
    left = {place.practice_id for place in former}
    practices = _practices(moves, former)
    former.delete()
    insert_rows(
        [
            Place(clinician_id=person, practice=practices[key], phone=address.phone)
            for person, addresses in moves.items()
            for key, address in {_key(person, one): one for one in addresses}.items()
        ]
    )
    Practice.objects.filter(
        pk__in=left, places__isnull=True, programmes__isnull=True
    ).delete()


def _practices(
    moves: Mapping[int, Sequence[Address]], former: Iterable[Place]
) -> dict[Key, Practice]:
    """The practice of each address, found or made."""
    wanted = {
        _key(person, address): address
        for person, addresses in moves.items()
        for address in addresses
    }
    names = {key[1] for key in wanted if key[1]}
    # The condition of the index is said again, or it would not be used.
    named = Practice.objects.filter(name__in=names).exclude(name="")
    found = {_key(0, practice): practice for practice in named}
    found |= {
        _key(place.clinician_id, place.practice): place.practice for place in former
    }
    new = {key: _practice(wanted[key]) for key in wanted if key not in found}
    insert_rows(list(new.values()))
    return found | new


def _key(person: int, place: Address | Practice) -> Key:
    """Only what has no name of its own needs to know whose it is."""
    return 0 if place.name else person, place.name, place.street, place.zip


def _practice(address: Address) -> Practice:
    spot = find_zip(address.zip)
    return Practice(
        name=address.name,
        street=address.street,
        zip=address.zip,
        city=spot.city if spot else "",
        state=spot.state if spot else "",
        latitude=spot.latitude if spot else None,
        longitude=spot.longitude if spot else None,
    )
