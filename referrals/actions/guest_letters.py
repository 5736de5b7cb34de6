"""A guest hears by mail: that somebody asks her, and that there is news.

Nothing goes out before the commit: a step notes that a mail is owed, and a sweep sends
it, once, with a link and not a word of what is asked.
"""

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import structlog
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from network.activity.letters import REFUSED
from network.activity.sweeping import one_by_one
from referrals.guests.belonging import email_hash
from referrals.guests.token import token_of
from referrals.machine.words import O
from referrals.models import GuestLink, Offer
from referrals.models.guest import LASTS

if TYPE_CHECKING:
    from referrals.actions.stepping import Move

log = structlog.get_logger(__name__)
# Between the sender and the program: no news for whoever is asked.
ASIDE = frozenset({"check", "shortlist", "widen"})


def keep_link(offer: Offer, listed: UUID | None) -> None:
    """Of somebody in line: the mail is owed once it is sent to her."""
    said = email_hash(offer.guest_email)
    GuestLink.objects.create(offer=offer, email_hash=said, listed=listed)


def renew(offer: Offer) -> None:
    """A new one for a fortnight; the link of the mail before opens nothing."""
    now = timezone.now()
    anew = {
        "public_id": uuid4(),
        "email_hash": email_hash(offer.guest_email),
        "made_at": now,
        "owed_at": now,
        "mails": 0,
        "mailed_at": None,
        "refused_at": None,
    }
    GuestLink.objects.update_or_create(offer=offer, defaults=anew)


def tell_guests(move: "Move") -> None:
    """Belongs to the transaction of a step: who is asked has her first mail, and whose
    part it changes, by another's act, that there is news.
    """
    for offer in move.offers:
        if not offer.has_link or offer.sent_at is None:
            continue
        if offer.state == O.SENT and move.was.get(offer.pk) != O.SENT:
            _ask(offer)
        elif _is_news_for(offer, move):
            owe_news(offer)


def owe_news(offer: Offer) -> None:
    """Of a first mail that is still owed nothing is lost: it leads to the news."""
    owing = GuestLink.objects.filter(offer=offer, owed_at=None, refused_at=None)
    owing.update(owed_at=timezone.now())


def send_guest_letters(limit: int = 100) -> int:
    """Every mail that is owed, once; with the mail server away all stay owed."""
    owed = GuestLink.objects.owed(timezone.now()).order_by("owed_at")
    if not (keys := list(owed.values_list("pk", flat=True)[:limit])):
        return 0
    with get_connection() as post:

        def mail(pk: int) -> bool:
            return _mail_once(pk, post)

        return one_by_one(keys, mail)


@transaction.atomic
def _mail_once(pk: int, post: BaseEmailBackend) -> bool:
    """Holds the row while the mail goes out: whoever comes meanwhile passes by."""
    now = timezone.now()
    rows = GuestLink.objects.select_for_update(skip_locked=True, of=("self",))
    link = rows.owed(now).filter(pk=pk).first()
    if link is None:
        return False
    message = letter(link)
    message.connection = post
    try:
        message.send()
        link.mailed_at, link.mails = now, link.mails + 1
    except REFUSED as refusal:
        log.warning("guest_refused", kind=type(refusal).__name__)
        link.refused_at = now  # the sender sees it, and may mend the address
    link.owed_at = None
    link.save(update_fields=["mailed_at", "mails", "refused_at", "owed_at"])
    return link.refused_at is None


def letter(link: GuestLink) -> EmailMessage:
    """Who asks, a link, and until when; nothing of the client or of how it stands."""
    path = reverse("guest:arrival", args=[token_of(link)])
    kind = "news" if link.mails else "asked"
    sender = link.offer.referral.sender.display_name
    said = {
        "sender": sender,
        "link": f"{settings.SITE_URL}{path}",
        "until": link.offer.link_expires_at,
    }
    return EmailMessage(
        subject=SUBJECTS[kind],
        body=render_to_string(f"guest/mail/{kind}.txt", said),
        to=[link.offer.guest_email],
        headers={"Message-ID": f"<{link.public_id}.{link.mails}@consilium>"},
    )


SUBJECTS = {
    "asked": "A colleague asks you something on Consilium",
    "news": "There is news for you on Consilium",
}


def _ask(offer: Offer) -> None:
    """The fortnight begins when it is sent, however long she was in line."""
    offer.link_expires_at = timezone.now() + LASTS
    offer.save(update_fields=["link_expires_at"])
    GuestLink.objects.filter(offer=offer).update(owed_at=timezone.now())


def _is_news_for(offer: Offer, move: "Move") -> bool:
    if move.by.guest_of == offer.pk or move.verb in ASIDE:
        return False
    is_changed = offer.state != move.was.get(offer.pk)
    is_about = move.offer is None and offer.state == O.SELECTED
    return is_changed or is_about or offer is move.offer
