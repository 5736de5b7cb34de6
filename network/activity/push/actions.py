"""Telling a person's devices that there is news: never what, and not at night."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from network.activity.models import Notification
from network.activity.preferences.clock import preferences_of
from network.activity.preferences.timing import is_told, kind_of, push_time
from network.activity.sweeping import one_by_one

# A push service that is away is asked again; after a day the news stand on her page.
AGAIN = timedelta(minutes=2)
TOO_LATE = timedelta(days=1)
MESSAGES, OTHER = "messages", "activity"


def push_news(event_id: int) -> int:
    """What the event owes; any number of times, each person's devices hear it once."""
    owed = Notification.objects.unpushed().filter(event_id=event_id)
    return one_by_one(owed.values_list("pk", flat=True), _push_once)


def push_due(limit: int) -> int:
    """What quiet hours held back, and what a crash or a failure left behind."""
    due = Notification.objects.unpushed().filter(push_at__lte=timezone.now())
    longest = due.order_by("push_at").values_list("pk", flat=True)[:limit]
    return one_by_one(list(longest), _push_once)


@transaction.atomic
def _push_once(notification_id: int) -> bool:
    """Holds this one row while it goes out: whoever comes meanwhile passes by."""
    notification = (
        Notification.objects.unpushed()
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("person__preferences", "event")
        .filter(pk=notification_id)
        .first()
    )
    if notification is None:
        return False
    now = timezone.now()
    notification.push_at = _time_of(notification, now)
    if notification.push_at is not None and notification.push_at <= now:
        _push(notification, now)
    notification.save(update_fields=["push_at", "pushed_at"])
    return notification.pushed_at is not None


def _push(notification: Notification, now: datetime) -> None:
    is_message = kind_of(notification.event.verb) == "conversation"
    tell = import_string(settings.PUSHED_BY)
    if tell(notification.person, MESSAGES if is_message else OTHER):
        notification.pushed_at = now
    else:
        notification.push_at = now + AGAIN


def _time_of(notification: Notification, now: datetime) -> datetime | None:
    """None when nobody need be told of it any more."""
    person = notification.person
    is_known = notification.read_at is not None
    is_old = notification.event.at < now - TOO_LATE
    if is_known or is_old or not is_told(person):
        return None
    return push_time(preferences_of(person), kind_of(notification.event.verb), now)
