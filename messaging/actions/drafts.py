"""What somebody has begun to write, while she writes it: the trail knows nothing."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from messaging.actions.lock import place_locked
from messaging.bodies import LONGEST, UnfitBodyError, key_now, seal_draft
from messaging.models import Conversation, Draft, Topic
from messaging.permissions import require
from network.accounts.models import User


@transaction.atomic
def save_draft(
    conversation: Conversation, text: str, *, by: User, topic: Topic | None = None
) -> None:
    """The last one saved stands; an empty one is none. What could not be sent any more,
    because nothing can be written there, may still be kept.
    """
    who = require("read", by, conversation)
    if topic and topic.conversation_id != conversation.pk:
        raise PermissionDenied("a topic of another conversation")
    if len(text) > LONGEST or "\0" in text:
        raise UnfitBodyError("a draft is no longer than a message")
    # Whoever waits for the keystore holds up nobody meanwhile.
    key = key_now(conversation.public_id) if text.strip() else None
    membership = place_locked(who, conversation)
    place = Draft(membership=membership, topic=topic)
    if key is None:
        Draft.objects.filter(membership=membership, topic=topic).delete()
        return
    box = seal_draft(text, place.whose, key)
    Draft.objects.update_or_create(
        membership=membership,
        topic=topic,
        defaults={"key_id": key.id, "body": box, "saved_at": timezone.now()},
    )
