"""What of the referrals of a client is put before her, behind her link: those where she
chooses herself.
"""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse

from network.clients.consents import required
from network.clients.models import AccessLink
from network.clients.questions import Question
from referrals.machine.words import OVER, Mode, O, S
from referrals.models import Offer, Referral

WILLING = (O.ACCEPTED, O.WAITLIST_OFFERED)
TAKEN = (O.SELECTED, O.WAITLISTED)
CHOOSE = "Choose who you want to see"
LEAD = "Read about each person. Then it is up to you."
SETTLED = "Who you will see"


def choices_of(link: AccessLink) -> QuerySet[Referral]:
    """Of her client, once sent; who need not sign for it does not choose for it."""
    client = link.party.client
    if link.party not in required(client.parties.all()):
        return Referral.objects.none()
    sent = client.referrals.filter(mode=Mode.CLIENT, sent_at__isnull=False)
    return sent.select_related("sender__user", "client").newest_first()


def willing(referral: Referral) -> QuerySet[Offer]:
    """Who would take her, or whoever does."""
    asked = referral.offers.filter(state__in=(*WILLING, *TAKEN))
    return asked.select_related("receiver", "referral").in_order()


def questions(link: AccessLink) -> Iterator[Question]:
    """For the first page behind her link."""
    for one in choices_of(link).exclude(state__in=OVER):
        states = set(one.offers.values_list("state", flat=True))
        address = reverse("client_choice:choice", args=[one.public_id])
        if states.intersection(TAKEN):
            yield Question(SETTLED, "", address)
        elif one.state != S.PAUSED and states.intersection(WILLING):
            yield Question(CHOOSE, LEAD, address)
