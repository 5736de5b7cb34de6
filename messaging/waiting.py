"""Whom unread messages wait for, so that a notice is due: one for a spell of unread.

A spell begins with the first message she has not read and ends when she reads on, or
wants to hear no more of it; within it nobody is told twice.
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
from messaging.models import Kind, Membership, Message
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
    unread = _unread(now - SHORT_WHILE)
    named = unread.filter(mentions__contains=[OuterRef("clinician__public_id")])
    level = Membership.Level
    return (
        Membership.objects.current()
        .filter(Q(muted_until__isnull=True) | Q(muted_until__lte=now))
        .filter(conversation__last_ordinal__gt=F("read_ordinal"))
        .filter(
            Q(Exists(unread), level=level.EVERYTHING)
            | Q(Exists(named), level=level.MENTIONS)
        )
    )


def _unread(until: datetime) -> QuerySet[Message]:
    """By others, still there, and older than a short while; of an outer membership."""
    return Message.objects.filter(
        Q(expires_at__isnull=True) | Q(expires_at__gt=until + SHORT_WHILE),
        conversation=OuterRef("conversation"),
        kind=Kind.MESSAGE,
        ordinal__gt=OuterRef("read_ordinal"),
        seq__gt=OuterRef("from_seq"),
        recalled_at__isnull=True,
        at__lte=until,
    ).exclude(sender=OuterRef("clinician"))


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
    loud = Q(muted_until__isnull=True) | Q(muted_until__lte=timezone.now())
    mine = Membership.objects.of(clinician).filter(loud)
    unread = mine.filter(conversation__last_ordinal__gt=F("read_ordinal"))
    return unread.exclude(level=Membership.Level.NOTHING).count()
