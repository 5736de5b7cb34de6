"""Where a clinician works, and the programmes she takes intake for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from network.accounts.models import User
from network.clinicians.actions.profile import note_change
from network.clinicians.geography import find_zip
from network.clinicians.models import Clinician, Place, Practice, Programme
from network.clinicians.permissions import require


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


@transaction.atomic
def work_at(clinician: Clinician, addresses: Iterable[Address], *, by: User) -> None:
    """Colleagues who give the same name, street and ZIP share one practice."""
    require("edit", by, clinician)
    former = list(clinician.places.select_related("practice"))
    own = {
        _key(place.practice): place.practice
        for place in former
        if not place.practice.name
    }
    practices = [_practice(address, own) for address in dict.fromkeys(addresses)]
    clinician.places.all().delete()
    Place.objects.bulk_create(
        (Place(clinician=clinician, practice=practice) for practice in practices),
        ignore_conflicts=True,
    )
    clear_empty_practices({place.practice_id for place in former})
    note_change(clinician, "places", by=by)


@transaction.atomic
def list_programmes(
    clinician: Clinician, claims: Iterable[ProgrammeClaim], *, by: User
) -> None:
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
        )
        for claim in claims
    )
    note_change(clinician, "programmes", by=by)


def clear_empty_practices(practice_ids: Iterable[int]) -> None:
    """Where nobody works any more; belongs to the caller's transaction."""
    Practice.objects.filter(
        pk__in=practice_ids, places__isnull=True, programmes__isnull=True
    ).delete()


def practice_at(address: Address) -> Practice:
    """Not yet saved."""
    spot = find_zip(address.zip)
    return Practice(
        name=address.name,
        street=address.street,
        zip=address.zip,
        phone=address.phone,
        city=spot.city if spot else "",
        state=spot.state if spot else "",
        latitude=spot.latitude if spot else None,
        longitude=spot.longitude if spot else None,
    )


def _practice(address: Address, own: dict[tuple[str, str], Practice]) -> Practice:
    if address.name:
        shared = Practice.objects.filter(
            name=address.name, street=address.street, zip=address.zip
        ).first()
    else:
        shared = own.get((address.street, address.zip))
    return shared or _saved(practice_at(address))


def _saved(practice: Practice) -> Practice:
    practice.save()
    return practice


def _key(practice: Practice) -> tuple[str, str]:
    return practice.street, practice.zip
