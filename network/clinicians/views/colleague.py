"""A colleague's profile, as colleagues see it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from network.accounts.models import User
from network.clinicians.actions.blocks import block_colleague, unblock_colleague
from network.clinicians.actions.oversight import open_profile_as_staff
from network.clinicians.forms.profile_sections import SECTIONS
from network.clinicians.models import Block, Clinician
from network.clinicians.models.clinician import ClinicianQuerySet
from network.clinicians.permissions import allowed
from network.clinicians.portrait import Portrait
from network.clinicians.requests import ClinicianRequest, VisitorRequest
from network.clinicians.views.among import among
from network.clinicians.views.lists import lists_of
from network.clinicians.views.own import with_profile


def find(request: VisitorRequest, public_id: UUID) -> Clinician:
    return get_object_or_404(_visible(request).with_profile(), public_id=public_id)


@require_safe
def colleague(request: VisitorRequest, public_id: UUID) -> HttpResponse:
    clinician = find(request, public_id)
    user = _user(request)
    if user.is_staff and clinician.user_id != user.pk:
        open_profile_as_staff(clinician, by=user)
    today = timezone.localdate()
    portrait = Portrait.of(clinician, today, for_colleagues=True)
    context = {
        "clinician": clinician,
        "allowed": allowed(user, clinician),
        "is_away": clinician.is_away(today),
        "shown": [
            (section, portrait.sections[section.slug])
            for section in SECTIONS
            if portrait.sections[section.slug] and section.slug != "visibility"
        ],
        **among(request.clinician, user, clinician, today),
        **lists_of(request.clinician, clinician),
    }
    return render(request, "clinicians/profile/colleague.html", context)


@with_profile
@require_POST
def block(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    blocked = find(request, public_id)
    block_colleague(request.clinician, blocked, by=_user(request))
    return redirect("clinicians:blocks")


@with_profile
@require_POST
def unblock(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    made = Block.objects.filter(blocker=request.clinician).select_related("blocked")
    unblock_colleague(
        get_object_or_404(made, blocked__public_id=public_id), by=_user(request)
    )
    return redirect("clinicians:blocks")


@with_profile
@require_safe
def blocks(request: ClinicianRequest) -> HttpResponse:
    made = request.clinician.blocks_made.select_related("blocked").order_by("-pk")
    return render(request, "clinicians/profile/blocks.html", {"blocks": made})


def _visible(request: VisitorRequest) -> ClinicianQuerySet:
    if _user(request).is_staff:
        return Clinician.objects.all()
    if request.clinician is None:
        return Clinician.objects.none()
    return Clinician.objects.visible_to(request.clinician)


def _user(request: VisitorRequest) -> User:
    """Nobody comes this far without having signed in."""
    assert isinstance(request.user, User)  # noqa: S101
    return request.user
