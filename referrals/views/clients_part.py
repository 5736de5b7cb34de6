"""Where the choice is the client's: who of her has a link, and what she has said."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from network.clients import page
from network.clients.models import AccessLink
from network.clients.page import PartyRow
from referrals.machine.words import OVER, Mode, S
from referrals.models import Offer, Referral, Reply

BEFORE = frozenset({S.DRAFT, S.READY})


@dataclass(frozen=True)
class Answered:
    reply: Reply
    names: Sequence[str]  # the first wish first


@dataclass(frozen=True)
class ClientsPart:
    rows: Sequence[PartyRow]
    answers: Sequence[Answered]


def clients_part(referral: Referral, offers: Sequence[Offer]) -> ClientsPart | None:
    if referral.mode != Mode.CLIENT or referral.state in BEFORE | OVER:
        return None
    client, now = referral.client, timezone.now()
    links = AccessLink.objects.valid(now).filter(party__client=client)
    rows = [row for row in page.parties(client, list(links)) if row.signs]
    replies = referral.replies.select_related("party").order_by("said_at")
    names = {one.public_id: one.name for one in offers}
    return ClientsPart(rows, [Answered(one, _named(one, names)) for one in replies])


def _named(reply: Reply, names: dict[UUID, str]) -> list[str]:
    return [names[one] for one in reply.ranked if one in names]
