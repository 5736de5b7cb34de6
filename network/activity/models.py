"""The audit trail, the inbox, and the outbox: what happened and who is told."""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from network.accounts.models import User


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, subject: models.Model | type[models.Model]) -> "EventQuerySet":
        """In the order in which it happened; a class stands for the whole kind."""
        return self.filter(
            subject_type=subject._meta.label_lower,
            subject_id="" if isinstance(subject, type) else str(subject.pk),
        ).order_by("seq")

    def about_each(self, subjects: Iterable[models.Model]) -> "EventQuerySet":
        """Of several of one kind, in one statement."""
        some = list(subjects)
        if not some:
            return self.none()
        label, keys = some[0]._meta.label_lower, [str(one.pk) for one in some]
        return self.filter(subject_type=label, subject_id__in=keys).order_by("seq")


class Event(models.Model):
    """One thing that happened: never changed, never removed, chained per subject.

    The subject is a label and a key, no foreign key: the trail outlives it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Ordered by bytes, as the verification reads them.
    subject_type = models.CharField(max_length=100, db_collation="C")
    subject_id = models.CharField(max_length=64, blank=True, db_collation="C")
    seq = models.PositiveBigIntegerField()
    verb = models.CharField(max_length=80)
    actor_kind = models.CharField(max_length=20)
    actor_id = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(default=timezone.now)
    where = models.CharField(max_length=50, blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    why = models.CharField(max_length=80, blank=True)
    why_hash = models.CharField(max_length=100, blank=True)
    audience = ArrayField(models.UUIDField(), default=list)
    detail = models.JSONField(default=dict)
    prev_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "seq"],
                name="a_chain_never_forks",
            )
        ]
        indexes = [models.Index(fields=["actor_id", "at"], name="event_by_actor")]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="append_only",
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete | pgtrigger.Truncate,
                func="RAISE EXCEPTION 'the trail is only added to';",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.seq}"

    @property
    def subject(self) -> str:
        return f"{self.subject_type}:{self.subject_id}"


class ChainHead(models.Model):
    """The last link of a subject's chain: its lock makes writers queue."""

    subject_type = models.CharField(max_length=100, db_collation="C")
    subject_id = models.CharField(max_length=64, blank=True, db_collation="C")
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id"], name="a_subject_has_one_chain"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject_type}:{self.subject_id} at {self.seq}"


class NotificationQuerySet(models.QuerySet["Notification"]):
    def visible_to(self, user: "User") -> "NotificationQuerySet":
        return self.filter(person=user)

    def unread(self) -> "NotificationQuerySet":
        return self.filter(read_at__isnull=True)

    def newest_first(self) -> "NotificationQuerySet":
        return self.select_related("event").order_by("-event__at", "-pk")

    def owed(self) -> "NotificationQuerySet":
        """A mail is to go out about it, and nothing says later or never."""
        return self.filter(
            mailed_at__isnull=True, held_until__isnull=True, spared_at__isnull=True
        )

    def unpushed(self) -> "NotificationQuerySet":
        """Her devices are to be told, now or when its hour comes."""
        return self.filter(push_at__isnull=False, pushed_at__isnull=True)

    def held(self) -> "NotificationQuerySet":
        """A mail is to go out about it when its hour comes."""
        return self.filter(
            mailed_at__isnull=True, held_until__isnull=False, spared_at__isnull=True
        )


class Notification(models.Model):
    """A person is told of an event, once: on her page, and by one mail."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, related_name="notifications"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications"
    )
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    # Her quiet hours, or the next digest; what she wants no mail about is spared.
    held_until = models.DateTimeField(null=True, blank=True)
    spared_at = models.DateTimeField(null=True, blank=True)
    # From when on her devices may be told; none where they are not.
    push_at = models.DateTimeField(null=True, blank=True)
    pushed_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "person"], name="nobody_is_told_twice"
            )
        ]
        indexes = [
            models.Index(
                fields=["person"],
                condition=models.Q(read_at__isnull=True),
                name="unread_notifications",
            ),
            models.Index(
                fields=["held_until"],
                condition=models.Q(
                    mailed_at__isnull=True,
                    held_until__isnull=False,
                    spared_at__isnull=True,
                ),
                name="held_notifications",
            ),
            models.Index(
                fields=["push_at"],
                condition=models.Q(push_at__isnull=False, pushed_at__isnull=True),
                name="unpushed_notifications",
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class Preferences(models.Model):
    """On whose clock somebody lives, and when mail may reach her."""

    class Cadence(models.TextChoices):
        AT_ONCE = "at-once", "At once"
        DAILY = "daily", "Once a day"
        WEEKLY = "weekly", "Once a week"
        NEVER = "never", "Never"

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="preferences",
    )
    time_zone = models.CharField(max_length=64, blank=True)  # the network's when blank
    # The first word of a verb -> a cadence; a kind that is missing is mailed at once.
    mail = models.JSONField(default=dict, blank=True)
    # The same for her devices -> yes or no; of a kind that is missing they are told.
    push = models.JSONField(default=dict, blank=True)
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "preferences"
        constraints = [
            models.CheckConstraint(
                name="quiet_hours_begin_and_end",
                condition=models.Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | models.Q(quiet_from__isnull=False, quiet_until__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"preferences of {self.person_id}"


class OutboxQuerySet(models.QuerySet["Outbox"]):
    def waiting(self) -> "OutboxQuerySet":
        return self.filter(done_at__isnull=True).order_by("pk")

    def due(self, now: datetime) -> "OutboxQuerySet":
        """Whoever failed waits longer each time, and so never holds up the others."""
        return self.waiting().filter(next_at__lte=now).order_by("next_at", "pk")


def after_the_first_try() -> datetime:
    """By then the task that was enqueued at the commit has had its chance."""
    return timezone.now() + timedelta(minutes=1)


class Outbox(models.Model):
    """An event whose mails are owed until they are done, whatever crashes between."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="outbox")
    created_at = models.DateTimeField(default=timezone.now)
    next_at = models.DateTimeField(default=after_the_first_try)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "outbox"
        indexes = [
            models.Index(
                fields=["next_at"],
                condition=models.Q(done_at__isnull=True),
                name="waiting_outbox",
            )
        ]

    def __str__(self) -> str:
        return f"outbox of {self.event_id}"
