"""Inviting somebody, and coming by an invitation."""

import structlog
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from network.accounts.actions.staff import take_in
from network.accounts.models import User
from network.accounts.permissions import require_power
from network.activity.actors import Actor
from network.activity.letters import REFUSED
from network.activity.recorder import record
from network.activity.sweeping import one_by_one
from network.clinicians.events import InvitationEvent
from network.clinicians.invitation_token import VALID_FOR, token
from network.clinicians.models import Invitation

log = structlog.get_logger(__name__)


class AlreadyHereError(Exception):
    """The address belongs to somebody who has confirmed it."""


@transaction.atomic
def invite(email: str, *, by: User) -> Invitation:
    """Somebody invited already, by a list or by staff, keeps her invitation."""
    require_power("invite", by)
    if is_here(email):
        raise AlreadyHereError
    waiting = Invitation.objects.select_for_update(of=("self",)).of(email).unanswered()
    if found := waiting.order_by("pk").first():
        _renew(found, by, InvitationEvent.RENEWED)
        return found
    invitation = Invitation(email=email)
    try:
        with transaction.atomic():
            invitation.save()
    except IntegrityError:
        return invite(email, by=by)  # another was quicker
    _renew(invitation, by, InvitationEvent.MADE)
    return invitation


@transaction.atomic
def renew_invitation(invitation: Invitation, *, by: User) -> None:
    """A new mail and two new weeks; the link of the old mail opens nothing."""
    _lock(invitation)
    require_power("invite", by)
    if not (invitation.accepted_at or invitation.revoked_at):
        _renew(invitation, by, InvitationEvent.RENEWED)


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, by: User) -> None:
    _lock(invitation)
    require_power("invite", by)
    if invitation.accepted_at or invitation.revoked_at:
        return
    invitation.revoked_at = timezone.now()
    invitation.save(update_fields=["revoked_at"])
    record(Actor.staff(by), InvitationEvent.REVOKED, invitation)


@transaction.atomic
def accept_invitation(invitation: Invitation, password: str) -> User | None:
    """An account whose address the link has confirmed; None if it is over by now."""
    _lock(invitation)
    if not invitation.is_open or is_here(invitation.email):
        return None
    user, _ = take_in(invitation.email, password, why="invitation")
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    record(Actor.of(user), InvitationEvent.ACCEPTED, invitation)
    return user


@transaction.atomic
def forget_invitations(user: User) -> None:
    """Of somebody who is erased. The entry of a member list is the association's."""
    Invitation.objects.filter(clinician=None).of(user.email).delete()


def is_here(email: str) -> bool:
    known = EmailAddress.objects.filter(email__iexact=email, verified=True)
    return bool(known.exists())


def send_invitations(limit: int = 100) -> int:
    """Every mail that is owed, once; with the mail server away all stay owed."""
    owed = Invitation.objects.unmailed(timezone.now()).order_by("asked_at")
    keys = owed.values_list("pk", flat=True)[:limit]
    return one_by_one(keys, _mail_once, ended_by=(OSError,))


@transaction.atomic
def _mail_once(pk: int) -> int:
    """Holds the row while the mail goes out: whoever comes meanwhile passes by."""
    rows = Invitation.objects.select_for_update(skip_locked=True, of=("self",))
    invitation = rows.unmailed(timezone.now()).filter(pk=pk).first()
    if invitation is None:
        return 0
    try:
        mail(invitation).send()
        invitation.mailed_at = timezone.now()
    except REFUSED as refusal:
        log.warning("invitation_refused", kind=type(refusal).__name__)
        invitation.asked_at = None  # staff see it, and may mend the address
    invitation.save(update_fields=["mailed_at", "asked_at"])
    return int(invitation.mailed_at is not None)


def mail(invitation: Invitation) -> EmailMessage:
    """Nothing of anybody: who invites, a link, and until when."""
    path = reverse("clinicians:invitation", args=[token(invitation)])
    said = {"link": f"{settings.SITE_URL}{path}", "until": invitation.expires_at}
    return EmailMessage(
        subject="You are invited to Consilium",
        body=render_to_string("clinicians/mail/invitation.txt", said),
        to=[invitation.email],
        headers={
            "Message-ID": f"<{invitation.public_id}.{invitation.round}@consilium>"
        },
    )


def _lock(invitation: Invitation) -> None:
    rows = Invitation.objects.select_for_update(no_key=True, of=("self",))
    invitation.refresh_from_db(from_queryset=rows)


def _renew(invitation: Invitation, by: User, what: InvitationEvent) -> None:
    now = timezone.now()
    invitation.invited_by, invitation.asked_at = by, now
    invitation.expires_at, invitation.mailed_at = now + VALID_FOR, None
    invitation.round += 1
    invitation.save()
    record(Actor.staff(by), what, invitation)
