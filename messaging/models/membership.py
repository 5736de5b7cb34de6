"""Who is in a conversation, and how far she has read."""

from datetime import UTC, datetime

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from messaging.models.conversation import Conversation
from network.clinicians.models import Clinician

FOR_GOOD = datetime(9999, 12, 31, tzinfo=UTC)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> "MembershipQuerySet":
        return self.filter(left_at__isnull=True)

    def of(self, clinician: Clinician) -> "MembershipQuerySet":
        return self.current().filter(clinician=clinician)

    def last_active_first(self) -> "MembershipQuerySet":
        """With their conversations."""
        active = Coalesce("conversation__last_message_at", "conversation__created_at")
        rows = self.select_related("conversation").alias(active=active)
        return rows.order_by("-active", "-conversation__public_id")

    def first_come_first(self) -> "MembershipQuerySet":
        """With who they are."""
        return self.select_related("clinician").order_by("joined_at", "pk")


class Membership(models.Model):
    """One clinician in one conversation, from when she came until she leaves.

    Her place in the log is `read_seq`, and `read_ordinal` counts the messages up to
    it; both only grow. `told_ordinal` is how far she was given notice, until it is
    taken back.
    """

    class Role(models.TextChoices):
        OWNER = "owner", "Leads it"
        MEMBER = "member", "Takes part"

    class Level(models.TextChoices):
        EVERYTHING = "everything", "Every message"
        MENTIONS = "mentions", "Only when I am mentioned"
        NOTHING = "nothing", "Nothing"

    # The index below begins with it.
    conversation = models.ForeignKey(
        Conversation,
        on_delete=models.CASCADE,
        related_name="memberships",
        db_index=False,
    )
    clinician = models.ForeignKey(
        Clinician, on_delete=models.CASCADE, related_name="conversation_memberships"
    )
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.MEMBER)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    # She sees what comes after it, and all there is when it is 0.
    from_seq = models.BigIntegerField(default=0, editable=False)
    left_at = models.DateTimeField(null=True, editable=False)
    read_seq = models.BigIntegerField(default=0, editable=False)
    read_ordinal = models.BigIntegerField(default=0, editable=False)
    told_ordinal = models.BigIntegerField(default=0, editable=False)
    # After how many days she would have them go; between two both count.
    keep_days = models.PositiveIntegerField(null=True, editable=False)
    # Of what she is given notice; and until when of nothing at all.
    level = models.CharField(
        max_length=10, choices=Level.choices, db_default=Level.EVERYTHING.value
    )
    muted_until = models.DateTimeField(null=True, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "clinician"],
                condition=Q(left_at__isnull=True),
                name="somebody_is_in_a_conversation_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["conversation", "clinician"], name="members_of_a_conversation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.clinician_id} in conversation {self.conversation_id}"

    @property
    def unread(self) -> int:
        """Messages after her place (reads the conversation)."""
        return max(0, self.conversation.last_ordinal - self.read_ordinal)

    @property
    def heard(self) -> int:
        """Without what she has muted of it, where a list has looked for that."""
        return max(0, self.unread - getattr(self, "hushed", 0))

    @property
    def is_asked(self) -> bool:
        """Something waits for her to confirm it, where a list has looked for that."""
        return bool(getattr(self, "asks", False))

    @property
    def is_owner(self) -> bool:
        return self.role == self.Role.OWNER

    @property
    def is_muted(self) -> bool:
        return self.muted_until is not None and self.muted_until > timezone.now()
