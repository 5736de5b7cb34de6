"""When somebody may be told of an event, by mail or push: now, later, or never."""

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from network.activity.models import Preferences
from network.activity.preferences.clock import zone_of

if TYPE_CHECKING:
    from network.accounts.models import User

Cadence = Preferences.Cadence
# Whatever concerns the way in is told at once, whatever she chose.
SECURITY = frozenset({"account", "address", "factor", "session", "sessions", "token"})
# Somebody waits for it: there is no digest. Where she has said nothing of it, what she
# said of the other kind holds.
URGENT = {"confirmation": "conversation"}
# What is mostly read soon gets no mail unless it still waits after a while.
PATIENCE = {"conversation": timedelta(minutes=10)}
DIGEST_AT = time(8)
MONDAY = 0


def is_told(person: "User") -> bool:
    """Anything at all: not once her account is shut, by herself or by staff."""
    return person.is_active and not person.is_closing


def kind_of(verb: str) -> str:
    return verb.partition(".")[0]


def cadence_of(preferences: Preferences, kind: str) -> Cadence:
    """What is urgent comes at once, or never."""
    other = preferences.mail.get(URGENT.get(kind, ""), Cadence.AT_ONCE)
    said = Cadence(preferences.mail.get(kind, other))
    return said if said in dict(cadences_for(kind)) else Cadence.AT_ONCE


def cadences_for(kind: str) -> list[tuple[str, str]]:
    """With their names."""
    fit = {Cadence.AT_ONCE, Cadence.NEVER} if kind in URGENT else set(Cadence)
    return [(one.value, str(one.label)) for one in Cadence if one in fit]


def mail_time(preferences: Preferences, kind: str, now: datetime) -> datetime | None:
    """The moment from which on; None when she wants no mail about it."""
    if kind in SECURITY:
        return now
    cadence = cadence_of(preferences, kind)
    if cadence == Cadence.NEVER:
        return None
    local = timezone.localtime(now, zone_of(preferences))
    if cadence == Cadence.AT_ONCE:
        local += PATIENCE.get(kind, timedelta())
    else:
        local = _next_digest(local, weekly=cadence == Cadence.WEEKLY)
    return _after_quiet_hours(local, preferences)


def is_pushed(preferences: Preferences, kind: str) -> bool:
    """Whoever lets a device be told means all of it, unless she says otherwise."""
    other = preferences.push.get(URGENT.get(kind, ""), True)
    return bool(preferences.push.get(kind, other))


def push_time(preferences: Preferences, kind: str, now: datetime) -> datetime | None:
    """The same for her devices: there is no digest, and her quiet hours hold."""
    if kind in SECURITY:
        return now
    if not is_pushed(preferences, kind):
        return None
    local = timezone.localtime(now, zone_of(preferences))
    return _after_quiet_hours(local, preferences)


def _next_digest(local: datetime, *, weekly: bool) -> datetime:
    morning = _at(local, DIGEST_AT)
    days = 0 if morning > local else 1
    if weekly:
        days += (MONDAY - (local.weekday() + days)) % 7
    return _at(local + timedelta(days=days), DIGEST_AT)


def _after_quiet_hours(local: datetime, preferences: Preferences) -> datetime:
    begin, end = preferences.quiet_from, preferences.quiet_until
    if begin is None or end is None or not _is_between(local.time(), begin, end):
        return local
    tomorrow = local.time() >= end
    return _at(local + timedelta(days=int(tomorrow)), end)


def _is_between(now: time, begin: time, end: time) -> bool:
    """Quiet hours mostly go past midnight; of no length they are none."""
    if begin <= end:
        return begin <= now < end
    return now >= begin or now < end


def _at(local: datetime, hour: time) -> datetime:
    """That day at that hour by the wall clock, whatever the clocks do in between."""
    return datetime.combine(local.date(), hour, tzinfo=local.tzinfo)
