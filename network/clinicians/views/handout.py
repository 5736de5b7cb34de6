"""A printed sheet about a few colleagues: it knows of no need and of no client."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from network.clinicians import pdf
from network.clinicians.forms.handout import MOST, sheet_of
from network.clinicians.models import Clinician
from network.clinicians.requests import ClinicianRequest, is_uuid
from network.clinicians.supervision.naming import standings
from network.clinicians.views.find_gate import for_searchers


@for_searchers
@require_http_methods(["GET", "HEAD", "POST"])
def handout(request: ClinicianRequest) -> HttpResponse:
    """Its address alone says nobody: who comes by it chooses on the shortlist."""
    if request.method != "POST":
        return redirect("clinicians:list", "shortlist")
    people = _people(request)
    if not 0 < len(people) <= MOST:
        messages.warning(request, f"Choose one to {MOST} colleagues for the sheet.")
        return redirect("clinicians:list", "shortlist")
    context = {
        **_context(request, people),
        "people": people,
        "has_pdf": pdf.is_possible(),
    }
    return render(request, "clinicians/handout/handout.html", context)


@for_searchers
@require_POST
def handout_pdf(request: ClinicianRequest) -> HttpResponse:
    people = _people(request)[:MOST]
    if not people or not pdf.is_possible():
        raise Http404
    html = render_to_string("clinicians/handout/print.html", _context(request, people))
    return HttpResponse(
        pdf.pdf_of(html),
        content_type="application/pdf",
        headers={"Content-Disposition": 'attachment; filename="colleagues.pdf"'},
    )


def _people(request: ClinicianRequest) -> list[Clinician]:
    ids = [one for one in request.POST.getlist("person") if is_uuid(one)]
    seen = Clinician.objects.visible_to(request.clinician).verified().with_profile()
    found = {str(one.public_id): one for one in seen.filter(public_id__in=ids)}
    return [found[one] for one in dict.fromkeys(ids) if one in found]


def _context(request: ClinicianRequest, people: list[Clinician]) -> dict[str, Any]:
    today = timezone.localdate()
    known = standings(request.clinician, people, today)
    sheets = [sheet_of(one, today, known.get(one.public_id, "")) for one in people]
    return {"sheets": sheets, "today": today}
