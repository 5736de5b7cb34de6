"""How much of a profile is said, and what would help most next."""

from dataclasses import dataclass

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.db.models.base import Model
from django.db.models.expressions import Combinable

from network.clinicians.models import (
    ApproachSkill,
    Clinician,
    LanguageSkill,
    Licence,
    Opening,
    Place,
    SpecialtySkill,
)


@dataclass(frozen=True)
class Part:
    """Something that a whole profile says, and the section in which it is said."""

    slug: str
    section: str
    missing: str
    said: Combinable


def _some(kind: type[Model]) -> Combinable:
    return Exists(kind._default_manager.filter(clinician=OuterRef("pk")))


def _that(condition: Q) -> Combinable:
    return ExpressionWrapper(condition, output_field=BooleanField())


PAID = (
    ~Q(payers=[])
    | Q(fee_min__isnull=False)
    | Q(fee_max__isnull=False)
    | Q(sliding_scale=True)
)
# In the order in which they help to be found.
PARTS = (
    Part("licences", "licences", "a licence", _some(Licence)),
    Part("specialties", "specialties", "what you treat", _some(SpecialtySkill)),
    Part("places", "places", "where you work", _some(Place)),
    Part("clients", "clients", "whom you see",
         _that(~Q(age_groups=[]) & ~Q(participants=[]))),
    Part("meeting", "clients", "how you meet", _that(~Q(formats=[]))),
    Part("approaches", "approaches", "how you work", _some(ApproachSkill)),
    Part("openings", "openings", "your openings", _some(Opening)),
    Part("payment", "payment", "how clients pay", _that(PAID)),
    Part("languages", "languages", "your languages", _some(LanguageSkill)),
)  # fmt: skip


@dataclass(frozen=True)
class Completeness:
    missing: tuple[Part, ...]
    total: int = len(PARTS)

    @property
    def done(self) -> int:
        return self.total - len(self.missing)

    @property
    def next(self) -> Part | None:
        return self.missing[0] if self.missing else None

    @property
    def words(self) -> str:
        """ "a licence, what you treat and how clients pay"; empty when all is said."""
        *rest, last = [part.missing for part in self.missing] or [""]
        return f"{', '.join(rest)} and {last}" if rest else last


def completeness(clinician: Clinician) -> Completeness:
    """Asks the database once."""
    said = Clinician.objects.filter(pk=clinician.pk).values_list(
        *(part.said for part in PARTS)
    )
    return Completeness(
        tuple(
            part for part, is_said in zip(PARTS, said.get(), strict=True) if not is_said
        )
    )
