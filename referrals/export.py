"""What somebody has in referrals, for the one it belongs to."""

from collections.abc import Iterator

from network.privacy.portions import Line, Portion, Table, portion_of
from referrals.machine.words import READABLE
from referrals.models import Passage
from referrals.packets.copies import packet_words
from referrals.sealed import opened

HIDDEN = frozenset({"circle", "conversation"})
# What the sender has written of a colleague whom she asks is the sender's.
THEIRS = frozenset({"referral", "conflict", "guest_name", "guest_email", "place"})
# What was sent is told; what it says stands under the words, or was read there.
SEALED = frozenset({"box", "key_id", "client_key_id"})
TABLES = (
    Table("referrals", "referrals.Referral", "sender__user", HIDDEN),
    Table("offers_made", "referrals.Offer", "referral__sender__user"),
    Table(
        "packet_versions",
        "referrals.PacketVersion",
        "packet__referral__sender__user",
        SEALED,
    ),
    Table(
        "packets_received",
        "referrals.PacketVersion",
        "offer__receiver__user",
        SEALED | {"packet", "is_part2", "tells", "guard_reason", "written_at"},
    ),
    Table("client_replies", "referrals.Reply", "referral__sender__user"),
    Table("offers_received", "referrals.Offer", "receiver__user", THEIRS),
)
LEFT_OUT = {
    "referrals.Offer.suggested": "a colleague's word about somebody else",
}


def portion(user_id: int) -> Portion:
    told = portion_of(user_id, TABLES)
    # Whoever is next in line has not been asked yet.
    told["offers_received"] = [one for one in told["offers_received"] if one["sent_at"]]
    return {
        **told,
        "referral_words": list(_words(user_id)),
        "packet_words": list(packet_words(user_id)),
    }


def _words(user_id: int) -> Iterator[Line]:
    """All she wrote as a sender; what she received, while she may read it."""
    hers = Passage.objects.filter(referral__sender__user=user_id)
    received = Passage.objects.filter(
        offer__receiver__user=user_id, offer__state__in=READABLE
    )
    rows = list((hers | received).distinct().select_related("referral").order_by("pk"))
    for passage, text in zip(rows, opened(rows), strict=True):
        yield {
            "referral": str(passage.referral.public_id),
            "at": passage.written_at,
            "kind": passage.kind,
            "text": text,
        }
