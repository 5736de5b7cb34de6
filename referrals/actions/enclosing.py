"""Files are enclosed in the draft of a packet, and taken out of it."""

from uuid import UUID

from django.db import transaction

from messaging.actions.attachments import TooManyFilesError, words_in
from messaging.guarding import Finding, findings, is_high
from messaging.limits import MOST_FILES
from network.activity.recorder import record
from network.privacy.files import Screened
from referrals.acting import By
from referrals.actions.packing import (
    NotesError,
    begin_packet,
    draft_of,
    note_change,
    senders,
)
from referrals.actions.stepping import Click, LostRaceError
from referrals.models import Packet, PacketFile, PacketVersion, Referral
from referrals.packets.events import PacketEvent
from referrals.packets.sealed import box_of


@transaction.atomic
def enclose(
    referral: Referral,
    name: str,
    file: Screened,
    *,
    no_notes: bool,
    by: By,
    click: Click,
) -> list[Finding]:
    """What the guard found in its name and in a text."""
    if not no_notes:
        raise NotesError
    said = f"{name}\0{len(file.content)}"
    packet = begin_packet("write the packet", referral, by, click, f"enclose {said}")
    if packet is None:
        return []
    draft = draft_of(packet)
    if draft.files.count() >= MOST_FILES:
        raise TooManyFilesError

    found = _found(packet, name, file)
    made = box_of(packet, name, file)
    made.is_telling = is_high(found)
    made.save(force_insert=True)
    draft.files.add(made)
    note_change(packet)

    told, detail = senders(packet), _detail(made.public_id, draft)
    record(by.actor, PacketEvent.ENCLOSED, packet, audience=told, detail=detail)
    return found


@transaction.atomic
def take_out(referral: Referral, file: UUID, *, by: By, click: Click) -> None:
    """Of the draft; what no version has any more is gone for good."""
    verb = "write the packet"
    packet = begin_packet(verb, referral, by, click, f"take out {file}")
    if packet is None:
        return
    draft = draft_of(packet)
    found = draft.files.defer("content").filter(public_id=file).first()
    if found is None:
        raise LostRaceError(verb)

    draft.files.remove(found)
    PacketFile.objects.filter(pk=found.pk, versions__isnull=True).delete()
    note_change(packet)

    told, detail = senders(packet), _detail(file, draft)
    record(by.actor, PacketEvent.TAKEN_OUT, packet, audience=told, detail=detail)


def _found(packet: Packet, name: str, file: Screened) -> list[Finding]:
    author = packet.referral.sender
    return [one for words in words_in(name, file) for one in findings(words, author)]


def _detail(file: UUID, draft: PacketVersion) -> dict[str, str | int]:
    return {"file": str(file), "version": draft.number}
