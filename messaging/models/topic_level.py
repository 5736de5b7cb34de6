"""How loud a topic is for one member, apart from the conversation around it."""

from datetime import datetime

from django.db import models
from django.utils import timezone

from messaging.models.membership import Membership
from messaging.models.topic import Topic


class TopicLevelQuerySet(models.QuerySet["TopicLevel"]):
    def muted(self, now: datetime) -> "TopicLevelQuerySet":
        return self.filter(muted_until__gt=now)

    def followed(self) -> "TopicLevelQuerySet":
        return self.filter(level=TopicLevel.Level.FOLLOW)


class TopicLevel(models.Model):
    """No row, and the topic is as usual: as loud as its conversation."""

    class Level(models.TextChoices):
        USUAL = "usual", "As usual"
        FOLLOW = "follow", "Follow"

    # The constraint below begins with it.
    membership = models.ForeignKey(
        Membership,
        on_delete=models.CASCADE,
        related_name="topic_levels",
        db_index=False,
    )
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="levels")
    level = models.CharField(max_length=10, choices=Level.choices, default=Level.USUAL)
    # Until when she is told of nothing of it, also where she follows it.
    muted_until = models.DateTimeField(null=True, editable=False)

    objects = TopicLevelQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "topic"],
                name="a_topic_has_one_level_of_a_member",
            )
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} of topic {self.topic_id}"

    @property
    def is_followed(self) -> bool:
        return self.level == self.Level.FOLLOW

    @property
    def is_muted(self) -> bool:
        return self.muted_until is not None and self.muted_until > timezone.now()
