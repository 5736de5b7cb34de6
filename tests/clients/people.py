"""Clients, consents and links, made by the actions of the product."""

from datetime import date
from typing import Any

from home.actions.mode import AssociateAgreement, switch_mode
from network.accounts.models import User
from network.clients.actions.clients import Draft, add_client
from network.clients.actions.consents import Terms, record_consent, sign
from network.clients.actions.links import Made, make_link
from network.clients.consents import missing
from network.clients.models import Client, Consent, Party, Signature
from network.clients.receiver import Receiver
from network.clients.wording import DataClass, Purpose
from network.clinicians.models import Clinician
from network.privacy.models import Mode
from tests.factories import FAR_AWAY

AGREEMENT = AssociateAgreement("A hospital", date(2026, 1, 2))
ALL = (DataClass.IDENTITY, DataClass.CONTACT, DataClass.SUMMARY)
PAPER = Signature.How.PAPER


def her(person: Clinician) -> User:
    assert person.user is not None
    return person.user


def a_client(
    owner: Clinician, unit: Client.Unit = Client.Unit.INDIVIDUAL, **changes: Any
) -> Client:
    draft = Draft(unit, age_band="adult", state="NY", zip3="105", year=2026)
    return add_client(owner, Draft(**{**vars(draft), **changes}), by=her(owner))


def a_consent(client: Client, to: Clinician | Receiver, **changes: Any) -> Consent:
    """Offered, and signed by nobody yet."""
    terms: dict[str, Any] = {
        "purpose": Purpose.REFERRAL,
        "data_classes": ALL,
        "expires_on": FAR_AWAY,
    }
    terms |= changes
    return record_consent(client, Terms(receiver=to, **terms), by=her(client.owner))


def signed(consent: Consent) -> Consent:
    """By everybody who has to, on paper."""
    for party in missing(consent):
        consent = sign(consent, party, PAPER, by=her(consent.client.owner))
    return consent


def a_link(party: Party) -> Made:
    return make_link(party, by=her(party.client.owner))


def with_identities(staff: User) -> None:
    switch_mode(Mode.IDENTITY, agreement=AGREEMENT, by=staff)
