"""A packet as it is read: by whom it was sent to, and by its sender."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from network.accounts.pace import PACE, TooFastError
from network.clinicians import pdf
from network.clinicians.models import Clinician
from network.clinicians.requests import ClinicianRequest
from network.privacy.files import Kind, headers
from referrals.acting import By
from referrals.actions.unpacking import PDF, open_file, open_version
from referrals.machine.words import O
from referrals.models import Offer, Packet, PacketVersion
from referrals.packets.paper import as_pdf
from referrals.packets.reading import newest_readable, shown_to
from referrals.views.gate import for_members

NAME = 'attachment; filename="packet.pdf"'


def at_a_pace(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What takes a while to make, or megabytes to send."""

    @wraps(page)
    def paced(request: ClinicianRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            PACE.spend(request.user.pk)
        except TooFastError as too_fast:
            return HttpResponse(status=429, headers={"Retry-After": str(too_fast.wait)})
        return page(request, *args, **kwargs)

    return paced


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


@require_safe
def version(request: ClinicianRequest, public_id: UUID, number: int) -> HttpResponse:
    """A page that stands open asks every few seconds whether it still may."""
    still = _still if request.htmx else _page
    return still(request, public_id, number)


def _still(request: ClinicianRequest, public_id: UUID, number: int) -> HttpResponse:
    """Nothing new; or what she may read by now; or of whatever else that it is closed.
    What is on the screen already is no further reading.
    """
    found = _seen(request.clinician, public_id, number)
    on_screen = shown_to(By.member(request.clinician), found) if found else None
    if on_screen and on_screen.mark == request.headers.get("X-Shown"):
        return HttpResponse(status=204)
    answer = _shown(request, found, "_read") if found else None
    return answer or render(request, "referrals/packet/_closed.html")


@for_members
def _page(request: ClinicianRequest, public_id: UUID, number: int) -> HttpResponse:
    answer = _shown(request, _version(request, public_id, number), "read")
    if answer is None:
        raise Http404
    return answer


def _shown(
    request: ClinicianRequest, found: PacketVersion, name: str
) -> HttpResponse | None:
    content = open_version(found, by=By.member(request.clinician))
    if content is None:
        return None
    page = {
        "packet": found.packet,
        "referral": found.packet.referral,
        "version": found,
        "content": content,
        "is_sender": found.packet.referral.sender_id == request.clinician.pk,
        "has_pdf": pdf.is_possible(),
        "now": timezone.now(),
    }
    answer = render(request, f"referrals/packet/{name}.html", page)
    add_never_cache_headers(answer)
    return answer


@for_members
@require_safe
@at_a_pace
def paper(request: ClinicianRequest, public_id: UUID, number: int) -> HttpResponse:
    found = _version(request, public_id, number)
    if found.sent_at is None or not pdf.is_possible():
        raise Http404
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
@at_a_pace
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
    if (found := _seen(request.clinician, public_id, number)) is None:
        raise Http404
    return found


def _seen(me: Clinician | None, public_id: UUID, number: int) -> PacketVersion | None:
    """Of hers, one that was sent to her; a draft is its sender's alone."""
    packets = Packet.objects.visible_to(me) if me else Packet.objects.none()
    if me is None or (packet := packets.filter(public_id=public_id).first()) is None:
        return None
    versions = PacketVersion.objects.of(packet)
    if packet.referral.sender_id != me.pk:
        versions = versions.sent().filter(offer__receiver=me)
    return versions.filter(number=number).first()
