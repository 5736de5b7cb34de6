"""What part of a conversation is about."""

import uuid

from django.db import models
from django.utils import timezone

from messaging.models.conversation import Conversation
from network.privacy.fields import EncryptedTextField


class Topic(models.Model):
    """A name under which messages of one conversation are read together."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    encryption_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="topics"
    )
    name = EncryptedTextField()
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.public_id)
