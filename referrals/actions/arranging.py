"""In which order those in line are asked."""

from collections.abc import Collection, Sequence

from django.db import transaction

from referrals.acting import By
from referrals.actions.stepping import Click, LostRaceError, begin, finish
from referrals.events import ReferralEvent
from referrals.machine.words import O
from referrals.models import Offer, Referral


@transaction.atomic
def arrange(
    referral: Referral, order: Sequence[Offer], *, by: By, click: Click
) -> None:
    """All of them, and nobody else: who was taken off meanwhile comes not back."""
    words = ",".join(str(one.pk) for one in order)
    move = begin("shortlist", referral, by, click, words=words)
    if move is None:
        return
    queued = {one.pk: one for one in move.offers if one.state == O.QUEUED}
    if sorted(queued) != sorted(one.pk for one in order):
        raise LostRaceError

    for place, one in zip(_places(queued.values()), order, strict=True):
        Offer.objects.filter(pk=one.pk).update(place=place)
        queued[one.pk].place = place

    finish(move, ReferralEvent.SHORTLISTED, detail={"people": len(order)})


def _places(offers: Collection[Offer]) -> list[int]:
    """Each its own, whatever they were."""
    first = min((one.place for one in offers), default=0)
    return [first + n for n, _ in enumerate(offers)]
