"""Until when an answer is awaited: by the clocks that run, or that would."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from referrals.actions.timers import zone_of_sender
from referrals.machine.clocks import Clock, answer_due
from referrals.models import Offer, Referral, Timer

OF_AN_ANSWER = (Clock.REMIND, Clock.EXPIRE_OFFER)


@dataclass(frozen=True)
class Due:
    """Late: it was reminded of, and ends then."""

    at: datetime
    is_late: bool


def due_if_sent_now(referral: Referral) -> datetime:
    day = referral.planned_on if referral.urgency == "planned" else None
    zone = zone_of_sender(referral)
    return answer_due(referral.urgency, timezone.now(), zone, by=day)


def dues(offers: Iterable[Offer]) -> dict[int, Due]:
    """By offer; of those alone whose answer is awaited."""
    clocks = Timer.objects.running().filter(offer__in=list(offers))
    awaited = clocks.filter(clock__in=OF_AN_ANSWER).order_by("-due_at")
    return {
        one.offer_id: Due(one.due_at, one.clock == Clock.EXPIRE_OFFER)
        for one in awaited
        if one.offer_id
    }
