"""What a clinician treats, how she works, in which tongues, and what is not for her."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from network.accounts.models import User
from network.clinicians.actions.lock import lock
from network.clinicians.actions.profile import note_change
from network.clinicians.models import (
    ApproachSkill,
    Clinician,
    LanguageSkill,
    NotForMe,
    SpecialtySkill,
)
from network.clinicians.permissions import require


@dataclass(frozen=True)
class SpecialtyClaim:
    term: str
    depth: str
    evidence: str = ""
    hours: int | None = None
    cases: str = ""


@dataclass(frozen=True)
class ApproachClaim:
    term: str
    depth: str
    issuer: str = ""


@transaction.atomic
def list_specialties(
    clinician: Clinician, claims: Iterable[SpecialtyClaim], *, by: User
) -> None:
    lock(clinician)
    require("edit", by, clinician)
    clinician.specialty_skills.all().delete()
    SpecialtySkill.objects.bulk_create(
        SpecialtySkill(clinician=clinician, **vars(claim)) for claim in claims
    )
    note_change(clinician, "specialties", by=by)


@transaction.atomic
def list_approaches(
    clinician: Clinician, claims: Iterable[ApproachClaim], *, by: User
) -> None:
    lock(clinician)
    require("edit", by, clinician)
    clinician.approach_skills.all().delete()
    ApproachSkill.objects.bulk_create(
        ApproachSkill(clinician=clinician, **vars(claim)) for claim in claims
    )
    note_change(clinician, "approaches", by=by)


@transaction.atomic
def list_languages(
    clinician: Clinician, levels: Iterable[tuple[str, str]], *, by: User
) -> None:
    """Pairs of a language and how well it is spoken."""
    lock(clinician)
    require("edit", by, clinician)
    clinician.language_skills.all().delete()
    LanguageSkill.objects.bulk_create(
        LanguageSkill(clinician=clinician, term=term, level=level)
        for term, level in levels
    )
    note_change(clinician, "languages", by=by)


@transaction.atomic
def list_exclusions(
    clinician: Clinician, exclusions: Iterable[tuple[str, str]], *, by: User
) -> None:
    """Pairs of a list of the vocabulary and a term that is not for her."""
    lock(clinician)
    require("edit", by, clinician)
    clinician.not_for_me.all().delete()
    NotForMe.objects.bulk_create(
        NotForMe(clinician=clinician, list=name, term=term) for name, term in exclusions
    )
    note_change(clinician, "not for me", by=by)
