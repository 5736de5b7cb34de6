"""Licences and privileges: claimed by their holder, verified by staff."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from network.accounts.models import User
from network.clinicians.actions.decisions import Finding, decide
from network.clinicians.actions.evidence import hand_on_evidence
from network.clinicians.actions.lock import lock
from network.clinicians.actions.profile import note_change
from network.clinicians.actions.renewals import is_held, is_renewed, number_of
from network.clinicians.models import Clinician, Licence, Privilege
from network.clinicians.models.licence import Pending
from network.clinicians.permissions import require
from network.clinicians.verification.claims import key_of


@dataclass(frozen=True)
class LicenceClaim:
    state: str
    type: str
    number: str
    expires_on: date | None = None


@dataclass(frozen=True)
class PrivilegeClaim:
    compact: str
    home_state: str
    jurisdictions: tuple[str, ...]
    valid_from: date | None = None
    valid_to: date | None = None


@transaction.atomic
def claim_licences(
    clinician: Clinician, claims: Iterable[LicenceClaim], *, by: User
) -> None:
    """What stays word for word stays verified; all else waits for staff.

    A later end is a renewal: what was verified counts until staff have looked.
    """
    lock(clinician)
    require("edit", by, clinician)
    wanted = list({number_of(one): one for one in claims}.values())
    kept = {_licence_claim(one): one for one in clinician.licences.all()}
    new = Licence.objects.bulk_create(
        Licence(clinician=clinician, **vars(claim))
        for claim in wanted
        if claim not in kept and not is_held(claim, kept.values())
    )
    _forget(kept, wanted, new)
    note_change(clinician, "licences", by=by)


@transaction.atomic
def claim_privileges(
    clinician: Clinician, claims: Iterable[PrivilegeClaim], *, by: User
) -> None:
    """What stays word for word stays verified; all else waits for staff."""
    lock(clinician)
    require("edit", by, clinician)
    wanted = list(dict.fromkeys(claims))
    kept = {_privilege_claim(one): one for one in clinician.privileges.all()}
    new = Privilege.objects.bulk_create(
        Privilege(
            clinician=clinician,
            compact=claim.compact,
            home_state=claim.home_state,
            jurisdictions=list(claim.jurisdictions),
            valid_from=claim.valid_from,
            valid_to=claim.valid_to,
        )
        for claim in wanted
        if claim not in kept
    )
    _forget(kept, wanted, new)
    note_change(clinician, "privileges", by=by)


def verify_licence(licence: Licence, *, by: User) -> None:
    decide(licence.clinician, [key_of(licence)], Finding("verify"), by=by)
    licence.refresh_from_db()


def _forget(
    kept: Mapping[Any, Licence | Privilege],
    wanted: Sequence[Any],
    new: Sequence[Licence | Privilege],
) -> None:
    """What is held stays, and what is being renewed stays until that is verified."""
    for claim, row in kept.items():
        if claim in wanted or row.pending == Pending.HELD:
            continue
        if not (isinstance(row, Licence) and is_renewed(row, wanted)):
            hand_on_evidence(row, new)
            row.delete()


def _licence_claim(one: Licence) -> LicenceClaim:
    return LicenceClaim(one.state, one.type, one.number, one.expires_on)


def _privilege_claim(one: Privilege) -> PrivilegeClaim:
    return PrivilegeClaim(
        one.compact,
        one.home_state,
        tuple(one.jurisdictions),
        one.valid_from,
        one.valid_to,
    )
