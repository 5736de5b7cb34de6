"""Somebody is forgotten: what becomes of what she sent, and of what she was asked."""

from django.db import transaction
from django.db.models import Q, QuerySet

from messaging.actions.conversations import shut
from messaging.actions.lock import all_locked
from messaging.models import Membership
from network.activity.actors import Actor
from network.activity.recorder import record
from network.clients.models import Client
from network.clinicians.models import Clinician
from referrals.acting import By
from referrals.actions.passages import forget
from referrals.actions.stepping import begin, finish
from referrals.events import OfferEvent, ReferralEvent, ReminderEvent
from referrals.machine.words import LIVE, OVER
from referrals.models import Offer, Referral

WHY, CLIENT_ERASED = "account erased", "client erased"


@transaction.atomic
def leave_every_referral(clinician: Clinician) -> None:
    """Before she is erased. Her parts end, and their senders go on with others; what
    she sent goes with its words, and those whom she asked are told. In the rooms where
    she was one of the two nobody writes any more.
    """
    asked = Offer.objects.filter(receiver=clinician, state__in=LIVE)
    going_on = asked.exclude(referral__state__in=OVER)
    for offer in going_on.select_related("referral", "receiver").order_by("pk"):
        end_part(offer)
    _shut_rooms(clinician)
    for referral in Referral.objects.filter(sender=clinician).order_by("pk"):
        _remove(referral)


@transaction.atomic
def hold_every_referral(clinician: Clinician) -> None:
    """Whoever ends several holds them first, in their order: only then conversations
    and clients, as each step does.
    """
    parts = Offer.objects.filter(receiver=clinician)
    hers = Q(sender=clinician) | Q(pk__in=parts.values("referral"))
    _hold(Referral.objects.filter(hers))


@transaction.atomic
def end_referrals_of(client: Client) -> None:
    """Before she is erased: whoever was asked reads no more from that moment on, and
    what was written goes, also of what is over.
    """
    _hold(client.referrals.all())
    rooms = client.referrals.exclude(conversation=None)
    all_locked(rooms.values_list("conversation", flat=True))
    for referral in client.referrals.exclude(state__in=OVER).order_by("pk"):
        end_referral(referral)
    for referral in client.referrals.order_by("pk"):
        referral.passages.all().delete()
        forget(referral, by=Actor.system(), why=CLIENT_ERASED)


@transaction.atomic
def end_referral(referral: Referral) -> None:
    if move := begin("erase", referral, By.system(), None):
        finish(move, ReferralEvent.WITHDRAWN, why=CLIENT_ERASED)


@transaction.atomic
def end_part(offer: Offer) -> None:
    if move := begin("leave", offer, By.system(), None):
        finish(move, OfferEvent.DECLINED, why=WHY)


def _hold(referrals: QuerySet[Referral]) -> None:
    list(referrals.select_for_update(of=("self",)).order_by("pk"))


def _shut_rooms(clinician: Clinician) -> None:
    hers = Membership.objects.filter(clinician=clinician)
    rooms = hers.filter(conversation__referral__isnull=False)
    for room in all_locked(rooms.values_list("conversation", flat=True)):
        shut(room, by=Actor.system())


def _remove(referral: Referral) -> None:
    live = referral.offers.filter(state__in=LIVE, sent_at__isnull=False)
    people = [one.receiver for one in live.select_related("receiver__user")]
    told = [person.user for person in people if person and person.user]
    record(Actor.system(), ReminderEvent.FORGOTTEN, referral, notify=told, why=WHY)
    forget(referral, by=Actor.system(), why=WHY)
    referral.delete()
