"""Referrals as the tests tell them: by the actions of the product."""

from uuid import uuid4

from network.clients.actions.clients import Draft as ClientDraft
from network.clients.actions.clients import add_client
from network.clients.models import Client
from network.clinicians.models import Clinician
from referrals.acting import By
from referrals.actions import answering, choosing, conflicts, drafting, sending
from referrals.actions.answering import Terms
from referrals.actions.drafting import Attestation, Draft, Guest
from referrals.actions.stepping import Click
from referrals.models import Offer, Referral
from tests.messaging.saying import her

WORDS = "Checks the stove until the evening; exposure has not been tried."
NO_FEE = Terms(no_fee=True)


def click(thing: Referral | Offer) -> Click:
    """On a page that shows the thing as it stands now."""
    thing.refresh_from_db()
    return Click(uuid4(), thing.version)


def by(clinician: Clinician) -> By:
    return By.member(clinician)


def a_client(owner: Clinician) -> Client:
    draft = ClientDraft(unit=Client.Unit.INDIVIDUAL, age_band="adult", state="NY")
    return add_client(owner, draft, by=her(owner))


def a_draft(**more: object) -> Draft:
    said: dict[str, object] = {
        "kind": "transfer",
        "need": WORDS,
        "reason": "specialty",
        "jurisdiction": "NY",
        "acuity": 2,
        "mode": "first_accept",
        **more,
    }
    return Draft(**said)  # type: ignore[arg-type]


def begun(sender: Clinician, **more: object) -> Referral:
    return drafting.create_referral(a_client(sender), a_draft(**more), by=sender)


def ready(sender: Clinician, *people: Clinician | Guest, **more: object) -> Referral:
    """With a shortlist, checked, and not sent yet."""
    one, me = begun(sender, **more), by(sender)
    attested = Attestation(no_fee=True)
    drafting.submit_referral(one, attested, by=me, click=click(one))
    drafting.shortlist(one, people, by=me, click=click(one))
    conflicts.check_names(one, by=me, click=click(one))
    return one


def sent(sender: Clinician, *people: Clinician | Guest, **more: object) -> Referral:
    one = ready(sender, *people, **more)
    sending.send_referral(one, by=by(sender), click=click(one))
    one.refresh_from_db()
    return one


def offer_to(receiver: Clinician, one: Referral) -> Offer:
    """The newest, as it stands."""
    offers = one.offers.filter(receiver=receiver).select_related("referral")
    return offers.order_by("-pk")[0]


def opened(receiver: Clinician, one: Referral) -> Offer:
    offer = offer_to(receiver, one)
    if offer.state == "sent":
        answering.open_offer(offer, by=by(receiver), click=click(offer))
    return offer_to(receiver, one)


def accepted(receiver: Clinician, one: Referral, terms: Terms = NO_FEE) -> Offer:
    offer = opened(receiver, one)
    answering.accept_offer(offer, terms, by=by(receiver), click=click(offer))
    one.refresh_from_db()
    return offer_to(receiver, one)


def chosen(receiver: Clinician, one: Referral) -> Offer:
    offer = offer_to(receiver, one)
    choosing.choose_offer(offer, by=by(one.sender), click=click(offer))
    one.refresh_from_db()
    return offer_to(receiver, one)
