"""Asking somebody by mail whether her openings still hold."""

import uuid
from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from network.clinicians.models.absence import Absence
from network.clinicians.models.clinician import Clinician, ClinicianQuerySet
from network.clinicians.models.opening import ASKED_AFTER, Opening

VALID_FOR = timedelta(days=14)
ASKED_EVERY = timedelta(days=7)
# The last comes a week after the openings are not shown any more; then silence.
ASKED_AT_MOST = 6


class OpeningsLinkQuerySet(models.QuerySet["OpeningsLink"]):
    def valid(self, now: datetime) -> "OpeningsLinkQuerySet":
        return self.filter(
            ended_at__isnull=True,
            expires_at__gt=now,
            clinician__user__is_active=True,
            clinician__user__erase_at__isnull=True,
        ).select_related("clinician__user")


class OpeningsLink(models.Model):
    """She was asked that day; the link of that mail lets her answer without sign-in.

    A newer one ends it. It is good for nothing else, and the mail alone has it: what
    is kept here is no secret.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    clinician = models.ForeignKey(
        Clinician, on_delete=models.CASCADE, related_name="openings_links"
    )
    sent_on = models.DateField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = OpeningsLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["clinician"],
                condition=Q(ended_at__isnull=True),
                name="one_openings_link_is_open",
            ),
            models.UniqueConstraint(
                fields=["clinician", "sent_on"], name="asked_once_a_day_at_most"
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


def to_be_asked(today: date) -> ClinicianQuerySet:
    """Who can be found and shows openings that she has not confirmed for a fortnight.

    Nobody who is away, was asked within a week, or did not answer six times.
    """
    away = Absence.objects.filter(starts_on__lte=today, ends_on__gte=today)
    hers = OuterRef("pk")
    oldest = Opening.objects.filter(clinician=hers).order_by("confirmed_on")
    since = OpeningsLink.objects.filter(
        clinician=hers, sent_on__gte=OuterRef("confirmed_on")
    )
    asked = since.order_by().values("clinician").annotate(times=Count("pk"))
    shown = Clinician.objects.verified().filter(accepting=True, user__is_active=True)
    return (
        shown.exclude(hidden_fields__contains=["openings"])
        .exclude(pk__in=away.values("clinician"))
        .exclude(openings_links__sent_on__gt=today - ASKED_EVERY)
        .annotate(confirmed_on=Subquery(oldest.values("confirmed_on")[:1]))
        .filter(confirmed_on__lte=today - ASKED_AFTER)
        .annotate(times_asked=Coalesce(Subquery(asked.values("times")), 0))
        .filter(times_asked__lt=ASKED_AT_MOST)
    )
