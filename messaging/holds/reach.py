"""How far holds reach. The log asks the same in `messaging/log/statements.py`."""

from django.db.models import Q
from django.utils import timezone

from messaging.models import Conversation, Hold, Kind, Membership, Message
from messaging.models.conversation import ConversationQuerySet


def under_hold() -> ConversationQuerySet:
    """Also those of which somebody on hold has ever been a member."""
    standing = Hold.objects.standing()
    people = standing.filter(clinician__isnull=False).values("clinician")
    theirs = Membership.objects.filter(clinician__in=people).values("conversation")
    alone = standing.filter(conversation__isnull=False).values("conversation")
    return Conversation.objects.filter(Q(pk__in=alone) | Q(pk__in=theirs))


def is_held(conversation: Conversation) -> bool:
    return under_hold().filter(pk=conversation.pk).exists()


def conversations_of(hold: Hold) -> ConversationQuerySet:
    if hold.conversation_id:
        return Conversation.objects.filter(pk=hold.conversation_id)
    theirs = Membership.objects.filter(clinician=hold.clinician_id)
    return Conversation.objects.filter(pk__in=theirs.values("conversation"))


def hidden_in(conversations: ConversationQuerySet) -> int:
    """How many messages nobody reads any more, and a hold keeps."""
    log = Message.objects.filter(conversation__in=conversations, kind=Kind.MESSAGE)
    return log.filter(body__isnull=False, expires_at__lte=timezone.now()).count()
