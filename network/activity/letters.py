"""The mails themselves: they say that there is news, never what."""

from collections.abc import Sequence
from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
)

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import select_template
from django.urls import reverse

from network.activity.models import Notification
from network.activity.preferences.clock import on_the_clock_of, preferences_of
from network.activity.preferences.timing import kind_of
from network.activity.preferences.wish import to_end

# Of this one mail; every other failure of SMTP is the server's, and holds for all.
REFUSED = (SMTPRecipientsRefused, SMTPDataError, SMTPNotSupportedError, ValueError)
log = structlog.get_logger(__name__)


class MailServerAwayError(Exception):
    """Nothing more can be sent now."""


def send_letter(
    notifications: Sequence[Notification], connection: BaseEmailBackend | None
) -> bool:
    """One mail to one person about all of these; False when it was refused."""
    message = letter(notifications)
    message.connection = connection
    try:
        message.send()
    except REFUSED as refusal:
        log.warning("mail_refused", kind=type(refusal).__name__)
        return False
    except (OSError, SMTPException) as failure:
        log.warning("mail_not_sent", kind=type(failure).__name__)
        raise MailServerAwayError from failure
    return True


def letter(notifications: Sequence[Notification]) -> EmailMessage:
    """On the clock of its reader. The id lets mailboxes drop a twin."""
    first = notifications[0]
    end_address = _end_address(notifications)
    with on_the_clock_of(preferences_of(first.person)):
        said = _words(notifications, end_address)
    subject, _, body = said.partition("\n\n")
    headers = {"Message-ID": f"<{first.public_id}@consilium>"}
    if end_address:
        headers["List-Unsubscribe"] = f"<{end_address}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return EmailMessage(subject, body, to=[first.person.email], headers=headers)


def _words(notifications: Sequence[Notification], end_address: str) -> str:
    """Of one event an app may write its own, templates/<app>/mail/<verb>.txt."""
    event = notifications[0].event
    app = event.subject_type.partition(".")[0]
    own = f"{app}/mail/{event.verb}.txt"
    many = len(notifications) > 1
    names = ["activity/mail/digest.txt"] if many else [own, "activity/mail/news.txt"]
    about = {
        "event": event,
        "since": min(each.event.at for each in notifications),
        "count": len(notifications),
        "site": settings.SITE_URL,
        "end_address": end_address,
    }
    return str(select_template(names).render(about)).strip()


def _end_address(notifications: Sequence[Notification]) -> str:
    """Where mail of these kinds is ended; nothing ends notices about security."""
    kinds = [kind_of(each.event.verb) for each in notifications]
    wish = to_end(notifications[0].person.public_id, kinds)
    if wish is None:
        return ""
    return settings.SITE_URL + reverse("activity:mails", args=[wish.token])
