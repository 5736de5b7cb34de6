"""That a colleague knows what a client needs stands in what the client is told."""

from network.clients.actions.disclosures import note_first
from network.clients.receiver import Receiver
from network.clients.wording import DataClass, Purpose
from network.clinicians.models import Clinician
from referrals.models import Offer


def account_for(offer: Offer, to: Clinician | Receiver) -> None:
    """Once for each who reads it: without a name, and so by no permission."""
    referral = offer.referral
    note_first(
        referral.sender,
        to,
        referral.client,
        [DataClass.SUMMARY],
        purpose=Purpose.REFERRAL,
        thing=f"offer:{offer.public_id}",
    )
