"""Packets for programs: written and sent by the sender, read by whoever is chosen."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from ninja.params.functions import Header
from pydantic import ValidationError

from messaging.actions.attachments import TooManyFilesError
from messaging.limits import MOST_FILES
from network.clinicians.api import ApiRequest, problems
from network.clinicians.api_schema import Problems
from network.clinicians.matching.faults import Fault, faults_in
from network.clinicians.models import Clinician
from network.clinicians.requests import is_uuid
from network.privacy.files import (
    Kind,
    RefusedFileError,
    TooLargeError,
    headers,
    screened,
)
from referrals.acting import By
from referrals.actions.enclosing import enclose
from referrals.actions.packing import NotesError, UnfitPacketError
from referrals.actions.passages import TellingWordsError
from referrals.actions.stepping import Click, LostRaceError, ReusedKeyError
from referrals.actions.unpacking import open_file, open_version
from referrals.api.caller import found, member_of, spend
from referrals.api.packet_steps import STEPS, NewPacketStep, NoSuchVersionError
from referrals.api.referrals import READS, WRITES
from referrals.api.routers import offer_router, referral_router
from referrals.api.taking import LOST, NO_KEY, REUSED, TELLING, UNKNOWN, key_of, within
from referrals.models import Offer, PacketFile, PacketVersion, Referral
from referrals.packets import shown
from referrals.packets.leaving import leave_of
from referrals.packets.parts import NO_NOTES
from referrals.packets.reading import Content, Enclosed, newest_readable, whole

NO_VERSION = "No version of this number was sent."
UPLOADS = {413: Problems, **WRITES}
MULTIPART: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file", "version", "no_notes"],
                    "properties": {
                        "file": {"type": "string", "format": "binary"},
                        "version": {"type": "integer"},
                        "no_notes": {"type": "boolean"},
                    },
                }
            }
        },
    }
}
REFUSALS: dict[type[Exception], Callable[[Any], HttpResponse]] = {
    UnfitPacketError: lambda refusal: problems(
        [Fault("", "lacking", f"Not yet: {why}.") for why in refusal.sentences]
    ),
    NotesError: lambda _: _refused("/said/no_notes", "missing", f"Say so: {NO_NOTES}"),
    TellingWordsError: lambda _: _refused("/said", "needs_reason", TELLING),
    NoSuchVersionError: lambda _: _refused(
        "/said/number", "no_such_version", NO_VERSION
    ),
    ReusedKeyError: lambda _: _refused("", "key_used", REUSED, 409),
    LostRaceError: lambda _: _refused("/version", "lost_race", LOST, 409),
    TooLargeError: lambda told: _refused("/file", "too_large", str(told), 413),
    RefusedFileError: lambda told: _refused("/file", "refused_file", str(told)),
    TooManyFilesError: lambda _: _refused(
        "/file", "too_many_files", f"It has {MOST_FILES} files already.", 409
    ),
}


@referral_router.get("/{referral}/packet", response=READS)
def packet(request: ApiRequest, referral: str) -> HttpResponse:
    """Mine: the draft, what was sent of it, and who opened which version when."""
    return JsonResponse(_whole(_mine(member_of(request), referral)))


@referral_router.post("/{referral}/packet/steps", response=WRITES)
def packet_step(
    request: ApiRequest,
    referral: str,
    new: NewPacketStep,
    idempotency_key: str = Header("", alias="Idempotency-Key"),
) -> HttpResponse:
    """Write, take out, send or revoke: once for its key."""
    member = member_of(request)
    one = _mine(member, referral)
    if (key := key_of(idempotency_key)) is None:
        return _refused("", "unreadable_key", NO_KEY)
    if new.step not in STEPS:
        return _refused("/step", "unknown_step", UNKNOWN)
    model, does = STEPS[new.step]
    try:
        does(
            one,
            model.model_validate(new.said),
            By.member(member),
            Click(key, new.version),
        )
    except ValidationError as refusal:
        return problems(faults_in(within(refusal)))
    except tuple(REFUSALS) as refusal:
        return _told(refusal)
    return JsonResponse(_whole(one))


@referral_router.post(
    "/{referral}/packet/files", response=UPLOADS, openapi_extra=MULTIPART
)
def packet_file(
    request: ApiRequest,
    referral: str,
    idempotency_key: str = Header("", alias="Idempotency-Key"),
) -> HttpResponse:
    """Looks through a file, and encloses it in the draft."""
    member = member_of(request)
    one, sent = _mine(member, referral), request.FILES.get("file")
    if (key := key_of(idempotency_key)) is None:
        return _refused("", "unreadable_key", NO_KEY)
    if sent is None:
        return _refused("/file", "missing", "Send it as multipart/form-data.")
    seen, by = request.POST.get("version", ""), By.member(member)
    is_number = seen.isascii() and seen.isdigit() and len(seen) < 9
    click = Click(key, int(seen) if is_number else -1)
    no_notes = request.POST.get("no_notes") == "true"
    try:
        kept = screened(sent.read())
        enclose(one, sent.name or "", kept, no_notes=no_notes, by=by, click=click)
    except tuple(REFUSALS) as refusal:
        return _told(refusal)
    return JsonResponse(_whole(one))


@offer_router.get("/{offer}/packet", response=READS)
def packet_sent(request: ApiRequest, offer: str) -> HttpResponse:
    """The newest version that I may read now; that I opened it is noted."""
    member = member_of(request)
    version = _readable(member, offer)
    content = open_version(version, by=By.member(member))
    if content is None:
        raise Http404
    sent, ends = version.sent_at, version.expires_on
    return JsonResponse({**_content(content), "sent_at": sent, "expires_on": ends})


@offer_router.get("/{offer}/packet/files/{file}", response=READS)
def packet_file_sent(request: ApiRequest, offer: str, file: str) -> HttpResponse:
    """What is in one of its files."""
    member = member_of(request)
    spend(request)
    version = _readable(member, offer)
    if not is_uuid(file):
        raise Http404
    opened = open_file(version, UUID(file), by=By.member(member))
    if opened is None:
        raise Http404
    row, label, content = opened
    return HttpResponse(content, headers=headers(Kind(row.kind), label.name))


def _mine(member: Clinician, referral: str) -> Referral:
    return found(Referral.objects.sent_by(member), referral)


def _readable(member: Clinician, offer: str) -> PacketVersion:
    one = found(Offer.objects.visible_to(member), offer)
    if (version := newest_readable(By.member(member), one)) is None:
        raise Http404
    return version


def _whole(one: Referral) -> dict[str, Any]:
    packet = shown.packet_of(one)
    draft = shown.draft_of(packet)
    content = whole(draft) if draft else None
    return {
        "id": packet.public_id if packet.pk else None,
        "version": packet.changes,
        "draft": _content(content) if content else None,
        "lacking": leave_of(one, content).lacking,
        "versions": [_row(row) for row in shown.rows_of(packet)],
        "openings": [vars(line) for line in shown.openings_of(packet)],
    }


def _content(content: Content) -> dict[str, Any]:
    return {
        "number": content.version.number,
        "is_part2": content.version.is_part2,
        "parts": content.words.parts,
        "files": _files(content.files),
        "consents": content.words.consents,
        "notice": content.words.notice,
    }


def _files(files: Iterable[Enclosed]) -> list[dict[str, Any]]:
    return [{**_about(file), "name": label.name} for file, label in files]


def _about(file: PacketFile) -> dict[str, Any]:
    kind = Kind(file.kind).media_type
    return {"id": file.public_id, "type": kind, "size": file.size}


def _row(row: shown.Row) -> dict[str, Any]:
    version = row.version
    return {
        "number": version.number,
        "to": row.to,
        "is_part2": version.is_part2,
        "sent_at": version.sent_at,
        "expires_on": version.expires_on,
        "revoked_at": version.revoked_at,
    }


def _told(refusal: Exception) -> HttpResponse:
    """By the nearest of its kind."""
    kind = next(kind for kind in REFUSALS if isinstance(refusal, kind))
    return REFUSALS[kind](refusal)


def _refused(path: str, code: str, told: str, status: int = 422) -> HttpResponse:
    return problems([Fault(path, code, told)], status)
