"""Reporting a colleague's profile, and where a reported person reads how she stands."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from network.activity.models import Event
from network.clinicians.actions.reports import (
    TooManyReportsError,
    move_inquiry,
    report_profile,
)
from network.clinicians.events import InquiryEvent
from network.clinicians.forms.report import AppealForm, ReportForm
from network.clinicians.models import Clinician, Inquiry
from network.clinicians.moderation.permissions import allowed as allowed_on
from network.clinicians.permissions import allowed
from network.clinicians.requests import ClinicianRequest
from network.clinicians.views.colleague import find
from network.clinicians.views.own import with_profile
from network.privacy.models import ReasonWords

TOLD_HER = (InquiryEvent.REMEDY_ASKED, InquiryEvent.SUSPENDED, InquiryEvent.UPHELD)
THANKS = "Thank you. Moderators look at it within a day. The colleague is not told."

ENOUGH = (
    "Five reports a day are the most. Please come back tomorrow, or write to the "
    "moderators if it cannot wait."
)


@with_profile
@require_http_methods(["GET", "POST"])
def report(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    colleague = find(request, public_id)
    if "report" not in allowed(request.user, colleague):
        raise Http404
    form = ReportForm(request.POST or None)
    if not form.is_valid() or not _is_filed(request, colleague, form):
        page = {"form": form, "clinician": colleague}
        return render(request, "clinicians/report/report.html", page)
    messages.success(request, THANKS)
    return redirect("clinicians:colleague", public_id)


@with_profile
@require_http_methods(["GET", "POST"])
def standing(request: ClinicianRequest) -> HttpResponse:
    """What staff have told her about her profile; never who reported it."""
    inquiry = request.clinician.inquiries.order_by("-pk").first()
    may = allowed_on(request.user, inquiry) if inquiry else frozenset()
    form = AppealForm(request.POST or None) if "appeal" in may else None
    if inquiry and form and form.is_valid():
        words = form.cleaned_data["words"]
        move_inquiry(inquiry, "appeal", by=request.user, words=words)
        messages.success(request, "Your appeal has reached the moderators.")
        return redirect("clinicians:standing")
    page = {"form": form, "inquiry": inquiry, "said": _said(inquiry)}
    return render(request, "clinicians/report/standing.html", page)


def _is_filed(
    request: ClinicianRequest, colleague: Clinician, form: ReportForm
) -> bool:
    me, said = request.clinician, form.cleaned_data
    try:
        report_profile(colleague, reporter=me, by=request.user, **said)
    except TooManyReportsError:
        form.add_error(None, ENOUGH)
        return False
    return True


def _said(inquiry: Inquiry | None) -> dict[str, object]:
    """The last that staff wrote to her; nothing while no word was for her."""
    if inquiry is None:
        return {}
    told = Event.objects.about(inquiry).filter(verb__in=TOLD_HER)
    if (event := told.last()) is None:
        return {}
    kept = ReasonWords.objects.filter(event_id=event.public_id).first()
    return {"at": event.at, "words": kept.words if kept else ""}
