"""An entry as it travels: in plain words to a client, as ciphertext through Valkey."""

import base64
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from messaging.log import Entry

Event = dict[str, Any]
Parcel = dict[str, Any]
LARGEST = 8_000  # bytes that Valkey carries; what is more is fetched from the log
FORMER = "A former colleague"
# Whose detail is the public id of a clinician.
ABOUT_PEOPLE = frozenset({"joined", "left", "removed"})


def event_of(entry: Entry, body: str | None, names: Mapping[UUID, str]) -> Event:
    """What a client is sent, in a frame or by the API; what is empty is left out."""
    said = {
        "conversation": str(entry.conversation),
        "epoch": str(entry.epoch),
        "seq": entry.seq,
        "kind": entry.kind,
        "at": _moment(entry.at),
        "sender": _person(entry.sender, names),
    }
    return said | {key: value for key, value in _rest(entry, body, names) if value}


def people_in(entries: Iterable[Entry]) -> set[UUID]:
    """Whose names an event says."""
    return {person for entry in entries for person in _people(entry)}


def _people(entry: Entry) -> Iterable[UUID]:
    if entry.sender:
        yield entry.sender
    if entry.kind in ABOUT_PEOPLE:
        yield UUID(entry.detail)


def _rest(
    entry: Entry, body: str | None, names: Mapping[UUID, str]
) -> Iterable[tuple[str, object]]:
    is_about = entry.kind in ABOUT_PEOPLE
    yield "client_id", entry.client_id and str(entry.client_id)
    yield "body", body
    yield "target", entry.target
    yield "reply_to", entry.reply_to
    yield "topic", entry.topic and str(entry.topic)
    yield "mentions", [str(person) for person in entry.mentions]
    yield "files", [str(file) for file in entry.files if body is not None]
    yield "reaction", "" if is_about else entry.detail
    yield "person", _person(UUID(entry.detail), names) if is_about else None
    yield "expires_at", entry.expires_at and _moment(entry.expires_at)
    yield "confirm_by", entry.confirm_by and _moment(entry.confirm_by)
    yield "recalled", entry.recalled


def _person(clinician: UUID | None, names: Mapping[UUID, str]) -> object:
    """Nobody's name is kept in the log: whoever is erased has none."""
    if clinician is None:
        return None
    return {"id": str(clinician), "name": names.get(clinician, FORMER)}


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def said_of(entries: list[Entry]) -> str:
    """To a room: the entries as ciphertext, or how far the log goes."""
    said = json.dumps(
        {"e": [parcel(entry) for entry in entries]}, separators=(",", ":")
    )
    if len(said) <= LARGEST:
        return said
    return json.dumps({"upto": entries[-1].seq}, separators=(",", ":"))


def parcel(entry: Entry) -> Parcel:
    """All but the conversation, which the channel names; what is empty is left out."""
    packed = {
        "epoch": str(entry.epoch),
        "seq": entry.seq,
        "kind": entry.kind,
        "sender": entry.sender and str(entry.sender),
        "client_id": entry.client_id and str(entry.client_id),
        "target": entry.target,
        "ordinal": entry.ordinal,
        "key_id": entry.key_id and str(entry.key_id),
        "body": entry.body and base64.b64encode(entry.body).decode(),
        "reply_to": entry.reply_to,
        "topic": entry.topic and str(entry.topic),
        "detail": entry.detail,
        "mentions": [str(person) for person in entry.mentions],
        "at": entry.at.isoformat(),
        "expires_at": entry.expires_at and entry.expires_at.isoformat(),
        "confirm_by": entry.confirm_by and entry.confirm_by.isoformat(),
        "recalled": entry.recalled,
        "files": [str(file) for file in entry.files],
    }
    return {key: value for key, value in packed.items() if value or key == "ordinal"}


def unparcel(conversation: UUID, packed: Parcel) -> Entry:
    """Its opposite; a KeyError or ValueError when it is none."""
    body = packed.get("body")
    return Entry(
        conversation=conversation,
        epoch=UUID(packed["epoch"]),
        seq=packed["seq"],
        kind=packed["kind"],
        sender=_id(packed.get("sender")),
        client_id=_id(packed.get("client_id")),
        target=packed.get("target"),
        ordinal=packed["ordinal"],
        key_id=_id(packed.get("key_id")),
        body=base64.b64decode(body) if body else None,
        reply_to=packed.get("reply_to"),
        topic=_id(packed.get("topic")),
        detail=packed.get("detail", ""),
        mentions=tuple(UUID(person) for person in packed.get("mentions", ())),
        at=datetime.fromisoformat(packed["at"]),
        expires_at=_time(packed.get("expires_at")),
        recalled=packed.get("recalled", False),
        files=tuple(UUID(file) for file in packed.get("files", ())),
        confirm_by=_time(packed.get("confirm_by")),
    )


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None
