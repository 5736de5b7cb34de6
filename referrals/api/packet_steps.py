"""What each step of a packet takes besides its key and the version that was seen."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from network.clinicians.matching.need import Text, Yes
from referrals.acting import By
from referrals.actions.enclosing import take_out
from referrals.actions.packing import (
    Sending,
    Summary,
    revoke_packet,
    send_packet,
    write_packet,
)
from referrals.actions.stepping import Click
from referrals.api.said import GuardReason
from referrals.api.schema import Asked
from referrals.models import PacketVersion, Referral
from referrals.packets import shown
from referrals.packets.parts import LONGEST, Part


class NoSuchVersionError(Exception):
    """None of that number was sent."""


class NewPacketStep(Asked):
    """`version` is 0 before there is a packet."""

    step: Annotated[Text, Field(max_length=30)]
    version: Annotated[int, Field(strict=True, ge=0)]
    said: dict[str, Any] = {}


class SummarySaid(Asked):
    parts: dict[Part, Annotated[Text, Field(max_length=LONGEST)]]
    is_part2: Yes | None = None
    no_notes: Yes = False


class FileSaid(Asked):
    file: UUID


class SendingSaid(Asked):
    expires_on: date
    guard_reason: GuardReason = ""


class VersionSaid(Asked):
    number: Annotated[int, Field(ge=1, le=32_767)]


def _write(one: Referral, said: SummarySaid, by: By, click: Click) -> None:
    parts = {str(part.value): words for part, words in said.parts.items()}
    summary = Summary(parts, is_part2=said.is_part2, no_notes=said.no_notes)
    write_packet(one, summary, by=by, click=click)


def _take_out(one: Referral, said: FileSaid, by: By, click: Click) -> None:
    take_out(one, said.file, by=by, click=click)


def _send(one: Referral, said: SendingSaid, by: By, click: Click) -> None:
    send_packet(one, Sending(said.expires_on, said.guard_reason), by=by, click=click)


def _revoke(one: Referral, said: VersionSaid, by: By, click: Click) -> None:
    sent = PacketVersion.objects.of(shown.packet_of(one)).sent()
    if (version := sent.filter(number=said.number).first()) is None:
        raise NoSuchVersionError
    revoke_packet(version, by=by, click=click)


STEPS: dict[str, tuple[type[Asked], Callable[[Referral, Any, By, Click], None]]] = {
    "write": (SummarySaid, _write),
    "take_out": (FileSaid, _take_out),
    "send": (SendingSaid, _send),
    "revoke": (VersionSaid, _revoke),
}
