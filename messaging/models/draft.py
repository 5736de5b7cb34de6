"""What somebody has begun to write."""

from django.db import models
from django.utils import timezone

from messaging.models.membership import Membership
from messaging.models.topic import Topic
from network.clinicians.models import Clinician


class DraftQuerySet(models.QuerySet["Draft"]):
    def visible_to(self, clinician: Clinician) -> "DraftQuerySet":
        """Her own, of conversations in which she is."""
        mine = Membership.objects.of(clinician)
        rows = self.filter(membership__in=mine)
        return rows.select_related(
            "membership__conversation", "membership__clinician", "topic"
        )


class Draft(models.Model):
    """Kept on the server, so that a browser keeps nothing; sealed like a message."""

    membership = models.ForeignKey(
        Membership, on_delete=models.CASCADE, related_name="drafts"
    )
    topic = models.ForeignKey(
        Topic, on_delete=models.CASCADE, null=True, related_name="+"
    )
    key_id = models.UUIDField(editable=False)
    body = models.BinaryField(editable=False)
    saved_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "topic"],
                nulls_distinct=False,
                name="a_topic_has_one_draft_of_a_member",
            )
        ]

    def __str__(self) -> str:
        return f"draft of membership {self.membership_id}"

    @property
    def whose(self) -> str:
        """What its sealing is bound to, beside the conversation's key."""
        member = self.membership
        topic = self.topic.public_id if self.topic else "-"
        return f"{member.conversation.public_id}:{member.clinician.public_id}:{topic}"
