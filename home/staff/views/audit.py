"""The trail, answerable in words."""

import csv
from collections.abc import Iterator

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from home.staff.audit_form import AuditForm
from home.staff.people import find_person
from home.staff.trail import PAGE, Line, Question, last_anchor, lines
from network.accounts.staff import power_needed
from network.activity.actions import note_export
from network.activity.models import Event
from network.activity.requests import UserRequest

MOST = 20_000
HEADINGS = ("when", "who", "what", "about whom", "why", "from where")
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


@power_needed("read the trail")
@require_safe
def audit(request: UserRequest) -> HttpResponse:
    form = AuditForm(request.GET)
    asked = form.question() if form.is_valid() else Question()
    found = asked.events(request.user)
    if before := form.cleaned_data.get("before"):
        found = found.filter(pk__lt=before)
    shown = list(found[: PAGE + 1]) if form.is_valid() else []
    page = {
        "form": form,
        "person": find_person(asked.person) if asked.person else None,
        "lines": list(lines(shown[:PAGE])),
        "older": form.address(before=shown[PAGE - 1].pk) if len(shown) > PAGE else "",
        "anchor": last_anchor(),
    }
    return render(request, "staff/audit.html", page)


@power_needed("read the trail")
@require_POST
def export(request: UserRequest) -> HttpResponse:
    """The same lines as a file. That they are taken away stands in the trail."""
    form = AuditForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    found = list(form.question().events(request.user)[:MOST])
    note_export(by=request.user, lines=len(found))
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="trail.csv"'
    writer = csv.writer(answer)
    writer.writerow(HEADINGS)
    writer.writerows(_row(line) for line in _in_parts(found))
    return answer


def _in_parts(found: list[Event]) -> Iterator[Line]:
    for first in range(0, len(found), 500):
        yield from lines(found[first : first + 500])


def _row(line: Line) -> list[str]:
    said = (line.who, line.what, line.about, line.why, line.where)
    return [line.at.isoformat(timespec="seconds"), *(_harmless(cell) for cell in said)]


def _harmless(cell: str) -> str:
    """A spreadsheet would take these for the beginning of a formula."""
    return f"'{cell}" if cell.startswith(DANGEROUS) else cell
