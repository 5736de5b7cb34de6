"""The packet of a referral is written, sent version by version, and taken back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from network.accounts.models import User
from network.activity.recorder import record
from network.clients.actions.lock import locked
from network.clients.consents import today
from network.clinicians.models import Clinician
from referrals.acting import By
from referrals.actions.passages import TellingWordsError, tells
from referrals.actions.stepping import (
    Click,
    LostRaceError,
    fingerprint,
    note_step,
    taken_before,
)
from referrals.models import Offer, Packet, PacketVersion, Referral
from referrals.packets.events import PacketEvent
from referrals.packets.leaving import Leave, leave_of, travelling
from referrals.packets.parts import filled
from referrals.packets.permissions import allowed, require
from referrals.packets.reading import whole
from referrals.packets.sealed import Words, keys_for, seal

LONGEST_OPEN = timedelta(days=366)


class UnfitPacketError(PermissionDenied):
    """It is hers to send, and something is lacking, which she can be told."""

    def __init__(self, sentences: list[str]) -> None:
        self.sentences = sentences
        super().__init__("not so that " + ", ".join(sentences))


class NotesError(ValueError):
    """Nobody has said that no psychotherapy notes are in it."""


@dataclass(frozen=True)
class Summary:
    """What a draft says, as a whole."""

    parts: Mapping[str, str] = field(repr=False)
    # Where it is not said, it is as before; at first as the sender's programmes say.
    is_part2: bool | None = None
    no_notes: bool = False


@dataclass(frozen=True)
class Sending:
    """Until which day it is open; and why its words may tell who it is, if they do."""

    expires_on: date
    guard_reason: str = ""


@transaction.atomic
def write_packet(referral: Referral, summary: Summary, *, by: By, click: Click) -> None:
    """The draft of the next version; there is one, whoever writes."""
    if not summary.no_notes:
        raise NotesError
    parts = filled(summary.parts)
    said = json.dumps([parts, summary.is_part2])
    packet = begin_packet("write the packet", referral, by, click, said)
    if packet is None:
        return

    draft = draft_of(packet)
    if summary.is_part2 is not None:
        draft.is_part2 = summary.is_part2
    draft.written_at = timezone.now()
    author = packet.referral.sender
    draft.tells = sum(tells(words, author) for words in parts.values())
    seal(draft, Words(parts), keys_for(packet.referral))
    draft.save()
    note_change(packet)

    record(by.actor, PacketEvent.WRITTEN, packet, audience=senders(packet))


@transaction.atomic
def send_packet(referral: Referral, sending: Sending, *, by: By, click: Click) -> None:
    """To whoever is chosen. From here on this version stays as it is."""
    said = f"{sending.expires_on} {sending.guard_reason}"
    packet = begin_packet("send the packet", referral, by, click, said)
    if packet is None:
        return
    draft = PacketVersion.objects.of(packet).filter(sent_at=None).first()
    content = whole(draft) if draft else None
    leave = leave_of(packet.referral, content)
    if draft is None or content is None or leave.offer is None or leave.lacking:
        raise UnfitPacketError(leave.lacking)
    _look_through(draft, sending)

    seal(draft, travelling(content, leave), keys_for(packet.referral))
    _send(draft, leave, sending)
    note_change(packet)

    receiver = leave.offer.receiver
    told = [receiver.user] if receiver and receiver.user else []
    to = str(leave.offer.public_id)
    detail: dict[str, str | int] = {"version": draft.number, "to": to}
    record(
        by.actor,
        PacketEvent.SENT,
        packet,
        audience=senders(packet),
        notify=told,
        detail=detail,
    )


@transaction.atomic
def revoke_packet(version: PacketVersion, *, by: By, click: Click) -> None:
    """From the commit on nobody opens it; what was saved before is not in our hands."""
    referral = version.packet.referral
    verb, said = "take the packet back", str(version.number)
    packet = begin_packet(verb, referral, by, click, said)
    if packet is None:
        return
    sent = PacketVersion.objects.of(packet).sent().filter(revoked_at=None)
    if (found := sent.filter(pk=version.pk).first()) is None:
        raise LostRaceError(verb)

    found.revoked_at = timezone.now()
    found.save(update_fields=["revoked_at"])
    note_change(packet)

    audience = [*senders(packet), *_receivers(found.offer)]
    detail = {"version": found.number}
    record(by.actor, PacketEvent.REVOKED, packet, audience=audience, detail=detail)


def begin_packet(
    verb: str, referral: Referral, by: By, click: Click, said: str
) -> Packet | None:
    """The beats that all of them share: the referral is locked, then its client.
    Nothing when this very step was taken before.
    """
    rows = Referral.objects.select_for_update(of=("self",)).select_related("sender")
    if (found := rows.filter(pk=referral.pk).first()) is None:
        raise LostRaceError(verb)
    found.client = locked(found.client)
    about = fingerprint(verb, found.pk, said)
    require(verb, allowed(by, found))
    if taken_before(by, click.key, about):
        return None
    packet = Packet.objects.filter(referral=found).first() or Packet(referral=found)
    if packet.changes != click.seen:
        raise LostRaceError(verb)

    packet.referral = found
    packet.save()
    note_step(found, verb, by, click.key, about)
    return packet


def draft_of(packet: Packet) -> PacketVersion:
    """The one there is, or the next: with the words and the files of the last."""
    versions = list(PacketVersion.objects.of(packet)[:1])
    last = versions[0] if versions else None
    if last is not None and last.sent_at is None:
        return last
    draft = PacketVersion(packet=packet, number=last.number + 1 if last else 1)
    before = whole(last) if last else None
    sender = packet.referral.sender
    draft.is_part2 = last.is_part2 if last else leads_part2(sender)
    draft.tells = last.tells if last else 0
    words = Words(before.words.parts if before else {})
    seal(draft, words, keys_for(packet.referral))
    draft.save()
    if last is not None:
        draft.files.set(last.files.all())
    return draft


def leads_part2(sender: Clinician) -> bool:
    """What she writes goes with the notice then, unless it is from elsewhere."""
    return sender.programmes.filter(is_part2=True).exists()


def note_change(packet: Packet) -> None:
    packet.changes += 1
    packet.save(update_fields=["changes"])


def senders(packet: Packet) -> list[User]:
    user = packet.referral.sender.user
    return [user] if user else []


def _look_through(draft: PacketVersion, sending: Sending) -> None:
    """The guard, and the day: it has to come, within a year."""
    is_telling = draft.tells or draft.files.filter(is_telling=True).exists()
    if is_telling and not sending.guard_reason:
        raise TellingWordsError
    if not today() < sending.expires_on <= today() + LONGEST_OPEN:
        raise UnfitPacketError(["it ends on a day within the next twelve months"])


def _send(draft: PacketVersion, leave: Leave, sending: Sending) -> None:
    draft.offer, draft.sent_at = leave.offer, timezone.now()
    draft.expires_on, draft.guard_reason = sending.expires_on, sending.guard_reason
    draft.save()


def _receivers(offer: Offer | None) -> list[User]:
    receiver = offer.receiver if offer else None
    return [receiver.user] if receiver and receiver.user else []
