"""The moderators' queue, an inquiry with what was reported, and its next step."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from home.staff.forms import StepForm
from home.staff.steps import STEPS, history, words_of_proposal
from network.accounts.staff import power_needed
from network.activity.requests import UserRequest
from network.clinicians.actions.reports import move_inquiry, open_inquiry
from network.clinicians.models import Inquiry
from network.clinicians.moderation.permissions import allowed


@power_needed("moderate")
@require_safe
def reports(request: UserRequest) -> HttpResponse:
    mine = Inquiry.objects.visible_to(request.user).select_related("clinician")
    page = {
        "waiting": mine.waiting().oldest_first(),
        "settled": mine.exclude(pk__in=mine.waiting()).order_by("-since")[:30],
    }
    return render(request, "staff/reports.html", page)


@power_needed("moderate")
@require_safe
def inquiry(request: UserRequest, public_id: UUID) -> HttpResponse:
    found = _find(request, public_id)
    open_inquiry(found, by=request.user)
    may = allowed(request.user, found)
    page = {
        "inquiry": found,
        "reports": found.reports.select_related("reporter"),
        "history": history(found),
        "steps": [step for step in STEPS if step.verb in may],
    }
    return render(request, "staff/inquiry.html", page)


@power_needed("moderate")
@require_http_methods(["GET", "POST"])
def step(request: UserRequest, public_id: UUID, slug: str) -> HttpResponse:
    found = _find(request, public_id)
    may = allowed(request.user, found)
    what = next((one for one in STEPS if one.slug == slug and one.verb in may), None)
    if what is None:
        raise Http404
    form = StepForm(
        request.POST or None,
        verb=what.verb,
        initial={"words": words_of_proposal(found, what.verb)},
    )
    if form.is_valid():
        move_inquiry(found, what.verb, by=request.user, **form.cleaned_data)
        messages.success(request, f"{what.label}: done, and recorded.")
        return redirect("staff:inquiry", public_id)
    page = {"inquiry": found, "step": what, "form": form}
    return render(request, "staff/step.html", page)


def _find(request: UserRequest, public_id: UUID) -> Inquiry:
    mine = Inquiry.objects.visible_to(request.user).select_related("clinician")
    return get_object_or_404(mine, public_id=public_id)
