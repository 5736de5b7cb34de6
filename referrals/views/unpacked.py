"""A packet as it is read: by whom it was sent to, and by its sender."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from network.accounts.pace import PACE, TooFastError
from network.clinicians import pdf
from network.clinicians.requests import ClinicianRequest
from network.privacy.files import Kind, headers
from referrals.acting import By
from referrals.actions.unpacking import PDF, open_file, open_version
from referrals.machine.words import O
from referrals.models import Offer, Packet, PacketVersion
from referrals.packets.paper import as_pdf
from referrals.packets.reading import newest_readable
from referrals.views.gate import for_members

NAME = 'attachment; filename="packet.pdf"'


@for_members
@require_safe
def packet(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    """The newest that she may read."""
    found = _packet(request, public_id)
    if found.referral.sender_id == request.clinician.pk:
        return redirect("referrals:packet_draft", found.referral.public_id)
    by = By.member(request.clinician)
    hers = Offer.objects.visible_to(request.clinician).filter(referral=found.referral)
    offer = hers.filter(state=O.SELECTED, receiver=request.clinician).first()
    newest = newest_readable(by, offer) if offer else None
    if newest is None:
        raise Http404
    return redirect("referrals:packet_version", found.public_id, newest.number)


@for_members
@require_safe
def version(request: ClinicianRequest, public_id: UUID, number: int) -> HttpResponse:
    """A page that stands open asks again by itself, and is told when it is closed."""
    found = _version(request, public_id, number)
    content = open_version(found, by=By.member(request.clinician))
    if content is None and not request.htmx:
        raise Http404
    page = {
        "packet": found.packet,
        "referral": found.packet.referral,
        "version": found,
        "content": content,
        "is_sender": found.packet.referral.sender_id == request.clinician.pk,
        "has_pdf": pdf.is_possible(),
        "now": timezone.now(),
    }
    piece = "_read" if request.htmx else "read"
    answer = render(request, f"referrals/packet/{piece}.html", page)
    add_never_cache_headers(answer)
    return answer


@for_members
@require_safe
def paper(request: ClinicianRequest, public_id: UUID, number: int) -> HttpResponse:
    found = _version(request, public_id, number)
    if found.sent_at is None or not pdf.is_possible():
        raise Http404
    try:
        PACE.spend(request.user.pk)
    except TooFastError as too_fast:
        return HttpResponse(status=429, headers={"Retry-After": str(too_fast.wait)})
    content = open_version(found, by=By.member(request.clinician), way=PDF)
    if content is None:
        raise Http404
    answer = HttpResponse(
        as_pdf(content, request.clinician.display_name),
        content_type="application/pdf",
        headers={"Content-Disposition": NAME, "X-Content-Type-Options": "nosniff"},
    )
    add_never_cache_headers(answer)
    return answer


@for_members
@require_safe
def file(
    request: ClinicianRequest, public_id: UUID, number: int, file: UUID
) -> HttpResponse:
    """To be saved, whatever it is."""
    found = _version(request, public_id, number)
    opened = open_file(found, file, by=By.member(request.clinician))
    if opened is None:
        raise Http404
    row, label, content = opened
    return HttpResponse(content, headers=headers(Kind(row.kind), label.name))


def _packet(request: ClinicianRequest, public_id: UUID) -> Packet:
    seen = Packet.objects.visible_to(request.clinician)
    return get_object_or_404(seen, public_id=public_id)


def _version(request: ClinicianRequest, public_id: UUID, number: int) -> PacketVersion:
    """Of hers, one that was sent to her; a draft is its sender's alone."""
    found = _packet(request, public_id)
    versions = PacketVersion.objects.of(found)
    if found.referral.sender_id != request.clinician.pk:
        versions = versions.sent().filter(offer__receiver=request.clinician)
    return get_object_or_404(versions, number=number)
