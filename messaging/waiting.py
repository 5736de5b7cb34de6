"""Whom unread messages wait for, so that a notice is due: one for a spell of unread.

A spell begins with the first message she has not read and ends when she reads on, or
wants to hear no more of it; within it nobody is told twice. A muted conversation lets
nothing through, a muted topic nothing of its own, and no mention either.
"""

from datetime import datetime, timedelta

from django.db.models import (
    BigIntegerField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
)
from django.db.models.functions import Cast
from django.utils import timezone

from messaging.events import NoticeEvent
from messaging.models import Kind, Membership, Message, TopicLevel
from messaging.models.membership import MembershipQuerySet
from network.activity.models import Notification
from network.clinicians.models import Clinician

# Whoever has the page open reads at once: she needs no notice.
SHORT_WHILE = timedelta(seconds=20)


def due(now: datetime) -> MembershipQuerySet:
    """Of members who may be told, hear of it here, and were not told in this spell."""
    members = Clinician.objects.verified().filter(user__isnull=False)
    return wanted(now).filter(
        told_ordinal__lte=F("read_ordinal"), clinician__in=members
    )


def wanted(now: datetime) -> MembershipQuerySet:
    """Where something waits of which its member wants to hear."""
    unread = _unread(now).filter(at__lte=now - SHORT_WHILE)
    chosen = unread.filter(
        Q(mentions__contains=[OuterRef("clinician__public_id")])
        | Q(topic__in=_topics(TopicLevel.objects.followed()))
    )
    level = Membership.Level
    return _loud(Membership.objects.current(), now).filter(
        Q(Exists(unread), level=level.EVERYTHING)
        | Q(Exists(chosen), level=level.MENTIONS)
    )


def _loud(memberships: MembershipQuerySet, now: datetime) -> MembershipQuerySet:
    """Where there is something after her place, and she has not muted all of it."""
    return memberships.filter(
        Q(muted_until__isnull=True) | Q(muted_until__lte=now),
        conversation__last_ordinal__gt=F("read_ordinal"),
    )


def _unread(now: datetime) -> QuerySet[Message]:
    """By others, still there, and of no topic she muted; of an outer membership."""
    return (
        Message.objects.filter(
            Q(expires_at__isnull=True) | Q(expires_at__gt=now),
            conversation=OuterRef("conversation"),
            kind=Kind.MESSAGE,
            ordinal__gt=OuterRef("read_ordinal"),
            seq__gt=OuterRef("from_seq"),
            recalled_at__isnull=True,
        )
        .exclude(sender=OuterRef("clinician"))
        .exclude(topic__in=_topics(TopicLevel.objects.muted(now)))
    )


def _topics(levels: QuerySet[TopicLevel]) -> QuerySet[TopicLevel, int]:
    """Of the membership around the messages: asked once for each, not by message."""
    hers = levels.filter(membership=OuterRef(OuterRef("pk")))
    return hers.values_list("topic", flat=True)


def over() -> QuerySet[Notification]:
    """Notices of spells that have ended: she has read on, or wants no more, or left."""
    still = Membership.objects.current().filter(
        conversation=OuterRef("conversation"),
        clinician__user=OuterRef("person"),
        told_ordinal__gt=F("read_ordinal"),
    )
    about = Notification.objects.unread().filter(event__verb=NoticeEvent.WAITING)
    of = Cast("event__subject_id", BigIntegerField())
    return about.alias(conversation=of).filter(~Exists(still))


def rooms_of(clinician: Clinician) -> int:
    """In how many conversations something waits for her, of which she wants to know."""
    now = timezone.now()
    mine = _loud(Membership.objects.of(clinician), now)
    heard = mine.exclude(level=Membership.Level.NOTHING)
    return heard.filter(Exists(_unread(now))).count()
