"""What waits, and for whom: every list is a query, and its count is its length."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from network.clinicians.models import Clinician
from referrals.machine.words import LIVE, OVER, O, S, Turn
from referrals.models import Offer, Referral

STALE = timedelta(days=7)
WEEK = timedelta(days=7)
HERS = frozenset({O.SELECTED, O.WAITLISTED})


def sent_my_turn(me: Clinician) -> QuerySet[Referral]:
    return _sent(me).filter(turn=Turn.SENDER)


def received_my_turn(me: Clinician) -> QuerySet[Offer]:
    """To be answered; and what she was chosen for, when it is her turn in it."""
    asked = Q(receiver=me, state__in=[O.SENT, O.VIEWED])
    chosen = Q(receiver=me, state__in=HERS, referral__turn=Turn.RECEIVER)
    guided = Q(state=O.CONFIRMING) & ~Q(receiver=me) & ~Q(referral__sender=me)
    mine = Offer.objects.visible_to(me).filter(asked | chosen | guided)
    return mine.exclude(referral__state__in=[*OVER, S.PAUSED]).order_by("sent_at", "pk")


def my_turns(me: Clinician) -> int:
    return sent_my_turn(me).count() + received_my_turn(me).count()


def sent_waiting(me: Clinician) -> QuerySet[Referral]:
    return _sent(me).exclude(turn=Turn.SENDER)


def received_waiting(me: Clinician) -> QuerySet[Offer]:
    """Hers, and somebody else's turn."""
    live = Offer.objects.visible_to(me).filter(receiver=me, state__in=LIVE)
    going = live.exclude(referral__state__in=OVER)
    return going.exclude(pk__in=received_my_turn(me).values("pk")).order_by("sent_at")


def stale(me: Clinician) -> QuerySet[Referral]:
    """Nothing has happened for a week, and it is not over."""
    return _sent(me).filter(changed_at__lt=timezone.now() - STALE)


def first_sessions(me: Clinician) -> QuerySet[Referral]:
    """Booked within the week, sent by her or received."""
    until = timezone.now() + WEEK
    mine = Referral.objects.visible_to(me).filter(_involves(me), state=S.SCHEDULED)
    return mine.filter(first_session_at__lte=until).order_by("first_session_at")


def outcome_missing(me: Clinician) -> QuerySet[Referral]:
    """The session is past, or the client came: how it ended is not said yet."""
    past = Q(state=S.SCHEDULED, first_session_at__lt=timezone.now())
    came = Q(state=S.ENGAGED)
    mine = Referral.objects.visible_to(me).filter(_involves(me))
    return mine.filter(past | came).order_by("first_session_at", "pk")


def over(me: Clinician) -> QuerySet[Referral]:
    return Referral.objects.sent_by(me).filter(state__in=OVER).newest_first()


def _sent(me: Clinician) -> QuerySet[Referral]:
    return Referral.objects.sent_by(me).going_on().order_by("changed_at", "pk")


def _involves(me: Clinician) -> Q:
    chosen = Offer.objects.filter(receiver=me, state=O.SELECTED)
    return Q(sender=me) | Q(pk__in=chosen.values("referral"))


@dataclass(frozen=True)
class WorkList:
    slug: str
    title: str
    sent: Callable[[Clinician], QuerySet[Referral]] | None = None
    received: Callable[[Clinician], QuerySet[Offer]] | None = None


LISTS = (
    WorkList("mine", "My turn", sent_my_turn, received_my_turn),
    WorkList("waiting", "Waiting for others", sent_waiting, received_waiting),
    WorkList("stale", "Nothing for a week", stale),
    WorkList("sessions", "First sessions this week", first_sessions),
    WorkList("outcomes", "Outcome missing", outcome_missing),
    WorkList("over", "Over", over),
)
