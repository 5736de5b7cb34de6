"""Endorsing a colleague, and one's own endorsements: received and given."""

from collections.abc import Callable
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

from network.clinicians.actions import endorsements as actions
from network.clinicians.endorsements.lines import lines_of
from network.clinicians.endorsements.permissions import allowed, allowed_towards
from network.clinicians.forms.endorsement import EndorsementForm
from network.clinicians.models import Clinician, Endorsement
from network.clinicians.requests import ClinicianRequest
from network.clinicians.views.own import with_profile

Change = Callable[..., None]
CHANGES: dict[str, tuple[Change, str]] = {
    "renew": (actions.renew_endorsement, "Renewed: it counts in full for a year."),
    "withdraw": (actions.withdraw_endorsement, "Taken back."),
    "hide": (actions.hide_endorsement, "Hidden: nobody but you sees it."),
    "show": (actions.show_endorsement, "Colleagues see it again."),
}
ENOUGH = "Ten endorsements a day are the most. Please come back tomorrow."


@with_profile
@require_safe
def endorsements(request: ClinicianRequest) -> HttpResponse:
    """Hers: what was said of her, and what she said."""
    me, today = request.clinician, timezone.localdate()
    hers = Endorsement.objects.visible_to(me).with_reciprocity(today).with_people()
    context = {
        "received": lines_of(hers.filter(endorsed=me), today),
        "given": lines_of(hers.filter(endorser=me), today),
    }
    return render(request, "clinicians/endorsements/endorsements.html", context)


@with_profile
@require_http_methods(["GET", "HEAD", "POST"])
def endorsement(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    seen = Clinician.objects.visible_to(request.clinician).verified()
    colleague = get_object_or_404(seen, public_id=public_id)
    if "endorse" not in allowed_towards(request.user, colleague):
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = EndorsementForm(request.clinician, colleague, data)
    if not form.is_valid() or not _is_kept(request, colleague, form):
        context = {"colleague": colleague, "form": form}
        status = 422 if form.is_bound else 200
        template = "clinicians/endorsements/endorse.html"
        return render(request, template, context, status=status)
    messages.success(request, f"{colleague} is told of your endorsement.")
    return redirect("clinicians:colleague", colleague.public_id)


@with_profile
@require_POST
def change(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    """Renew, withdraw, hide or show it: what the pressed button says."""
    hers = Endorsement.objects.visible_to(request.clinician)
    found = get_object_or_404(hers, public_id=public_id)
    verb = request.POST.get("verb", "")
    if verb not in CHANGES or verb not in allowed(request.user, found):
        raise Http404
    act, said = CHANGES[verb]
    act(found, by=request.user)
    messages.success(request, said)
    return redirect("clinicians:endorsements")


def _is_kept(request: ClinicianRequest, colleague: Clinician, form: Any) -> bool:
    try:
        actions.endorse(request.clinician, colleague, form.claim(), by=request.user)
    except actions.TooManyEndorsementsError:
        form.add_error(None, ENOUGH)
        return False
    return True
