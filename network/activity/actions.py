"""What happens to notifications, to the outbox, and to the trail as a whole."""

from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import models, transaction
from django.utils import timezone

from network.activity import live
from network.activity.actors import Actor
from network.activity.anchors import read_seal
from network.activity.events import TrailEvent
from network.activity.letters import MailServerAwayError, send_letter
from network.activity.models import (
    ChainHead,
    Event,
    Notification,
    NotificationQuerySet,
    Outbox,
    Preferences,
)
from network.activity.preferences.actions import is_due
from network.activity.preferences.timing import is_told
from network.activity.recorder import record
from network.activity.sealing import write_anchor
from network.activity.sweeping import one_by_one

if TYPE_CHECKING:
    from network.accounts.models import User

# Four days in all, as mail servers do: 1, 2, 4 … minutes, then once a day.
LONGEST_WAIT = timedelta(days=1)
LAST_ATTEMPT = 14
HELD_AT_MOST = timedelta(days=14)
log = structlog.get_logger(__name__)


@transaction.atomic
def anchor_trail() -> Path:
    """The trail remembers its anchors: the newest cannot go missing unseen."""
    path = write_anchor(settings.AUDIT_ANCHOR_PATH)
    seal = read_seal(path)
    detail: dict[str, str | int] = {"number": seal.number, "seal": seal.value}
    record(Actor.system(), TrailEvent.ANCHORED, ChainHead, detail=detail)
    return path


def anchor_first() -> Path | None:
    """Where nothing was ever anchored, so that there is something to hold it to."""
    known = Event.objects.about(ChainHead).filter(verb=TrailEvent.ANCHORED)
    return None if known.exists() else anchor_trail()


@transaction.atomic
def note_export(*, by: "User", lines: int) -> None:
    """Of lines of the trail, by somebody of the staff."""
    record(Actor.staff(by), TrailEvent.EXPORTED, ChainHead, detail={"lines": lines})


@transaction.atomic
def mark_read(notification: Notification) -> None:
    Notification.objects.filter(pk=notification.pk, read_at__isnull=True).update(
        read_at=timezone.now()
    )
    _ring(notification.person)


@transaction.atomic
def settle(verb: str, *, by: "User") -> None:
    """What she was asked is answered: nothing is left for her to read."""
    unread = Notification.objects.visible_to(by).unread()
    unread.filter(event__verb=verb).update(read_at=timezone.now())
    _ring(by)


@transaction.atomic
def settle_these(over: models.QuerySet[Notification]) -> int:
    """What was done elsewhere is read; whom another worker holds is left to it."""
    rows = over.select_for_update(skip_locked=True, of=("self",))
    held = list(rows.select_related("person"))
    read = Notification.objects.filter(pk__in=[one.pk for one in held])
    read.update(read_at=timezone.now())
    for person in {one.person for one in held}:
        _ring(person)
    return len(held)


@transaction.atomic
def mark_all_read(*, by: "User") -> int:
    unread = Notification.objects.visible_to(by).unread()
    read = unread.update(read_at=timezone.now())
    _ring(by)
    return read


def _ring(person: "User") -> None:
    """What is read in one tab is read in the others: no event, so told from here."""
    transaction.on_commit(partial(live.nudge, [person], [live.NOTIFICATIONS]))


def sweep(limit: int) -> int:
    """What is due, over one connection; ends when the mail server is away."""
    due = Outbox.objects.due(timezone.now()).values_list("event_id", flat=True)
    events = list(due[:limit])
    return _deliver_all(events) if events else 0


def _deliver_all(events: list[int]) -> int:
    connection, sent = get_connection(), 0
    try:
        connection.open()
        for event_id in events:
            sent += deliver_news(event_id, connection)
    except (MailServerAwayError, OSError) as failure:
        log.warning("sweep_ended_early", kind=type(failure).__name__)
    finally:
        connection.close()
    return sent


def deliver_news(event_id: int, connection: BaseEmailBackend | None = None) -> int:
    """Send the mails an event owes; any number of times, each mail goes once."""
    owed = Notification.objects.owed().filter(event_id=event_id)
    sent = failed = 0
    try:
        for pk in owed.values_list("pk", flat=True):
            has_gone = _mail_once(pk, connection)
            sent += has_gone is True
            failed += has_gone is False
    except MailServerAwayError:
        _put_off(event_id)
        raise
    if failed:
        _put_off(event_id)
    elif not owed.exists():
        _close(event_id)
    return sent


@transaction.atomic
def _close(event_id: int) -> None:
    Outbox.objects.waiting().filter(event_id=event_id).update(done_at=timezone.now())


@transaction.atomic
def _put_off(event_id: int) -> None:
    """Twice as long as before; in the end the news stays on her page alone."""
    owed = Outbox.objects.select_for_update().waiting().filter(event_id=event_id)
    if (outbox := owed.first()) is None:
        return
    wait = min(timedelta(minutes=2**outbox.attempts), LONGEST_WAIT)
    outbox.next_at = timezone.now() + wait
    outbox.attempts += 1
    if outbox.attempts >= LAST_ATTEMPT:
        outbox.done_at = timezone.now()
        log.warning("mail_given_up", attempts=outbox.attempts)
    outbox.save(update_fields=["next_at", "attempts", "done_at"])


@transaction.atomic
def _mail_once(
    notification_id: int, connection: BaseEmailBackend | None
) -> bool | None:
    """Whether it went; None when it waits, or somebody else sends it or has sent it.

    Holds this one row while the mail goes out: whoever comes meanwhile passes by.
    """
    notification = (
        Notification.objects.owed()
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("person__preferences", "event")
        .filter(pk=notification_id)
        .first()
    )
    if notification is None or not is_due(notification):
        return None
    if not send_letter([notification], connection):
        return False
    notification.mailed_at = timezone.now()
    notification.save(update_fields=["mailed_at"])
    return True


def send_held(limit: int) -> int:
    """What was held for quiet hours or a digest, in one mail a person."""
    due = Notification.objects.held().filter(held_until__lte=timezone.now())
    people = list(due.order_by().values_list("person_id", flat=True).distinct()[:limit])
    connection, sent = get_connection(), 0

    def send(person: int) -> bool:
        return _send_held_of(person, connection)

    try:
        for person in people:
            sent += one_by_one([person], send, ended_by=(MailServerAwayError,))
    except MailServerAwayError as failure:
        log.warning("sweep_ended_early", kind=type(failure).__name__)
    finally:
        connection.close()
    return sent


@transaction.atomic
def _send_held_of(person_id: int, connection: BaseEmailBackend) -> bool:
    """Holds her preferences while the mail goes out: another sweep passes by."""
    rows = Preferences.objects.select_for_update(skip_locked=True, of=("self",))
    hers = rows.select_related("person").filter(pk=person_id).first()
    if hers is None:
        return False
    due = _due_of(person_id)
    over = due.filter(read_at__isnull=False) if is_told(hers.person) else due
    over.update(spared_at=timezone.now())
    waiting = list(due.select_related("person__preferences", "event").order_by("pk"))
    if not waiting:
        return False
    if not send_letter(waiting, connection):
        due.update(held_until=timezone.now() + LONGEST_WAIT)
        due.filter(event__at__lt=timezone.now() - HELD_AT_MOST).update(
            spared_at=timezone.now()
        )
        return False
    due.update(mailed_at=timezone.now())
    return True


def _due_of(person_id: int) -> NotificationQuerySet:
    return Notification.objects.held().filter(
        person_id=person_id, held_until__lte=timezone.now()
    )
