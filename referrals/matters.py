"""The referrals of a client, for the page of that client."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.timezone import localtime

from network.clients.matters import Matter
from network.clients.models import Client
from referrals.machine.words import Turn
from referrals.models import Packet, Referral


def matters(client: Client) -> Iterator[Matter]:
    """The owner's own: who else is asked for a client reads none of it here."""
    packets = Packet.objects.filter(referral__client=client)
    with_packet = set(packets.values_list("referral_id", flat=True))
    for one in client.referrals.filter(sender=client.owner_id).newest_first():
        packet = reverse("referrals:packet_draft", args=[one.public_id])
        yield Matter(
            one.get_kind_display(),
            _standing(one),
            one.get_absolute_url(),
            [("The packet", packet)] if one.pk in with_packet else [],
            one.is_over,
        )


def _standing(one: Referral) -> str:
    if one.is_over:
        ended = f"{localtime(one.closed_at):%-d %B %Y}" if one.closed_at else ""
        parts = (one.get_state_display(), one.get_outcome_display(), ended)
    else:
        turn = "Your turn" if one.turn == Turn.SENDER else one.get_turn_display()
        parts = (one.get_state_display(), turn, "")
    return " · ".join(filter(None, parts))
