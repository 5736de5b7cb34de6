"""The log of a conversation, row by row. Written by `messaging.log` alone."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Count, Min, Q
from django.utils import timezone

from messaging.models.conversation import Conversation
from messaging.models.membership import Membership
from messaging.models.topic import Topic
from network.clinicians.models import Clinician


class Kind(models.TextChoices):
    MESSAGE = "message"
    EDIT = "edit"
    RECALL = "recall"
    REACTION = "reaction"
    PIN = "pin"
    UNPIN = "unpin"
    JOINED = "joined"
    LEFT = "left"
    REMOVED = "removed"
    TITLED = "titled"
    TOPIC = "topic"
    EXPIRED = "expired"
    # Everything up to its target has gone; and for how long messages are kept.
    SWEPT = "swept"
    KEPT = "kept"
    GUARDED = "guarded"
    CLOSED = "closed"
    CONFIRM = "confirm"


class MessageQuerySet(models.QuerySet["Message"]):
    def whole(self) -> "MessageQuerySet":
        """With what an entry names."""
        return self.select_related("conversation", "sender", "topic")

    def visible_to(self, membership: Membership) -> "MessageQuerySet":
        """What she may read of that conversation."""
        log = self.filter(conversation=membership.conversation_id)
        return log.filter(seq__gt=membership.from_seq).whole()

    def unread_by(self, membership: Membership) -> "MessageQuerySet":
        """What others wrote after her place, as far as it still stands."""
        stands = Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now())
        after = self.visible_to(membership).filter(
            stands,
            kind=Kind.MESSAGE,
            ordinal__gt=membership.read_ordinal,
            recalled_at__isnull=True,
        )
        return after.exclude(sender=membership.clinician_id)

    def counted_by_topic(self) -> dict[int, tuple[int, int]]:
        """How many are in each, and the place of the first."""
        rows = self.filter(topic__isnull=False).order_by().values_list("topic")
        counted = rows.annotate(Count("seq"), Min("seq"))
        return {topic: (many, first) for topic, many, first in counted}


class Message(models.Model):
    """One entry of the log: a message, or something that speaks of one or of people.

    `target` and `reply_to` are places in the same log. The body is sealed by the
    conversation's data key; it goes when the message is recalled or expires, and the
    tokens by which it is found go with it.
    """

    pk = models.CompositePrimaryKey("conversation_id", "seq")
    # The primary key begins with it.
    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="log", db_index=False
    )
    seq = models.BigIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    # The constraint below begins with it.
    sender = models.ForeignKey(
        Clinician,
        on_delete=models.SET_NULL,
        null=True,
        related_name="sent",
        db_index=False,
    )
    client_id = models.UUIDField(null=True)
    target = models.BigIntegerField(null=True)
    ordinal = models.BigIntegerField()
    key_id = models.UUIDField(null=True)
    body = models.BinaryField(null=True)
    reply_to = models.BigIntegerField(null=True)
    topic = models.ForeignKey(
        Topic, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    # A reaction's code, or the public id of the clinician it speaks of.
    detail = models.CharField(max_length=40, blank=True, default="")
    mentions = ArrayField(models.UUIDField(), default=list)
    # Public ids, in their order; they go with the body.
    files = ArrayField(models.UUIDField(), default=list, db_default=[])
    at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    recalled_at = models.DateTimeField(null=True)
    # By when whoever reads it is asked to say so; when those were told, when whoever
    # had not said so by then was looked for; since when it can wait for nobody.
    confirm_by = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True, editable=False)
    missed_at = models.DateTimeField(null=True, editable=False)
    settled_at = models.DateTimeField(null=True, editable=False)
    pinned_at = models.DateTimeField(null=True)
    # Why it was sent although it tells who somebody is.
    guard_reason = models.CharField(  # noqa: DJ001 hardly any has one
        max_length=30, null=True, editable=False
    )
    # For each word of the body a number that only its key can make.
    tokens = ArrayField(models.BigIntegerField(), null=True, editable=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sender", "conversation", "client_id"],
                name="what_is_sent_twice_is_kept_once",
            ),
            models.CheckConstraint(
                name="a_body_has_its_key_and_its_client_id",
                condition=Q(body__isnull=True)
                | Q(key_id__isnull=False, client_id__isnull=False),
            ),
            models.CheckConstraint(
                name="what_is_gone_is_not_found",
                condition=Q(tokens__isnull=True) | Q(body__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["conversation", "target"],
                condition=Q(target__isnull=False),
                name="what_speaks_of_a_message",
            ),
            models.Index(
                fields=["conversation", "ordinal"],
                condition=Q(kind="message"),
                name="messages_by_ordinal",
            ),
            models.Index(
                fields=["topic", "seq"],
                condition=Q(topic__isnull=False),
                name="messages_of_a_topic",
            ),
            models.Index(
                fields=["conversation", "seq"],
                condition=Q(pinned_at__isnull=False),
                name="pinned_messages",
            ),
            models.Index(
                fields=["expires_at"],
                condition=Q(expires_at__isnull=False, body__isnull=False),
                name="messages_to_expire",
            ),
            models.Index(
                fields=["conversation", "seq"],
                condition=Q(confirm_by__isnull=False, settled_at__isnull=True),
                name="messages_that_wait_for_a_word",
            ),
            models.Index(
                fields=["confirm_by"],
                condition=Q(confirm_by__isnull=False, missed_at__isnull=True),
                name="confirmations_to_come",
            ),
            GinIndex(
                fields=["tokens"],
                condition=Q(tokens__isnull=False),
                name="messages_by_token",
                # Nobody who writes shall wait for what others left to be sorted in.
                fastupdate=False,
            ),
            models.Index(
                fields=["conversation", "seq"],
                condition=Q(body__isnull=False, tokens__isnull=True),
                name="messages_without_tokens",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seq} of conversation {self.conversation_id}"

    @property
    def is_gone(self) -> bool:
        """Its words are erased, or hidden until they are."""
        is_over = self.expires_at is not None and self.expires_at <= timezone.now()
        return self.body is None or is_over
