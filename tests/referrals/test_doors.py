"""Who a client is, and what the packet says: behind each door for one alone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from network.accounts.models import User
from network.clients.actions.consents import revoke_consent
from network.clients.actions.erasure import erase_client
from network.clients.models import Consent
from network.clients.wording import Purpose
from network.clinicians.actions.leaving import leave_network
from network.clinicians.actions.membership import suspend_member
from network.clinicians.models import Clinician
from referrals.actions import answering, arriving, ending
from referrals.machine.continuity import Care
from referrals.machine.words import Outcome
from referrals.models import Offer, PacketVersion, Referral
from tests.among.people import an_associate, guided
from tests.clients.people import ALL as WHO
from tests.clients.people import a_consent, signed, with_identities
from tests.messaging.saying import her
from tests.referrals.doors import IDENTITY, PACKET, keep_name, shows_name, shows_packet
from tests.referrals.packets.packing import ALL, REASON, packed, wrote
from tests.referrals.story import accepted, by, chosen, click, offer_to, sent

pytestmark = pytest.mark.django_db
BOTH = (*WHO[:2], *ALL)


@pytest.fixture
def version(
    ana: Clinician, rosa: Clinician, omar: Clinician, staff: User
) -> PacketVersion:
    """Rosa is chosen of two, and allowed by the client; all was handed over to her."""
    with_identities(staff)
    one = sent(ana, rosa, omar, mode="sender_choice")
    keep_name(one.client)
    for person in (omar, rosa):
        accepted(person, one, answering.Terms(no_fee=True))
    chosen(rosa, one)
    return handed_over(one, rosa)


def handed_over(one: Referral, to: Clinician) -> PacketVersion:
    signed(a_consent(one.client, to, data_classes=BOTH))
    arriving.release_identity(one, by=by(one.sender), click=click(one))
    wrote(one)
    return packed(one)


def assert_open_to(
    only: Clinician | None, version: PacketVersion, *others: Clinician | User
) -> None:
    client = version.packet.referral.client
    if only is not None:
        assert shows_name(only, client) == IDENTITY
        assert shows_packet(only, version, REASON) == PACKET
    for person in others:
        assert shows_name(person, client) == set(), person
        assert shows_packet(person, version, REASON) == set(), person


def test_it_is_open_to_whoever_is_chosen_and_to_nobody_else(
    version: PacketVersion,
    rosa: Clinician,
    omar: Clinician,
    cleo: Clinician,
    finn: Clinician,
    staff: User,
) -> None:
    """Neither to whom it was sent too, to an outsider, to a newcomer, nor to staff."""
    assert_open_to(rosa, version, omar, cleo, finn, staff)


def test_who_covers_reads_nothing_before_it_is_opened_to_her(
    version: PacketVersion, rosa: Clinician, cleo: Clinician
) -> None:
    client = version.packet.referral.client
    signed(a_consent(client, cleo, purpose=Purpose.COVER, data_classes=BOTH))

    assert_open_to(rosa, version, cleo)


def test_a_supervisor_confirms_and_reads_neither(
    ana: Clinician, rosa: Clinician, staff: User
) -> None:
    with_identities(staff)
    ida = an_associate("Ida Lark")
    guided(ida, rosa)
    one = sent(ana, ida)
    keep_name(one.client)
    offer = accepted(ida, one)
    answering.confirm_acceptance(
        offer, by=by(rosa), click=click(offer), makes_room=True
    )
    one.refresh_from_db()

    assert_open_to(ida, handed_over(one, ida), rosa)


def revoked(offer: Offer, staff: User) -> None:
    consent = Consent.objects.get(client=offer.referral.client)
    revoke_consent(consent, by=her(consent.client.owner))


def run_out(offer: Offer, staff: User) -> None:
    day, today = timedelta(days=1), timezone.localdate()
    kept = Consent.objects.filter(client=offer.referral.client)
    kept.update(valid_from=today - 2 * day, expires_on=today - day)


def erased(offer: Offer, staff: User) -> None:
    erase_client(offer.referral.client, by=her(offer.referral.sender))


def suspended(offer: Offer, staff: User) -> None:
    assert offer.receiver
    suspend_member(offer.receiver, by=staff, why="complaint")


def left(offer: Offer, staff: User) -> None:
    assert offer.receiver
    leave_network(offer.receiver, by=her(offer.receiver))


def stepped_back(offer: Offer, staff: User) -> None:
    assert offer.receiver
    answering.recuse(offer, by=by(offer.receiver), click=click(offer))


def closed(offer: Offer, staff: User) -> None:
    one = offer.referral
    end = ending.Ending(Outcome.UNREACHABLE, continuity=frozenset(Care))
    ending.close_referral(one, end, by=by(one.sender), click=click(one))


@pytest.mark.parametrize(
    "shut", [revoked, run_out, erased, suspended, left, stepped_back, closed]
)
def test_it_is_shut_to_everybody(
    version: PacketVersion,
    rosa: Clinician,
    omar: Clinician,
    staff: User,
    shut: Callable[[Offer, User], None],
) -> None:
    offer = offer_to(rosa, version.packet.referral)
    assert_open_to(rosa, version)

    shut(offer, staff)
    rosa.refresh_from_db()
    version.packet.referral.client.refresh_from_db()

    assert_open_to(None, version, rosa, omar)
