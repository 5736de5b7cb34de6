"""A packet as its sender writes it: the draft, what is enclosed, the last look."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from messaging.actions.attachments import TooManyFilesError
from messaging.guarding import Finding
from network.accounts.pace import PACE, TooFastError
from network.clinicians.requests import ClinicianRequest
from network.privacy.files import RefusedFileError, screened
from referrals.acting import By
from referrals.actions.enclosing import enclose, take_out
from referrals.actions.packing import (
    UnfitPacketError,
    leads_part2,
    revoke_packet,
    send_packet,
    write_packet,
)
from referrals.actions.passages import TellingWordsError
from referrals.actions.stepping import LostRaceError, ReusedKeyError
from referrals.forms.packet import (
    EnclosingForm,
    PacketForm,
    SendingForm,
    SummaryForm,
)
from referrals.models import PacketVersion, Referral
from referrals.packets import shown
from referrals.packets.leaving import leave_of, to_whom
from referrals.packets.permissions import allowed
from referrals.packets.reading import whole
from referrals.views.gate import for_members, own_referral
from referrals.views.steps import MEANWHILE

LOST = (LostRaceError, ReusedKeyError, PermissionDenied)
TOO_FAST = "That was very fast. Wait a moment, and try again."


@for_members
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def packet(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    """The draft; an open page asks for the list of versions when there is news."""
    found = own_referral(request, public_id)
    if request.htmx and request.method != "POST":
        return render(request, "referrals/packet/_versions.html", _around(found))
    form = _summary(found, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, found, form)
    by = By.member(request.clinician)
    try:
        write_packet(found, form.summary(), by=by, click=form.click)
    except LOST:
        return _again(request, found)
    messages.success(
        request, "Kept, encrypted. Nobody else reads it before it is sent."
    )
    return redirect("referrals:packet_draft", found.public_id)


@for_members
@require_POST
def files(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    found = own_referral(request, public_id)
    form = EnclosingForm(0, request.POST, request.FILES)
    if form.is_valid() and (told := _enclosed(request, found, form)) is not None:
        for why in sorted({one.span.reason for one in told}):
            messages.warning(request, f"The guard found something in it. {why}")
        return redirect("referrals:packet_draft", found.public_id)
    return _page(request, found, _summary(found), enclosing=form)


@for_members
@require_POST
def removal(request: ClinicianRequest, public_id: UUID, file: UUID) -> HttpResponse:
    found, form = own_referral(request, public_id), PacketForm(0, request.POST)
    try:
        if form.is_valid():
            by = By.member(request.clinician)
            take_out(found, file, by=by, click=form.click)
    except LOST:
        return _again(request, found)
    return redirect("referrals:packet_draft", found.public_id)


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    """Exactly what will be read; and it is sent from there."""
    found = own_referral(request, public_id)
    about = shown.packet_of(found)
    draft = shown.draft_of(about)
    content = whole(draft) if draft else None
    if draft is None or content is None:
        return redirect("referrals:packet_draft", found.public_id)
    said = request.POST if request.method == "POST" else None
    is_telling = bool(draft.tells) or any(file.is_telling for file, _ in content.files)
    form = SendingForm(about.changes, said, is_telling=is_telling)
    if form.is_valid() and (answer := _sent(request, found, form)):
        return answer
    page = {
        "referral": found,
        "version": draft,
        "content": content,
        "leave": leave_of(found, content),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "referrals/packet/preview.html", page, status=status)


@for_members
@require_POST
def revocation(request: ClinicianRequest, public_id: UUID, number: int) -> HttpResponse:
    found, form = own_referral(request, public_id), PacketForm(0, request.POST)
    sent = PacketVersion.objects.of(shown.packet_of(found)).sent()
    version = get_object_or_404(sent, number=number)
    try:
        if form.is_valid():
            by = By.member(request.clinician)
            revoke_packet(version, by=by, click=form.click)
            messages.success(request, f"Version {number} is closed to everybody.")
    except LOST:
        return _again(request, found)
    return redirect("referrals:packet_draft", found.public_id)


def _summary(found: Referral, data: Any = None) -> SummaryForm:
    about = shown.packet_of(found)
    before = shown.written(about)
    is_part2 = before.version.is_part2 if before else leads_part2(found.sender)
    held = {**(before.words.parts if before else {}), "is_part2": is_part2}
    return SummaryForm(about.changes, data, initial=held)


def _page(
    request: ClinicianRequest,
    found: Referral,
    form: SummaryForm,
    enclosing: EnclosingForm | None = None,
) -> HttpResponse:
    about = _around(found)
    about["form"] = form
    about["enclosing"] = enclosing or EnclosingForm(about["packet"].changes)
    before = shown.written(about["packet"])
    about["files"] = before.files if before else []
    about["may"] = allowed(By.member(request.clinician), found)
    about["to"] = to_whom(found)
    status = 422 if form.errors or about["enclosing"].errors else 200
    return render(request, "referrals/packet/write.html", about, status=status)


def _around(found: Referral) -> dict[str, Any]:
    packet = shown.packet_of(found)
    return {
        "referral": found,
        "packet": packet,
        "draft": shown.draft_of(packet),
        "step": PacketForm(packet.changes),
        "rows": shown.rows_of(packet),
        "openings": shown.openings_of(packet),
    }


def _enclosed(
    request: ClinicianRequest, found: Referral, form: EnclosingForm
) -> list[Finding] | None:
    """What the guard found; nothing where it is refused, which the form then says."""
    sent = cast("UploadedFile[bytes]", form.cleaned_data["file"])
    by = By.member(request.clinician)
    try:
        PACE.spend(request.user.pk)
        kept = screened(sent.read())
        return enclose(
            found, sent.name or "", kept, no_notes=True, by=by, click=form.click
        )
    except (RefusedFileError, TooManyFilesError) as refusal:
        form.add_error("file", str(refusal))
    except TooFastError:
        form.add_error("file", TOO_FAST)
    except LOST:
        form.add_error(None, MEANWHILE)
    return None


def _sent(
    request: ClinicianRequest, found: Referral, form: SendingForm
) -> HttpResponse | None:
    """Nothing where something is missing, which the form then says."""
    by = By.member(request.clinician)
    try:
        send_packet(found, form.sending(), by=by, click=form.click)
    except UnfitPacketError as lacking:
        form.add_error(None, "Not yet: " + "; ".join(lacking.sentences) + ".")
        return None
    except (*LOST, TellingWordsError):
        return _again(request, found)
    messages.success(request, "Sent. You see here when it is opened.")
    return redirect("referrals:packet_draft", found.public_id)


def _again(request: ClinicianRequest, found: Referral) -> HttpResponse:
    if "see the packet" not in allowed(By.member(request.clinician), found):
        raise Http404
    messages.warning(request, MEANWHILE)
    return redirect("referrals:packet_draft", found.public_id)
