"""Messages that ask to be confirmed, and whom each of them still waits for.

Who was in the conversation when it was written is asked, as long as she is in it. It
waits for nobody once it is gone, or nothing can be written there any more.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from messaging.events import ConfirmationEvent
from messaging.models import Conversation, Kind, Membership, Message
from messaging.models.membership import MembershipQuerySet
from messaging.waiting import SHORT_WHILE
from network.activity.models import Notification
from network.clinicians.models import Absence, Block, Clinician


def untold(now: datetime) -> QuerySet[Message]:
    """Of which nobody has been told yet."""
    return _to_come().filter(asked_at__isnull=True, at__lte=now - SHORT_WHILE)


def overdue(now: datetime) -> QuerySet[Message]:
    """Whose time is over, and nobody has looked who is missing: of those who were told,
    since what was looked at is told to nobody.
    """
    return _to_come().filter(confirm_by__lte=now, asked_at__isnull=False)


def _to_come() -> QuerySet[Message]:
    return Message.objects.filter(confirm_by__isnull=False, missed_at__isnull=True)


def settled(now: datetime) -> QuerySet[Message]:
    """What can wait for nobody any more, as far as that is not noted: whoever was asked
    has confirmed it or left, or it is gone. A block may end, and puts nothing away.
    """
    word = _word(OuterRef(OuterRef("seq")), OuterRef("clinician"))
    asked = Membership.objects.current().filter(
        conversation=OuterRef("conversation"),
        from_seq__lt=OuterRef("seq"),
        joined_at__lte=OuterRef("at"),
    )
    missing = asked.exclude(clinician=OuterRef("sender")).exclude(word)
    asks = Message.objects.filter(confirm_by__isnull=False, settled_at__isnull=True)
    return asks.filter(at__lte=now - SHORT_WHILE).exclude(Exists(missing), _stands(now))


def over() -> QuerySet[Notification]:
    """Notices of what waits no more: it is confirmed or gone, or she has left."""
    waits = unconfirmed(timezone.now()).filter(seq=OuterRef(OuterRef("place")))
    still = Membership.objects.current().filter(
        Exists(waits),
        conversation=OuterRef("conversation"),
        clinician__user=OuterRef("person"),
    )
    told = Notification.objects.unread().filter(event__verb=ConfirmationEvent.ASKED)
    return told.alias(
        conversation=Cast("event__subject_id", BigIntegerField()),
        place=Cast(F("event__detail__seq"), BigIntegerField()),
    ).filter(~Exists(still))


def waited_for(message: Message) -> MembershipQuerySet:
    """Members who have not confirmed it."""
    inside = Membership.objects.current().filter(conversation=message.conversation_id)
    return inside.filter(Exists(unconfirmed(timezone.now()).filter(seq=message.seq)))


def away_today(people: Iterable[Clinician], me: Clinician) -> QuerySet[Absence]:
    """Those of them whom I may see, and whether each `is_covered`."""
    today = timezone.localdate()
    seen = Clinician.objects.visible_to(me).filter(pk__in=[one.pk for one in people])
    rows = Absence.objects.filter(starts_on__lte=today, ends_on__gte=today)
    found = rows.filter(clinician__in=seen).annotate(is_covered=_covers(me))
    return found.select_related("clinician", "coverer__user")


def covered_today(people: Iterable[Clinician], me: Clinician) -> QuerySet[Absence]:
    """Where it is by somebody else."""
    return away_today(people, me).filter(_covers(me)).exclude(coverer=me)


def _covers(me: Clinician) -> Exists:
    """By whom I may see too, unless one of the two has blocked the other."""
    members = Clinician.objects.visible_to(me).verified().filter(user__isnull=False)
    coverer = members.filter(pk=OuterRef("coverer"))
    return Exists(
        coverer.exclude(blocks_made__blocked=OuterRef("clinician")).exclude(
            blocks_received__blocker=OuterRef("clinician")
        )
    )


def unconfirmed(now: datetime) -> QuerySet[Message]:
    """What waits for the member of an outer membership."""
    her = OuterRef("clinician")
    return (
        Message.objects.filter(
            _stands(now),
            conversation=OuterRef("conversation"),
            confirm_by__isnull=False,
            settled_at__isnull=True,
            seq__gt=OuterRef("from_seq"),
            at__gte=OuterRef("joined_at"),
        )
        .exclude(sender=her)
        .exclude(_word(OuterRef("seq"), OuterRef(her)))
        .exclude(Exists(_blocks()), conversation__kind=Conversation.Kind.DIRECT)
    )


def _word(target: OuterRef, sender: OuterRef) -> Exists:
    """Of that member, about that message, in the conversation around it."""
    said = Message.objects.filter(conversation=OuterRef("conversation"))
    return Exists(said.filter(kind=Kind.CONFIRM, target=target, sender=sender))


def _stands(now: datetime) -> Q:
    return Q(
        Q(expires_at__isnull=True) | Q(expires_at__gt=now),
        conversation__closed_at__isnull=True,
        sender__isnull=False,
        recalled_at__isnull=True,
        body__isnull=False,
    )


def _blocks() -> QuerySet[Block]:
    """Between the sender and the member, either way."""
    sender, her = OuterRef("sender"), OuterRef(OuterRef("clinician"))
    return Block.objects.filter(
        Q(blocker=sender, blocked=her) | Q(blocker=her, blocked=sender)
    )
