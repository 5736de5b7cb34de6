"""The methods of an address must be of one router."""

from ninja import Router

referral_router = Router(tags=["referrals"])
offer_router = Router(tags=["referrals"])
