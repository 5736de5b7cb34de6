"""What happens to notifications, to the outbox, and to the trail as a whole."""

from datetime import timedelta
from functools import partial
from pathlib import Path
from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
)
from typing import TYPE_CHECKING

import structlog
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template.loader import select_template
from django.utils import timezone

from network.activity import live
from network.activity.actors import Actor
from network.activity.anchors import read_seal
from network.activity.events import TrailEvent
from network.activity.models import ChainHead, Event, Notification, Outbox
from network.activity.recorder import record
from network.activity.sealing import write_anchor

if TYPE_CHECKING:
    from network.accounts.models import User

# Of this one mail; every other failure of SMTP is the server's, and holds for all.
REFUSED = (SMTPRecipientsRefused, SMTPDataError, SMTPNotSupportedError, ValueError)
# Four days in all, as mail servers do: 1, 2, 4 … minutes, then once a day.
LONGEST_WAIT = timedelta(days=1)
LAST_ATTEMPT = 14
log = structlog.get_logger(__name__)


class MailServerAwayError(Exception):
    """Nothing more can be sent now."""


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
    owed = Notification.objects.filter(event_id=event_id, mailed_at__isnull=True)
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
    """Whether it went; None when somebody else sends it or has sent it.

    Holds this one row while the mail goes out: whoever comes meanwhile passes by.
    """
    notification = (
        Notification.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("person", "event")
        .filter(pk=notification_id, mailed_at__isnull=True)
        .first()
    )
    if notification is None:
        return None
    if not _mail(notification, connection):
        return False
    notification.mailed_at = timezone.now()
    notification.save(update_fields=["mailed_at"])
    return True


def _mail(notification: Notification, connection: BaseEmailBackend | None) -> bool:
    """Says that there is news, never what. The id lets mailboxes drop a twin."""
    subject, _, body = _letter(notification.event).partition("\n\n")
    message = EmailMessage(
        subject=subject,
        body=body,
        to=[notification.person.email],
        headers={"Message-ID": f"<{notification.public_id}@consilium>"},
        connection=connection,
    )
    try:
        message.send()
    except REFUSED as refusal:
        log.warning("mail_refused", kind=type(refusal).__name__)
        return False
    except (OSError, SMTPException) as failure:
        log.warning("mail_not_sent", kind=type(failure).__name__)
        raise MailServerAwayError from failure
    return True


def _letter(event: Event) -> str:
    """Subject and body; an app may write its own in templates/<app>/mail/<verb>.txt."""
    app = event.subject_type.partition(".")[0]
    own = f"{app}/mail/{event.verb}.txt"
    words = select_template([own, "activity/mail/news.txt"])
    return str(words.render({"event": event, "site": settings.SITE_URL})).strip()
