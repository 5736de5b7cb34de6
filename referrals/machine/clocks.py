"""When something is due, in business days of the sender's zone where it is days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import TextChoices

from referrals.machine.words import ASKING, O, OfferState, S, State, Urgency

MORNING = time(9)
FARTHEST = timedelta(days=2 * 365)  # of a first session
WEEKEND = 5


class Clock(TextChoices):
    """What a timer does when it rings."""

    WARN_DRAFT = "warn_draft", "Warn that the draft will go"
    PURGE = "purge", "Purge the draft"
    NUDGE = "nudge", "Remind whose turn it is"
    WARN = "warn", "Warn that it will expire"
    EXPIRE = "expire", "Let it expire"
    DEADLINE = "deadline", "End the choosing"
    REMIND = "remind", "Remind of the answer"
    EXPIRE_OFFER = "expire_offer", "End the offer"
    LAPSE = "lapse", "End the acceptance"
    WAITLIST = "waitlist", "Ask about the waiting list"
    MONTH = "check_30", "Ask after 30 days whether it held"
    QUARTER = "check_90", "Ask after 90 days whether it held"
    FORGET = "forget", "Destroy the words"


@dataclass(frozen=True)
class Span:
    """Hours that run on, or business days."""

    words: str
    hours: int = 0
    days: int = 0


ANSWER_WITHIN: Mapping[Urgency, Span] = {
    Urgency.URGENT: Span("within four hours", hours=4),
    Urgency.SOON: Span("within two business days", days=2),
    Urgency.ROUTINE: Span("within five business days", days=5),
    Urgency.PLANNED: Span("within ten business days, or by its day", days=10),
}
# Which clocks run while a referral is where it is, and while an offer is.
AT_STATE: Mapping[State, tuple[Clock, ...]] = {
    S.DRAFT: (Clock.WARN_DRAFT, Clock.PURGE),
    **dict.fromkeys((S.READY, S.OPEN), (Clock.NUDGE, Clock.WARN, Clock.EXPIRE)),
    S.CHOOSING: (Clock.NUDGE, Clock.DEADLINE, Clock.WARN, Clock.EXPIRE),
    **dict.fromkeys(
        (
            S.WAITING,
            S.PLACED,
            S.HANDED_OVER,
            S.CONTACTING,
            S.SCHEDULED,
            S.ENGAGED,
            S.PAUSED,
        ),
        (Clock.NUDGE,),
    ),
    S.CLOSED: (Clock.MONTH, Clock.QUARTER),
    **dict.fromkeys((S.WITHDRAWN, S.EXPIRED), (Clock.FORGET,)),
}
AT_OFFER: Mapping[OfferState, tuple[Clock, ...]] = {
    **dict.fromkeys(
        (O.SENT, O.VIEWED, O.CONFIRMING), (Clock.REMIND, Clock.EXPIRE_OFFER)
    ),
    O.ACCEPTED: (Clock.LAPSE,),
    **dict.fromkeys((O.WAITLIST_OFFERED, O.WAITLISTED), (Clock.WAITLIST,)),
}
# Fixed spans; those of an answer hang on the urgency.
DAYS: Mapping[Clock, int] = {
    Clock.WARN_DRAFT: 12,
    Clock.PURGE: 14,
    Clock.NUDGE: 3,
    Clock.WARN: 27,
    Clock.EXPIRE: 30,
    Clock.DEADLINE: 3,
    Clock.LAPSE: 6,
    Clock.WAITLIST: 30,
    Clock.MONTH: 30,
    Clock.QUARTER: 90,
    Clock.FORGET: 30,
}
# How often somebody is reminded that it is her turn, where three days are too few.
NUDGED_EVERY: Mapping[State, int] = {S.WAITING: 30, S.ENGAGED: 14, S.PAUSED: 14}
# Steps that begin the clocks of their thing anew; all others let them run on.
ANEW = frozenset({"edit", "reconfirm", "reconfirm_waitlist"})
RUNNING = ASKING | {S.WAITING}


def days_until(clock: Clock, state: str) -> int:
    if clock == Clock.NUDGE:
        return NUDGED_EVERY.get(S(state), DAYS[clock])
    return DAYS[clock]


def answer_due(
    urgency: str, since: datetime, zone: ZoneInfo, *, times: int = 1, by: date | None
) -> datetime:
    """A planned one is due by its day at the latest, at nine in the morning."""
    span = ANSWER_WITHIN[Urgency(urgency)]
    if span.hours:
        return since + timedelta(hours=span.hours * times)
    due = business_days_after(since, span.days * times, zone)
    return min(due, max(since, _morning(by, zone))) if by else due


def business_days_after(since: datetime, days: int, zone: ZoneInfo) -> datetime:
    """At the same hour; what begins on a weekend begins on Monday at nine."""
    local = since.astimezone(zone)
    if local.weekday() >= WEEKEND:
        local = _morning(_next_business_day(local.date()), zone)
    day = local.date()
    for _ in range(days):
        day = _next_business_day(day)
    return datetime.combine(day, local.time(), zone)


def _next_business_day(day: date) -> date:
    day += timedelta(days=1)
    while day.weekday() >= WEEKEND:
        day += timedelta(days=1)
    return day


def _morning(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, MORNING, zone)
