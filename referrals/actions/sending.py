"""The asking, after the check for conflicts: two steps, in this order."""

from django.db import transaction
from django.utils import timezone

from referrals.acting import By
from referrals.actions.stepping import Click, begin, finish
from referrals.events import ReferralEvent
from referrals.models import Referral


@transaction.atomic
def send_referral(referral: Referral, *, by: By, click: Click) -> None:
    """To all on the shortlist at once, or to the first where it goes in sequence."""
    move = begin("send", referral, by, click)
    if move is None:
        return

    move.referral.sent_at = timezone.now()

    finish(move, ReferralEvent.SENT, detail={"offers": len(move.offers)})


@transaction.atomic
def widen_referral(referral: Referral, *, by: By, click: Click) -> None:
    """Those who came on the shortlist since are asked too."""
    if move := begin("widen", referral, by, click):
        finish(move, ReferralEvent.WIDENED)
