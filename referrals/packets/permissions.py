"""Who may do what to the packet of a referral, now."""

from django.core.exceptions import PermissionDenied

from network.clients.consents import today
from referrals.acting import By, roles_of
from referrals.machine.words import O, Role
from referrals.models import PacketVersion, Referral

NOTHING: frozenset[str] = frozenset()
SENDER = frozenset({"see the packet", "take the packet back"})
WRITER = frozenset({"write the packet", "send the packet"})
READER = frozenset({"read the packet"})


def allowed(by: By, referral: Referral) -> frozenset[str]:
    """The sender's alone. What is over, or forgotten, gets no more words."""
    if Role.SENDER not in roles_of(by, referral, None):
        return NOTHING
    is_still = referral.is_over or referral.client.erased_at is not None
    return SENDER if is_still else SENDER | WRITER


def allowed_on_version(by: By, version: PacketVersion) -> frozenset[str]:
    """Before it is asked what the client allows: `reading` does, part by part."""
    offer, me = version.offer, by.clinician
    if offer is None or me is None or offer.receiver_id != me.pk:
        return NOTHING
    is_hers = Role.RECEIVER in roles_of(by, version.packet.referral, offer)
    is_read = is_hers and offer.state == O.SELECTED and version.is_open(today())
    return READER if is_read else NOTHING


def require(verb: str, may: frozenset[str]) -> None:
    if verb not in may:
        raise PermissionDenied(f"may not {verb}")
