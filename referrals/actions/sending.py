"""The check for conflicts, and then the asking: two steps, in this order."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from referrals.acting import By
from referrals.actions.passages import in_words
from referrals.actions.stepping import Click, begin, finish
from referrals.events import ReferralEvent
from referrals.models import Conflict, Offer, Referral

Answers = Mapping[int, Conflict]


@transaction.atomic
def check_conflicts(
    referral: Referral, answers: Answers, *, by: By, click: Click
) -> None:
    """What the blind check said of each offer, by its key."""
    words = in_words({str(key): one for key, one in answers.items()})
    move = begin("check", referral, by, click, words=words)
    if move is None:
        return

    _keep(move.offers, answers)

    said = list(answers.values())
    counts = {str(one): said.count(one) for one in Conflict}
    finish(move, ReferralEvent.CHECKED, detail=counts)


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


def _keep(offers: Sequence[Offer], answers: Answers) -> None:
    for offer in offers:
        if offer.pk in answers:
            offer.conflict = answers[offer.pk]
            offer.save(update_fields=["conflict"])
