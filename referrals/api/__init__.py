"""Referrals for programs: made, listed, read, and every step of the table taken.

Who may do what is decided where it is done; here it is told as docs/api.md says.
"""

from referrals.api import lists, offers, packets, referrals
from referrals.api.routers import offer_router, referral_router

__all__ = [
    "lists",
    "offer_router",
    "offers",
    "packets",
    "referral_router",
    "referrals",
]
