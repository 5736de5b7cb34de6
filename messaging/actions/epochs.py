"""Logs that were restored from a backup are other logs than those that clients keep."""

from django.contrib.postgres.functions import RandomUUID

from messaging.models import Conversation


def renew_epochs() -> int:
    """How many. Whoever knows a place by the epoch before begins anew."""
    return Conversation.objects.update(epoch=RandomUUID())
