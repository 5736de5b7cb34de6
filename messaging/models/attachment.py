"""A file that belongs to a message, or is about to."""

import uuid

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from messaging.models.conversation import Conversation
from messaging.models.membership import Membership
from messaging.models.message import Message
from network.clinicians.models import Clinician
from network.privacy.files import Kind

KINDS = [(kind.value, kind.name) for kind in Kind]


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, clinician: Clinician) -> "AttachmentQuerySet":
        """Those of messages that she may read as they stand, and her unsent ones."""
        if not clinician.is_verified:
            return self.none()
        here = Membership.objects.of(clinician).filter(
            conversation=OuterRef("conversation")
        )
        read = Exists(here.filter(from_seq__lt=OuterRef("seq")))
        own = Q(seq__isnull=True, sender=clinician) & Exists(here)
        return self.standing().filter(read | own).about()

    def standing(self) -> "AttachmentQuerySet":
        """Not those of a message that is gone, which a legal hold may keep."""
        said = Message.objects.filter(
            conversation=OuterRef("conversation"),
            seq=OuterRef("seq"),
            body__isnull=False,
        ).exclude(expires_at__lte=timezone.now())
        return self.filter(Q(seq__isnull=True) | Exists(said))

    def unsent(self, clinician: Clinician) -> "AttachmentQuerySet":
        """In the order in which she attached them."""
        mine = self.filter(seq__isnull=True, sender=clinician)
        return mine.about().order_by("uploaded_at", "pk")

    def about(self) -> "AttachmentQuerySet":
        """Without what is in them, which is megabytes."""
        return self.with_content().defer("content")

    def with_content(self) -> "AttachmentQuerySet":
        return self.select_related("conversation")


class Attachment(models.Model):
    """Sealed by its conversation's data key. Until it is sent it has no `seq`, and is
    its sender's alone.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # The index below begins with it.
    conversation = models.ForeignKey(
        Conversation,
        on_delete=models.CASCADE,
        related_name="attachments",
        db_index=False,
    )
    sender = models.ForeignKey(
        Clinician, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    seq = models.BigIntegerField(null=True, editable=False)
    kind = models.CharField(max_length=10, choices=KINDS)
    size = models.PositiveIntegerField()  # bytes, of what is in it
    # What the guard found in its name or its text tells by itself who somebody is.
    is_telling = models.BooleanField(default=False)
    key_id = models.UUIDField(editable=False)
    label = models.BinaryField(editable=False)  # its name, and the hash of the content
    content = models.BinaryField(editable=False)
    uploaded_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["conversation", "seq"], name="files_of_a_message"),
            models.Index(
                fields=["uploaded_at"],
                condition=Q(seq__isnull=True),
                name="files_not_sent_yet",
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
