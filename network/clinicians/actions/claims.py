"""Coming in: by a number of the national registry, by an invitation, or by oneself.

An NPI is public: whoever knows one has proven nothing. So a look-up answers only to
the number and the last name together, a few times a day; a claim fills in a draft that
nobody else sees; and staff bind the number once they have looked.
"""

from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.recorder import record
from network.clinicians import vocabulary
from network.clinicians.actions.licences import LicenceClaim, claim_licences
from network.clinicians.actions.lock import lock
from network.clinicians.actions.membership import (
    begin,
    lock_user,
    profile_of,
    take_over,
)
from network.clinicians.actions.places import Address, work_at
from network.clinicians.events import EntryEvent
from network.clinicians.geography import find_zip
from network.clinicians.matching.listing import listed_once, rebuild_listings
from network.clinicians.models import Clinician, RegistryEntry
from network.clinicians.permissions import require_of_newcomer
from network.clinicians.vocabulary import nucc
from network.privacy.keys import ring

LOOK_UPS_A_DAY = 10
DAY = timedelta(days=1)


class LookedUpTooOftenError(Exception):
    """She has asked the registry as often as anybody may within a day."""


@transaction.atomic
def look_up_entry(npi: str, last_name: str, *, by: User) -> RegistryEntry | None:
    """The entry that has this number and this last name, unless it is somebody's.

    A wrong name, a foreign number and no entry at all are one and the same answer.
    """
    lock_user(by)
    require_of_newcomer("claim an entry", by, profile_of(by))
    _count_look_up(by)

    entry = RegistryEntry.objects.to_be_claimed().filter(pk=npi).first()
    found = entry if entry and entry.is_of(last_name) else None

    record(
        Actor.of(by),
        EntryEvent.LOOKED_UP,
        by,
        detail={"npi": ring().keyed_hash(npi, "looked up"), "found": int(bool(found))},
    )
    return found


@transaction.atomic
@listed_once()
def claim_entry(entry: RegistryEntry, *, by: User) -> Clinician:
    """Begin a draft with what the registry says; what she has said herself stays."""
    lock_user(by)
    clinician = profile_of(by)
    require_of_newcomer("claim an entry", by, clinician)
    clinician = clinician or begin(by, entry.name, entry.profession or "other")
    lock(clinician)
    _fill_in(clinician, entry)
    _fill_in_rights(clinician, entry, by)

    record(Actor.of(by), EntryEvent.CLAIMED, clinician)
    rebuild_listings([clinician.pk])
    return clinician


@transaction.atomic
def accept_invitation(*, by: User) -> Clinician | None:
    """Take over the entry a member list made for her address, if it still waits."""
    lock_user(by)
    return profile_of(by) or take_over(by)


@transaction.atomic
def begin_profile(*, name: str, profession: str, by: User) -> Clinician:
    """An empty one of her own, even where an invitation waits; one she has stays."""
    lock_user(by)
    if known := profile_of(by):
        return known
    clinician = begin(by, name, profession)
    rebuild_listings([clinician.pk])
    return clinician


def _count_look_up(user: User) -> None:
    now, key = timezone.now(), f"registry-look-ups:{user.pk}"
    recent: list[datetime] = [at for at in cache.get(key, ()) if at > now - DAY]
    if len(recent) >= LOOK_UPS_A_DAY:
        raise LookedUpTooOftenError
    cache.set(key, [*recent, now], DAY.total_seconds())


def _fill_in(clinician: Clinician, entry: RegistryEntry) -> None:
    known = {
        "name": entry.name[:120],
        "credentials": entry.credentials,
        "npi": entry.npi,
        "taxonomy": entry.taxonomies[0] if entry.taxonomies else "",
        "gender": entry.gender,
    }
    blank = {
        name: value for name, value in known.items() if not getattr(clinician, name)
    }
    for name, value in blank.items():
        setattr(clinician, name, value)
    clinician.save(update_fields=list(blank))


def _fill_in_rights(clinician: Clinician, entry: RegistryEntry, by: User) -> None:
    if entry.licences and not clinician.licences.exists():
        kind = _licence_type(entry) if len(entry.licences) == 1 else ""
        claims = [LicenceClaim(state, kind, number) for state, number in entry.licences]
        claim_licences(clinician, claims, by=by)
    if find_zip(entry.zip) and not clinician.places.exists():
        work_at(clinician, [Address("", entry.street, entry.zip, entry.phone)], by=by)


def _licence_type(entry: RegistryEntry) -> str:
    """The first credential that is a licence: "Ph.D., LMHC" -> LMHC."""
    types = vocabulary.slugs("licence_types")
    named = (
        word for word in nucc.credential_tokens(entry.credentials) if word in types
    )
    return next(named, "")
