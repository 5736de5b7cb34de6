"""What colleagues know of each other's work, one specialty at a time."""

import uuid
from datetime import date

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from network.clinicians.models.block import Block
from network.clinicians.models.clinician import Clinician
from network.clinicians.models.fields import term_field
from network.clinicians.models.skill import SpecialtySkill

FRESH_YEARS, LAST_YEARS = 1, 2


class EndorsementQuerySet(models.QuerySet["Endorsement"]):
    def visible_to(self, clinician: Clinician) -> "EndorsementQuerySet":
        """Verified members alone; a hidden one is the business of the two."""
        if not clinician.is_verified:
            return self.none()
        seen = Clinician.objects.visible_to(clinician)
        hers = Q(endorsed=clinician) | Q(endorser=clinician)
        return self.given().filter(
            Q(hidden_at__isnull=True) | hers, endorser__in=seen, endorsed__in=seen
        )

    def of(self, clinician: Clinician) -> "EndorsementQuerySet":
        """What was said of her, and what she said of others."""
        return self.filter(Q(endorsed=clinician) | Q(endorser=clinician))

    def given(self) -> "EndorsementQuerySet":
        """Not taken back, and neither has blocked the other since."""
        one_way = Q(blocker=OuterRef("endorser"), blocked=OuterRef("endorsed"))
        other_way = Q(blocker=OuterRef("endorsed"), blocked=OuterRef("endorser"))
        return self.filter(withdrawn_at__isnull=True).exclude(
            Exists(Block.objects.filter(one_way | other_way))
        )

    def counting(self, on: date) -> "EndorsementQuerySet":
        """Not hidden, not faded, and about a specialty that is still listed."""
        listed = SpecialtySkill.objects.filter(
            clinician=OuterRef("endorsed"), term=OuterRef("specialty")
        )
        fresh = Q(hidden_at__isnull=True, confirmed_on__gt=years_before(on, LAST_YEARS))
        return self.filter(fresh, Exists(listed))

    def with_reciprocity(self, on: date) -> "EndorsementQuerySet":
        """Whether the endorsed endorses the endorser too, whatever for."""
        back = Endorsement.objects.filter(
            endorser=OuterRef("endorsed"),
            endorsed=OuterRef("endorser"),
            withdrawn_at__isnull=True,
            confirmed_on__gt=years_before(on, LAST_YEARS),
        )
        return self.annotate(is_mutual=Exists(back))

    def with_people(self) -> "EndorsementQuerySet":
        return self.select_related("endorser", "endorsed").order_by(
            "specialty", "-confirmed_on", "pk"
        )


class Endorsement(models.Model):
    """One colleague vouches for another's work on one specialty, and says why.

    It is whole for a year after its last confirmation, and gone after another.
    """

    class Basis(models.TextChoices):
        CO_TREATED = "co-treated", "Treated clients together"
        SUPERVISED = "supervised", "One supervised the other"
        CONSULTED = "consulted", "Consulted with each other"
        TRAINED = "trained", "Trained together"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    endorser = models.ForeignKey(
        Clinician, on_delete=models.CASCADE, related_name="endorsements_given"
    )
    endorsed = models.ForeignKey(
        Clinician, on_delete=models.CASCADE, related_name="endorsements_received"
    )
    specialty = term_field("specialties")
    basis = models.CharField(max_length=10, choices=Basis.choices)
    from_year = models.PositiveSmallIntegerField()
    to_year = models.PositiveSmallIntegerField()
    confirmed_on = models.DateField()
    given_at = models.DateTimeField(default=timezone.now, editable=False)
    hidden_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Kept when it is taken back: given again, it is hidden as before.
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = EndorsementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["endorser", "endorsed", "specialty"],
                name="a_specialty_is_endorsed_once_by_a_colleague",
            ),
            models.CheckConstraint(
                name="nobody_endorses_herself", condition=~Q(endorser=F("endorsed"))
            ),
            models.CheckConstraint(
                name="an_endorsement_ends_after_it_begins",
                condition=Q(from_year__lte=F("to_year")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.endorser_id} endorses {self.endorsed_id} on {self.specialty}"

    @property
    def gone_on(self) -> date:
        """The first day on which it is not shown any more."""
        return years_after(self.confirmed_on, LAST_YEARS)

    def strength(self, on: date) -> int:
        """Of a hundred: all of it for a year, then in a line to nothing."""
        fades_on = years_after(self.confirmed_on, FRESH_YEARS)
        whole, left = (self.gone_on - fades_on).days, (self.gone_on - on).days
        return min(100, max(0, 100 * left // whole))

    def is_fading(self, on: date) -> bool:
        return self.strength(on) < 100


def years_after(day: date, years: int) -> date:
    """The same day of a later year; the leap day becomes the first of March."""
    year = day.year + years
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def years_before(day: date, years: int) -> date:
    """What was confirmed later than this is less than so many years old that day."""
    year = day.year - years
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 2, 28)
