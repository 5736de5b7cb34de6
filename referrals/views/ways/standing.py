"""How a way is called where things stand otherwise than it was thought of first."""

from dataclasses import replace

from referrals.machine.standing import turn_of_offer
from referrals.machine.words import S, Turn
from referrals.models import Offer, Referral
from referrals.views.ways.way import Thing, Way


def as_it_stands(way: Way[Thing], thing: Thing) -> Way[Thing]:
    if way.verb == "choose" and isinstance(thing, Offer) and _is_the_clients(thing):
        return replace(way, label="Choose for the client", kind="")
    if way.verb == "release_identity" and _is_handed_over(thing):
        return replace(way, label="Open again who it is", kind="")
    return way


def _is_the_clients(offer: Offer) -> bool:
    return turn_of_offer(offer.referral, offer) == Turn.CLIENT


def _is_handed_over(thing: Referral | Offer) -> bool:
    return isinstance(thing, Referral) and thing.state != S.PLACED
