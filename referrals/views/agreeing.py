"""That the client agrees by name is lacking: where the sender sees to it."""

from collections.abc import Collection
from typing import NamedTuple

from django.urls import reverse

from referrals.actions.replying import consent_about
from referrals.machine.rules import GUARDS
from referrals.models import Offer


class Agreeing(NamedTuple):
    name: str
    is_asked: bool
    address: str


def agreeing(gaps: Collection[str], chosen: Offer | None) -> Agreeing | None:
    """Of a member alone: to nobody else a client is handed over."""
    if GUARDS["consent"] not in gaps or chosen is None or chosen.receiver is None:
        return None
    client, her = chosen.referral.client, chosen.receiver
    if waiting := consent_about(chosen):
        address = reverse("clients:consent", args=[client.public_id, waiting.public_id])
    else:
        page = reverse("clients:consent_new", args=[client.public_id])
        address = f"{page}?to={her.public_id}"
    return Agreeing(chosen.name, waiting is not None, address)
