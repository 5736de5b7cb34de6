"""A first session for a calendar, which may be kept by strangers.

So it says when, and nothing of whom: no handle either, and an id that is another for
each of the two, by which nobody finds out that they have a client in common.
"""

from datetime import UTC, timedelta
from uuid import uuid5

from icalendar import Calendar, Event

from network.clinicians.models import Clinician
from referrals.models import Referral

TITLE = "First session (Consilium)"
AN_HOUR = timedelta(minutes=50)  # of therapy


def session_file(referral: Referral, me: Clinician) -> bytes:
    """A later one under the same id moves it. Nothing is booked: an empty calendar."""
    calendar = Calendar()
    calendar.add("prodid", "-//Consilium//First session//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if referral.first_session_at is not None:
        calendar.add_component(_event(referral, me))
    return bytes(calendar.to_ical())


def _event(referral: Referral, me: Clinician) -> Event:
    event, is_sender = Event(), referral.sender_id == me.pk
    event.add("uid", str(uuid5(referral.public_id, str(me.public_id))))
    event.add("dtstamp", referral.changed_at.astimezone(UTC))
    event.add("sequence", referral.version)
    if referral.first_session_at is not None:
        event.add("dtstart", referral.first_session_at.astimezone(UTC))
    event.add("duration", AN_HOUR)
    event.add("summary", TITLE)
    event.add("class", "PRIVATE")
    # Whoever sent the client knows of it, and is not there.
    event.add("transp", "TRANSPARENT" if is_sender else "OPAQUE")
    return event
