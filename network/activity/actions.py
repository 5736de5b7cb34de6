"""What happens to notifications and to the outbox after the event."""

from smtplib import SMTPException
from typing import TYPE_CHECKING

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from network.activity.models import Notification, Outbox

if TYPE_CHECKING:
    from network.accounts.models import User

log = structlog.get_logger(__name__)


@transaction.atomic
def mark_read(notification: Notification) -> None:
    Notification.objects.filter(pk=notification.pk, read_at__isnull=True).update(
        read_at=timezone.now()
    )


@transaction.atomic
def mark_all_read(*, by: "User") -> int:
    unread = Notification.objects.visible_to(by).unread()
    return unread.update(read_at=timezone.now())


def deliver_news(event_id: int) -> int:
    """Send the mails an event owes; any number of times, each mail goes once."""
    owed = Notification.objects.filter(event_id=event_id, mailed_at__isnull=True)
    sent = sum(_mail_once(pk) for pk in owed.values_list("pk", flat=True))
    if not owed.exists():
        Outbox.objects.filter(event_id=event_id, done_at__isnull=True).update(
            done_at=timezone.now()
        )
    return sent


@transaction.atomic
def _mail_once(notification_id: int) -> bool:
    """Holds the row while the mail goes out; whoever comes meanwhile passes by."""
    notification = (
        Notification.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("person", "event")
        .filter(pk=notification_id, mailed_at__isnull=True)
        .first()
    )
    if notification is None or not _mail(notification):
        return False
    notification.mailed_at = timezone.now()
    notification.save(update_fields=["mailed_at"])
    return True


def _mail(notification: Notification) -> bool:
    """Says that there is news, never what. The id lets mailboxes drop a twin."""
    message = EmailMessage(
        subject="You have news on Consilium",
        body=render_to_string("activity/mail/news.txt", {"site": settings.SITE_URL}),
        to=[notification.person.email],
        headers={"Message-ID": f"<{notification.public_id}@consilium>"},
    )
    try:
        message.send()
    except (OSError, SMTPException) as failure:
        log.warning("mail_not_sent", kind=type(failure).__name__)
        return False
    return True
