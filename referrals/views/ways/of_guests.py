"""What a guest can do by her link: the ways of a colleague, without what only members
have. Which of them stand there, `permissions.allowed` decides.
"""

from dataclasses import replace

from referrals.acting import By
from referrals.actions import answering, choosing, guests
from referrals.actions.stepping import Click
from referrals.forms.guests import GuestAcceptForm, GuestBookForm
from referrals.models import Offer
from referrals.views.ways.of_offers import OF_OFFERS
from referrals.views.ways.of_referrals import OF_REFERRALS
from referrals.views.ways.way import Said, Way, plainly

PLACE = replace(
    next(one for one in OF_OFFERS if one.verb == "promote"),
    take=plainly(choosing.promote_offer),
    form=next(one for one in OF_OFFERS if one.verb == "reconfirm").form,
)


def _accept(offer: Offer, said: Said, by: By, click: Click) -> None:
    names = ("earliest_on", "fee", "format", "no_fee")
    terms = answering.Terms(**{name: said[name] for name in names})
    guests.accept_as_guest(offer, terms, by=by, click=click)


def _of_offer(way: Way[Offer]) -> Way[Offer]:
    if way.verb == "accept":
        return replace(way, take=_accept, form=GuestAcceptForm)
    return PLACE if way.verb == "promote" else way


OF_A_GUESTS_OFFER = tuple(_of_offer(one) for one in OF_OFFERS if one.verb != "open")
OF_A_GUESTS_REFERRAL = tuple(
    replace(way, form=GuestBookForm) if way.verb in {"book", "reschedule"} else way
    for way in OF_REFERRALS
)
