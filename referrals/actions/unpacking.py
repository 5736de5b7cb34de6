"""Opening a packet is an action: it is in the trail, and in what the client is told.

A page that is drawn anew by itself does not count again: once a day tells as much,
unless the client has allowed more of it since.
Whoever takes a file or a PDF along has a line each time.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from messaging.attachments import Label
from network.activity.models import Event
from network.activity.recorder import record
from network.clients.actions import disclosures
from network.clients.models import Consent
from network.clients.wording import DataClass, Purpose
from referrals.acting import By
from referrals.models import Packet, PacketFile, PacketVersion, Referral
from referrals.packets.events import PacketEvent
from referrals.packets.parts import needed
from referrals.packets.permissions import allowed
from referrals.packets.reading import Content, readable, whole
from referrals.packets.sealed import content_of

PAGE, PDF, FILE = "page", "pdf", "file"
File = tuple[PacketFile, Label, bytes]


@transaction.atomic
def open_version(version: PacketVersion, *, by: By, way: str = PAGE) -> Content | None:
    """Nothing where she may not. Whoever takes it back at the same time is waited for;
    what its sender reads of her own is not noted.
    """
    if (found := _locked(version)) is None:
        return None
    if "see the packet" in allowed(by, found.packet.referral):
        return whole(found)
    if content := readable(by, found):
        _note(content, by, {"as": way}, content.classes)
    return content


@transaction.atomic
def open_file(version: PacketVersion, file: UUID, *, by: By) -> File | None:
    """One of the files of a version that she may read."""
    if (found := _locked(version)) is None:
        return None
    is_hers = "see the packet" in allowed(by, found.packet.referral)
    content = whole(found) if is_hers else readable(by, found)
    enclosed = content.files if content else []
    row, label = next(
        ((row, label) for row, label in enclosed if row.public_id == file), (None, None)
    )
    inside = content_of(row) if row else None
    if content is None or row is None or label is None or inside is None:
        return None
    if not is_hers:
        _note(content, by, {"as": FILE, "file": str(file)}, _of_a_file(content))
    return row, label, inside


def _of_a_file(content: Content) -> list[DataClass]:
    return needed([], has_files=True, is_part2=content.version.is_part2)


def _locked(version: PacketVersion) -> PacketVersion | None:
    """As it stands once nobody else is changing it; nothing where it is gone."""
    rows = Referral.objects.select_for_update(of=("self",), no_key=True)
    if rows.filter(packet=version.packet_id).first() is None:
        return None
    versions = PacketVersion.objects.of(Packet(pk=version.packet_id))
    whole = versions.select_related("packet__referral__sender__user")
    return whole.filter(pk=version.pk).first()


def _note(
    content: Content, by: By, how: Mapping[str, str], what: list[DataClass]
) -> None:
    version, packet = content.version, content.version.packet
    detail: dict[str, str | int] = {"version": version.number, **how}
    referral, offer = packet.referral, version.offer
    if offer is None:
        raise LookupError("a version is read by the one to whom it was sent")
    thing = f"packet:{packet.public_id} v{version.number}"
    known: set[DataClass] = set()
    if how["as"] == PAGE and _is_told(packet, by, detail):
        known = disclosures.told_since(_midnight(), referral.client, offer.named, thing)
    if known.issuperset(what):
        return
    told = [referral.sender.user] if referral.sender.user else []
    record(by.actor, PacketEvent.OPENED, packet, audience=told, detail=detail)
    for consent, classes in _by_consent(content, set(what) - known):
        disclosures.note(
            referral.sender,
            offer.named,
            referral.client,
            classes,
            consent,
            purpose=Purpose.REFERRAL,
            thing=thing,
        )


def _by_consent(
    content: Content, what: Iterable[DataClass]
) -> list[tuple[Consent, list[DataClass]]]:
    """Each line of the log names the one permission by which it was read."""
    found: dict[Consent, list[DataClass]] = {}
    for one in (one for one in DataClass if one in what):
        found.setdefault(content.by_which[one], []).append(one)
    return list(found.items())


def _is_told(packet: Packet, by: By, detail: Mapping[str, str | int]) -> bool:
    told = Event.objects.about(packet).filter(
        verb=PacketEvent.OPENED,
        actor_id=by.actor.id,
        at__gte=_midnight(),
        detail=detail,
    )
    return told.exists()


def _midnight() -> datetime:
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
