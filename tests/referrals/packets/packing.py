"""Packets as the tests tell them: by the actions of the product."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from messaging.guarding import Reason
from network.clients.models import Consent
from network.clients.wording import DataClass
from network.clinicians.models import Clinician
from network.privacy.files import screened
from referrals.acting import By
from referrals.actions.enclosing import enclose
from referrals.actions.packing import Sending, Summary, send_packet, write_packet
from referrals.actions.stepping import Click
from referrals.models import Packet, PacketVersion, Referral
from tests.clients.people import a_consent, signed
from tests.referrals.story import accepted, by, sent

REASON = "Washes her hands until they bleed, since a flood last spring."
COURSE = "Two years of talking elsewhere, without exposure."
PILLS = "Sertraline, as she says."
PARTS = {"reason": REASON, "course": COURSE, "medication": PILLS}
ALL = (
    DataClass.SUMMARY,
    DataClass.HISTORY,
    DataClass.MEDICATION,
    DataClass.RECORDS,
    DataClass.RISK,
)
WITH_DRUGS = (*ALL, DataClass.SUBSTANCE_USE)
LETTER = b"what helped: a plan for the mornings"


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def seen(one: Referral) -> Click:
    """On a page that shows the packet as it stands now."""
    packet = Packet.objects.filter(referral=one).first()
    return Click(uuid4(), packet.changes if packet else 0)


def placed(sender: Clinician, receiver: Clinician) -> Referral:
    """She is chosen, and the client has agreed to nothing yet."""
    one = sent(sender, receiver)
    accepted(receiver, one)
    one.refresh_from_db()
    return one


def agreed(one: Referral, to: Clinician, *classes: DataClass) -> Consent:
    return signed(a_consent(one.client, to, data_classes=classes or ALL))


def wrote(one: Referral, parts: dict[str, str] | None = None, **more: Any) -> None:
    summary = Summary(parts or PARTS, no_notes=True, **more)
    write_packet(one, summary, by=by(one.sender), click=seen(one))


def enclosed(one: Referral, content: bytes = LETTER, name: str = "plan.txt") -> None:
    enclose(
        one,
        name,
        screened(content),
        no_notes=True,
        by=by(one.sender),
        click=seen(one),
    )


def packed(one: Referral, days: int = 30, reason: str = "") -> PacketVersion:
    """The draft is sent."""
    sending = Sending(in_days(days), reason)
    send_packet(one, sending, by=by(one.sender), click=seen(one))
    return PacketVersion.objects.of(one.packet).sent()[0]


def a_packet(one: Referral, to: Clinician, **more: Any) -> PacketVersion:
    """Written, allowed and sent."""
    agreed(one, to, *(WITH_DRUGS if more.get("is_part2") else ALL))
    wrote(one, **more)
    enclosed(one)
    return packed(one)


def guest_of(one: Referral) -> By:
    offer = one.offers.get()
    return By.guest(offer)


CONSENTED = Reason.CONSENTED
