"""One's own claims: how each stands, what shows it, what to do meanwhile."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from network.clinicians.actions.decisions import reply
from network.clinicians.actions.evidence import (
    EnoughError,
    attach_evidence,
    open_evidence,
    remove_evidence,
)
from network.clinicians.forms.verification import EvidenceForm, ReplyForm
from network.clinicians.models import Evidence
from network.clinicians.requests import ClinicianRequest
from network.clinicians.verification.files import KINDS
from network.clinicians.verification.permissions import OvertakenError
from network.clinicians.views.own import with_profile
from network.clinicians.views.verification import shown
from network.privacy.files import headers, tidy_name

OWN = "clinicians:own_verification"


@with_profile
@require_safe
def overview(request: ClinicianRequest) -> HttpResponse:
    clinician = request.clinician
    claims = list(shown(request.user, clinician))
    context = {"clinician": clinician, "claims": claims}
    return render(request, "clinicians/verification/own.html", context)


@with_profile
@require_http_methods(["GET", "HEAD", "POST"])
def evidence(request: ClinicianRequest, key: str) -> HttpResponse:
    here = _claim(request, key, "attach")
    if request.method != "POST":
        return _form(request, here, "evidence", EvidenceForm())
    form = EvidenceForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, here, "evidence", form, status=422)
    link, file = form.cleaned_data["link"], form.cleaned_data["file"]
    try:
        attach_evidence(request.clinician, key, link, file, by=request.user)
    except (EnoughError, OvertakenError):
        messages.warning(request, "Nothing more can be attached here.")
    else:
        messages.success(request, "Attached. Staff see it when they look at your file.")
    return redirect(OWN)


@with_profile
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: ClinicianRequest, key: str) -> HttpResponse:
    here = _claim(request, key, "answer", "appeal")
    if request.method != "POST":
        return _form(request, here, "reply", ReplyForm())
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _form(request, here, "reply", form, status=422)
    try:
        reply(request.clinician, key, form.cleaned_data["words"], by=request.user)
    except OvertakenError:
        messages.warning(request, "Staff were quicker: this is how it stands now.")
    else:
        messages.success(request, "Sent. Staff look at it again.")
    return redirect(OWN)


@with_profile
@require_POST
def removal(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    own = Evidence.objects.filter(clinician=request.clinician)
    remove_evidence(get_object_or_404(own, public_id=public_id), by=request.user)
    return redirect(OWN)


@require_safe
def evidence_file(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    """Downloaded, never shown: whatever it holds, it runs nothing here."""
    seen = Evidence.objects.visible_to(request.user).with_file()
    found = get_object_or_404(seen, public_id=public_id)
    content = open_evidence(found, by=request.user)
    kind = KINDS[found.media_type]
    name = tidy_name(f"evidence-{str(found.public_id)[:8]}", kind)
    return HttpResponse(content, headers=headers(kind, name))


def _claim(request: ClinicianRequest, key: str, *verbs: str) -> dict[str, Any]:
    for one in shown(request.user, request.clinician):
        if one["key"] == key and one["allowed"] & {*verbs}:
            return one
    raise Http404


def _form(
    request: ClinicianRequest,
    here: dict[str, Any],
    name: str,
    form: Any,
    status: int = 200,
) -> HttpResponse:
    context = {"one": here, "form": form}
    template = f"clinicians/verification/{name}.html"
    return render(request, template, context, status=status)
