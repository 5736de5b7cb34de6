"""What stands around a packet: its draft, its versions, and who opened which when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from network.activity.models import Event
from network.clients.consents import today
from network.clinicians.models import Clinician
from referrals.machine.words import O
from referrals.models import Packet, PacketVersion, Referral
from referrals.packets.events import PacketEvent
from referrals.packets.reading import Content, whole

AS = {"page": "read it", "pdf": "took the PDF", "file": "took a file"}


@dataclass(frozen=True)
class Opening:
    """One line of the view log."""

    at: datetime
    who: str
    what: str


@dataclass(frozen=True)
class Row:
    """One version in the list of its sender."""

    version: PacketVersion
    to: str
    standing: str
    can_revoke: bool


def packet_of(referral: Referral) -> Packet:
    """Not saved where nothing was written yet."""
    found = Packet.objects.filter(referral=referral).first()
    packet = found or Packet(referral=referral)
    packet.referral = referral
    return packet


def last_of(packet: Packet) -> PacketVersion | None:
    return PacketVersion.objects.of(packet).first() if packet.pk else None


def draft_of(packet: Packet) -> PacketVersion | None:
    last = last_of(packet)
    return last if last and last.sent_at is None else None


def written(packet: Packet) -> Content | None:
    """The draft, or what a new one would begin with."""
    last = last_of(packet)
    return whole(last) if last else None


def rows_of(packet: Packet) -> list[Row]:
    if not packet.pk:
        return []
    return [_row(one) for one in PacketVersion.objects.of(packet).sent()]


def openings_of(packet: Packet) -> list[Opening]:
    """The newest first."""
    if not packet.pk:
        return []
    told = Event.objects.about(packet).filter(verb=PacketEvent.OPENED)
    events = list(told.order_by("-seq"))
    names = _names(one.actor_id for one in events)
    return [
        Opening(
            one.at,
            names.get(one.actor_id, "A former colleague"),
            f"{AS[one.detail['as']]}, version {one.detail['version']}",
        )
        for one in events
    ]


def _row(version: PacketVersion) -> Row:
    to = version.offer.name if version.offer else "A former colleague"
    return Row(version, to, _standing(version), version.revoked_at is None)


def _standing(version: PacketVersion) -> str:
    if version.revoked_at is not None:
        return f"Taken back on {version.revoked_at:%-d %B %Y}"
    if not version.is_open(today()):
        return f"Closed on {version.expires_on:%-d %B %Y}"
    if version.offer is None or version.offer.state != O.SELECTED:
        return "Closed: the colleague is not the chosen one any more"
    return f"Open until {version.expires_on:%-d %B %Y}"


def _names(ids: Iterable[str]) -> dict[str, str]:
    people = Clinician.objects.filter(user__public_id__in=set(ids))
    found = people.select_related("user")
    return {str(one.user.public_id): one.display_name for one in found if one.user}
