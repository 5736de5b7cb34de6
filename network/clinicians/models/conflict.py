"""A clinician's private register of conflicts, and what is kept of the looking."""

import uuid
from datetime import date, datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count
from django.utils import timezone

from network.clinicians.models.clinician import Clinician
from network.privacy.fields import EncryptedTextField

DAY = timedelta(days=1)


class ConflictEntryQuerySet(models.QuerySet["ConflictEntry"]):
    def visible_to(self, clinician: Clinician) -> "ConflictEntryQuerySet":
        """Its owner's alone; staff have no way to it."""
        return self.filter(owner=clinician).order_by("-pk")


class ConflictEntry(models.Model):
    """Somebody, or something, on account of whom she must not treat a client."""

    class Kind(models.TextChoices):
        PERSON = "person", "A person"
        FAMILY = "family", "A family"
        ORGANISATION = "organisation", "An organisation"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    encryption_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        Clinician, on_delete=models.CASCADE, related_name="conflicts"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.PERSON)
    label = EncryptedTextField()
    born = EncryptedTextField(blank=True, default="")
    # By these it is compared, without a look at the label.
    hashes = ArrayField(models.BigIntegerField(), editable=False)
    kept_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ConflictEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "conflict entries"

    def __str__(self) -> str:
        return str(self.public_id)


class NameAskedQuerySet(models.QuerySet["NameAsked"]):
    def within_a_day(self, now: datetime) -> "NameAskedQuerySet":
        return self.filter(asked_at__gt=now - DAY)

    def old(self, now: datetime) -> "NameAskedQuerySet":
        return self.filter(asked_at__lte=now - DAY)


class NameAsked(models.Model):
    """That a sender looked somebody up, by a hash alone; gone after a day."""

    asker = models.ForeignKey(Clinician, on_delete=models.CASCADE, related_name="+")
    name = models.BigIntegerField()
    asked_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = NameAskedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "names asked"
        indexes = [models.Index(fields=["asker", "asked_at"], name="names_of_a_day")]

    def __str__(self) -> str:
        return f"{self.asker_id} at {self.asked_at}"


class LookQuerySet(models.QuerySet["Look"]):
    def before(self, day: date) -> "LookQuerySet":
        return self.filter(on__lt=day)

    def overlaps(self) -> dict[int, int]:
        """How many there were, by the owner of the register."""
        found = self.filter(is_overlap=True).values_list("owner").order_by()
        return dict(found.annotate(Count("pk")))


class Look(models.Model):
    """A register was looked at, with or without a find: a row either way, so that both
    take as long. Neither who asked is in it, nor when in the day.
    """

    owner = models.ForeignKey(Clinician, on_delete=models.CASCADE, related_name="+")
    on = models.DateField()
    is_overlap = models.BooleanField()

    objects = LookQuerySet.as_manager()

    def __str__(self) -> str:
        return f"register of {self.owner_id}, {self.on}"
