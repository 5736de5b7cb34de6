"""Clocks are wound with every step, by where the referral and its offers stand."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from network.activity.preferences.clock import preferences_of, zone_of
from referrals.machine.clocks import (
    ANEW,
    AT_OFFER,
    AT_STATE,
    RUNNING,
    Clock,
    answer_due,
    business_days_after,
    days_until,
)
from referrals.machine.words import OfferState, State
from referrals.models import Offer, Referral, Timer

IN_BUSINESS_DAYS = frozenset({Clock.NUDGE, Clock.DEADLINE, Clock.LAPSE})
Place = tuple[int | None, str]


def wind(
    referral: Referral,
    offers: Sequence[Offer],
    *,
    anew: str = "",
    about: Offer | None = None,
) -> None:
    """What need not run any more is stopped; what runs already runs on, but for the
    reminder, which begins with every step, and the clocks of a step in ANEW.
    """
    now = timezone.now()
    wanted = dict(_wanted(referral, offers, now))
    running = {_place(one): one for one in referral.timers.running()}
    its = about.pk if about else None
    begun = {place for place in running if anew in ANEW and place[0] == its}
    begun.add((None, Clock.NUDGE))
    stopped = [
        one.pk
        for place, one in running.items()
        if place not in wanted or place in begun
    ]
    kept = {place for place, one in running.items() if one.pk not in stopped}

    Timer.objects.filter(pk__in=stopped).update(done_at=now)
    Timer.objects.bulk_create(
        Timer(referral=referral, offer_id=place[0], clock=place[1], due_at=due)
        for place, due in wanted.items()
        if place not in kept
    )


def zone_of_sender(referral: Referral) -> ZoneInfo:
    user = referral.sender.user
    zone = zone_of(preferences_of(user)) if user else None
    return zone or ZoneInfo(timezone.get_default_timezone_name())


def _place(timer: Timer) -> Place:
    return timer.offer_id, timer.clock


def _wanted(
    referral: Referral, offers: Sequence[Offer], now: datetime
) -> Iterator[tuple[Place, datetime]]:
    zone = zone_of_sender(referral)
    for clock in _clocks_of(referral):
        yield (None, clock), _due(clock, referral, now, zone)
    for offer in offers if referral.state in RUNNING else ():
        for clock in AT_OFFER.get(OfferState(offer.state), ()):
            yield (offer.pk, clock), _due(clock, referral, now, zone)


def _clocks_of(referral: Referral) -> tuple[Clock, ...]:
    """A draft that colleagues have seen once is not purged: its sender is reminded."""
    if referral.state == State.DRAFT and referral.sent_at:
        return (Clock.NUDGE,)
    return AT_STATE.get(State(referral.state), ())


def _due(clock: Clock, referral: Referral, now: datetime, zone: ZoneInfo) -> datetime:
    if clock in {Clock.REMIND, Clock.EXPIRE_OFFER}:
        times = 1 if clock == Clock.REMIND else 2
        by = referral.planned_on if referral.urgency == "planned" else None
        return answer_due(referral.urgency, now, zone, times=times, by=by)
    days = days_until(clock, referral.state)
    if clock == Clock.NUDGE and referral.state == State.SCHEDULED:
        after = (referral.first_session_at or now) + timedelta(days=1)
        return max(after, now + timedelta(days=1))
    if clock in IN_BUSINESS_DAYS:
        return business_days_after(now, days, zone)
    return now + timedelta(days=days)
