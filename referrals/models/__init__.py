"""Referrals, the offers of each, and what is kept beside them."""

from referrals.models.guest import GuestLink
from referrals.models.offer import Conflict, Fee, Offer
from referrals.models.packet import Packet, PacketFile, PacketVersion
from referrals.models.passage import Passage
from referrals.models.referral import Referral
from referrals.models.reply import Reply
from referrals.models.sought import Sought
from referrals.models.step import Step
from referrals.models.timer import Timer

__all__ = [
    "Conflict",
    "Fee",
    "GuestLink",
    "Offer",
    "Packet",
    "PacketFile",
    "PacketVersion",
    "Passage",
    "Referral",
    "Reply",
    "Sought",
    "Step",
    "Timer",
]
