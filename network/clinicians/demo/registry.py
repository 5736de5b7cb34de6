"""Invented entries of the national registry, so that a newcomer can look herself up.

Their numbers begin with 2: such NPIs are valid, and none has ever been given out.
"""

from dataclasses import dataclass
from datetime import date

from network.clinicians.actions.registry import begin_staging, publish_staged, stage
from network.clinicians.geography import zip_codes
from network.clinicians.models import RegistryEntry
from network.clinicians.npi import check_digit
from network.clinicians.nppes.provider import Staged


@dataclass(frozen=True)
class Listed:
    """Somebody in the registry who has not come yet."""

    nine: str
    name: str
    credentials: str
    gender: str
    profession: str
    taxonomy: str
    state: str
    number: str
    street: str
    zip: str

    @property
    def npi(self) -> str:
        return self.nine + check_digit(self.nine)

    @property
    def last_name(self) -> str:
        return self.name.split()[-1]


LISTED = (
    Listed("200000001", "Gail Plover", "LCSW", "woman", "social-worker", "1041C0700X",
           "NY", "088001", "18 Garth Road", "10583"),
    Listed("200000002", "Hugh Dunlin", "PhD", "man", "psychologist", "103TC0700X",
           "CT", "004002", "6 Greenwich Avenue", "06830"),
    Listed("200000003", "Iris Avocet", "LMHC", "woman", "counselor", "101YM0800X",
           "NY", "012003", "40 Main Street", "10601"),
)  # fmt: skip


def enter(today: date) -> None:
    """Once: what is there already stays as it is."""
    wanted = [one.npi for one in LISTED]
    if RegistryEntry.objects.filter(npi__in=wanted).count() == len(wanted):
        return
    begin_staging()
    stage([_staged(one, today) for one in LISTED])
    publish_staged()


def _staged(one: Listed, today: date) -> Staged:
    """In the order of the columns; arrays as PostgreSQL writes them."""
    place = zip_codes()[one.zip]
    return (
        one.npi,
        one.name,
        one.credentials,
        one.gender,
        one.profession,
        f"{{{one.taxonomy}}}",
        f"{{{one.state}}}",
        f"{{{one.number}}}",
        one.street,
        place.city,
        place.state,
        one.zip,
        "",
        str(place.latitude),
        str(place.longitude),
        str(today),
        None,
    )
