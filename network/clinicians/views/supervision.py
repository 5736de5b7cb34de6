"""Supervision from both sides: asking for it, answering, and ending it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from network.clinicians.actions import supervision as actions
from network.clinicians.forms.supervision import LimitsForm, SupervisorForm
from network.clinicians.models import Clinician, Supervision
from network.clinicians.requests import ClinicianRequest
from network.clinicians.supervision.bounds import in_force
from network.clinicians.supervision.naming import supervision_of
from network.clinicians.supervision.permissions import allowed, allowed_between
from network.clinicians.supervision.words import limits_in_words
from network.clinicians.views.own import with_profile

DONE = {
    "decline": "Declined. The associate is told.",
    "withdraw": "Taken back.",
    "end": "Ended. The other of you is told.",
}
MEANWHILE = "This has changed meanwhile; here is how it stands now."


def find(request: ClinicianRequest, public_id: UUID) -> Supervision:
    hers = Supervision.objects.visible_to(request.clinician)
    people = hers.select_related("associate", "supervisor")
    return get_object_or_404(people, public_id=public_id)


@with_profile
@require_safe
def supervision(request: ClinicianRequest) -> HttpResponse:
    return _page(request, SupervisorForm())


@with_profile
@require_POST
def colleagues(request: ClinicianRequest) -> HttpResponse:
    """Whom a typed name may mean; nobody is asked yet."""
    form = SupervisorForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    return _page(request, form, found=form.found_for(request.clinician))


@with_profile
@require_POST
def request_(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    seen = Clinician.objects.visible_to(request.clinician)
    supervisor = get_object_or_404(seen, public_id=public_id)
    if not allowed_between(request.user, request.clinician, supervisor):
        messages.error(request, f"{supervisor} cannot supervise at present.")
        return redirect("clinicians:supervision")
    actions.ask_supervision(request.clinician, supervisor, by=request.user)
    messages.success(request, f"{supervisor} is asked, and told of it.")
    return redirect("clinicians:supervision")


@with_profile
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    """Read by the two; the supervisor confirms it here, or sets its limits."""
    found = find(request, public_id)
    may = allowed(request.user, found)
    if request.method != "POST":
        return _one(request, found, LimitsForm(found))
    if not may & {"confirm", "limit"}:
        raise Http404
    form = LimitsForm(found, request.POST)
    if not form.is_valid():
        return _one(request, found, form, status=422)
    if "confirm" in may:
        actions.confirm_supervision(found, form.limits(), by=request.user)
    else:
        actions.limit_supervision(found, form.limits(), by=request.user)
    messages.success(request, "Kept. The associate is told.")
    return redirect("clinicians:supervision")


@with_profile
@require_POST
def ending(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    found, verb = find(request, public_id), request.POST.get("verb", "")
    if verb not in DONE:
        raise Http404
    if verb in allowed(request.user, found):
        actions.end_supervision(found, verb, by=request.user)
        messages.success(request, DONE[verb])
    else:
        messages.info(request, MEANWHILE)
    return redirect("clinicians:supervision")


def _page(
    request: ClinicianRequest,
    form: SupervisorForm,
    found: list[Clinician] | None = None,
    status: int = 200,
) -> HttpResponse:
    me, known = request.clinician, Supervision.objects.open().in_order()
    mine, confirmed = known.filter(associate=me).first(), supervision_of(me)
    context = {
        "form": form,
        "found": found,
        "mine": mine,
        "limits": limits_in_words(mine) if mine else [],
        "is_in_force": in_force(me, confirmed, timezone.localdate()),
        "guided": list(known.filter(supervisor=me)),
    }
    return render(
        request, "clinicians/supervision/supervision.html", context, status=status
    )


def _one(
    request: ClinicianRequest, found: Supervision, form: LimitsForm, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "supervision": found,
        "allowed": allowed(request.user, found),
        "limits": limits_in_words(found),
        "form": form,
    }
    return render(request, "clinicians/supervision/one.html", context, status=status)
