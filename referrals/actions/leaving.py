"""Somebody is forgotten: what becomes of what she sent, and of what she was asked."""

from django.db import transaction

from network.activity.actors import Actor
from network.activity.recorder import record
from network.clinicians.models import Clinician
from referrals.acting import By
from referrals.actions.passages import forget
from referrals.actions.stepping import begin, finish
from referrals.events import OfferEvent, ReminderEvent
from referrals.machine.words import LIVE, OVER
from referrals.models import Offer, Referral

WHY = "account erased"


@transaction.atomic
def leave_every_referral(clinician: Clinician) -> None:
    """Before she is erased. Her parts end, and their senders go on with others; what
    she sent goes with its words, and those whom she asked are told.
    """
    asked = Offer.objects.filter(receiver=clinician, state__in=LIVE)
    going_on = asked.exclude(referral__state__in=OVER)
    for offer in going_on.select_related("referral", "receiver").order_by("pk"):
        end_part(offer)
    for referral in Referral.objects.filter(sender=clinician).order_by("pk"):
        _remove(referral)


@transaction.atomic
def end_part(offer: Offer) -> None:
    if move := begin("leave", offer, By.system(), None):
        finish(move, OfferEvent.DECLINED, why=WHY)


def _remove(referral: Referral) -> None:
    live = referral.offers.filter(state__in=LIVE, sent_at__isnull=False)
    people = [one.receiver for one in live.select_related("receiver__user")]
    told = [person.user for person in people if person and person.user]
    record(Actor.system(), ReminderEvent.FORGOTTEN, referral, notify=told, why=WHY)
    forget(referral, by=Actor.system(), why=WHY)
    referral.delete()
