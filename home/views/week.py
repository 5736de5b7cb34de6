"""The week ahead, in one's own time zone."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from home.week.days import days_of
from home.week.span import Span
from network.clinicians.requests import VisitorRequest

FIRST, LAST = 2000, 2200


@require_safe
def week(
    request: VisitorRequest, year: int | None = None, number: int | None = None
) -> HttpResponse:
    """Any week by its number in the calendar; without one the present."""
    me = request.clinician
    if me is None or not me.is_verified:
        return render(request, "home/week/not_yet.html", status=403)
    span = _span(year, number)
    page = {
        "span": span,
        "days": days_of(me, span),
        "before": _numbered(span.previous),
        "after": _numbered(span.next),
        "zone": timezone.get_current_timezone_name().replace("_", " "),
    }
    piece = "_days" if request.htmx else "week"
    return render(request, f"home/week/{piece}.html", page)


def _span(year: int | None, number: int | None) -> Span:
    if year is None or number is None:
        return Span.of_today()
    try:
        monday = date.fromisocalendar(year, number, 1)
    except ValueError:
        raise Http404("no such week") from None
    if not FIRST < year < LAST:
        raise Http404("no week that anybody asks for")
    return Span(monday)


def _numbered(span: Span) -> tuple[int, int]:
    year, number, _ = span.monday.isocalendar()
    return year, number
