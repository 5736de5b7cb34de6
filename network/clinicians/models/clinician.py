"""The person with a profession."""

import uuid
from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from network.clinicians.models.fields import term_field, terms_field

MAY_SIGN_IN = Q(user__isnull=True) | Q(user__is_active=True)
MEMBERS = MAY_SIGN_IN & Q(
    verified_at__isnull=False, suspended_at__isnull=True, left_at__isnull=True
)


class ClinicianQuerySet(models.QuerySet["Clinician"]):
    def verified(self) -> "ClinicianQuerySet":
        """Vouched for, not held back, not shut out, and not on the way out."""
        return self.filter(MEMBERS)

    def waiting_for(self, email: str) -> "ClinicianQuerySet":
        """Entries that a member list made for this address and nobody took over."""
        return self.filter(
            user__isnull=True,
            invitation__email__iexact=email,
            invitation__revoked_at__isnull=True,
        )

    def visible_to(self, clinician: "Clinician") -> "ClinicianQuerySet":
        """Verified members see verified members; everybody sees herself."""
        herself = Q(pk=clinician.pk)
        if not clinician.is_verified:
            return self.filter(herself)
        return (
            self.filter(herself | MEMBERS)
            .exclude(blocks_made__blocked=clinician)
            .exclude(blocks_received__blocker=clinician)
        )

    def with_profile(self) -> "ClinicianQuerySet":
        """Everything that a profile page or a listing shows, in a few queries."""
        return self.select_related("user").prefetch_related(
            "licences",
            "privileges",
            "places__practice",
            "programmes__practice",
            "specialty_skills",
            "approach_skills",
            "language_skills",
            "not_for_me",
            "openings",
            "absences",
        )


class Clinician(models.Model):
    """A person with a profession: what colleagues know of her when they refer."""

    class Stage(models.TextChoices):
        INDEPENDENT = "independent", "Independently licensed"
        ASSOCIATE = "associate", "Associate under supervision"

    # Fields that may be kept to oneself: neither shown nor searched.
    HIDEABLE = (
        "gender",
        "languages",
        "communities",
        "identities",
        "faiths",
        "styles",
        "fees",
        "payers",
        "openings",
        "bio",
        "phone",
        "not_for_me",
    )

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="clinician",
    )
    external_id = models.CharField(max_length=80, null=True, blank=True, unique=True)
    npi = models.CharField("NPI", max_length=10, blank=True, db_index=True)
    npi_bound_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    suspended_at = models.DateTimeField(null=True, blank=True)
    # Her account is being closed: she is gone for everybody, and may come back.
    left_at = models.DateTimeField(null=True, blank=True, editable=False)

    name = models.CharField(max_length=120)
    credentials = models.CharField(max_length=80, blank=True)
    pronouns = models.CharField(max_length=40, blank=True)
    profession = term_field("professions")
    taxonomy = term_field("taxonomies", blank=True)
    stage = models.CharField(
        max_length=12, choices=Stage.choices, default=Stage.INDEPENDENT
    )
    gender = term_field("genders", blank=True)
    bio = models.TextField(max_length=2000, blank=True)
    phone = models.CharField(max_length=30, blank=True)

    accepting = models.BooleanField("accepts referrals", default=True)
    acuity_min = models.PositiveSmallIntegerField(default=0)
    acuity_max = models.PositiveSmallIntegerField(default=2)
    age_groups = terms_field("age_groups")
    participants = terms_field("participants")
    formats = terms_field("formats")
    communities = terms_field("communities")
    identities = terms_field("communities")
    identities_shared_at = models.DateTimeField(null=True, blank=True, editable=False)
    faiths = terms_field("faiths")
    access = terms_field("access")
    risks = terms_field("risks")
    levels_of_care = terms_field("levels_of_care")
    styles = models.JSONField(default=dict, blank=True)  # axis -> 1..5

    payers = terms_field("payers")
    networks = terms_field("networks")
    fee_min = models.PositiveSmallIntegerField(
        "fee from, in dollars", null=True, blank=True
    )
    fee_max = models.PositiveSmallIntegerField(
        "fee to, in dollars", null=True, blank=True
    )
    sliding_scale = models.BooleanField(default=False)
    superbill = models.BooleanField("gives superbills", default=False)

    # All that may be hidden is shown to members until it is; but what she belongs to
    # is shared by an explicit act only, and stands in a column of its own.
    hidden_fields = ArrayField(
        models.CharField(max_length=20), default=list, blank=True
    )
    recent_offers = models.PositiveIntegerField(default=0, editable=False)

    objects = ClinicianQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="acuity_is_a_range_from_0_to_4",
                condition=Q(acuity_min__lte=F("acuity_max")) & Q(acuity_max__lte=4),
            ),
            models.CheckConstraint(
                name="fee_is_a_range",
                condition=Q(fee_min__isnull=True)
                | Q(fee_max__isnull=True)
                | Q(fee_min__lte=F("fee_max")),
            ),
            models.UniqueConstraint(
                "npi",
                name="an_npi_is_bound_to_one_person",
                condition=Q(npi_bound_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        return f"{self.name}, {self.credentials}" if self.credentials else self.name

    @property
    def is_verified(self) -> bool:
        held_back = self.suspended_at is not None or self.left_at is not None
        return self.verified_at is not None and not held_back

    @property
    def is_associate(self) -> bool:
        return self.stage == self.Stage.ASSOCIATE

    def shows(self, field: str) -> bool:
        """Whether colleagues may see and search this field."""
        return field not in self.kept_back

    @property
    def kept_back(self) -> frozenset[str]:
        """The fields that are nobody's but hers."""
        own = () if self.identities_shared_at else ("identities",)
        shared = set(self.hidden_fields) - {"identities"}
        return frozenset((*shared, *own))

    def is_away(self, on: date) -> bool:
        """Absent that day with nobody covering (reads the prefetched absences)."""
        return any(
            absence.starts_on <= on <= absence.ends_on and absence.coverer_id is None
            for absence in self.absences.all()
        )
