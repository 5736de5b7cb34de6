from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from home import agenda
from network.clinicians.requests import VisitorRequest


@login_not_required
def today(request: VisitorRequest) -> HttpResponse:
    """What needs me today; for a visitor, what this is."""
    if not request.user.is_authenticated:
        return render(request, "home/welcome.html")
    if request.clinician is None and not request.user.is_staff:
        return redirect("clinicians:welcome")
    steps = agenda.steps(request.user, request.clinician)
    page = {"steps": steps, "own_zone": timezone.get_default_timezone_name()}
    return render(request, "home/today.html", page)
