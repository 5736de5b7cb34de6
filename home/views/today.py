from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from home import agenda
from network.clinicians.models import Clinician
from network.clinicians.requests import VisitorRequest
from referrals.lines import lines_of
from referrals.worklists import held_by

FIRST = 3


@login_not_required
def today(request: VisitorRequest) -> HttpResponse:
    """What needs me today; for a visitor, what this is."""
    if not request.user.is_authenticated:
        return render(request, "home/welcome.html")
    if request.clinician is None and not request.user.is_staff:
        return redirect("clinicians:welcome")
    steps = agenda.steps(request.user, request.clinician)
    page = {
        "steps": steps,
        "own_zone": timezone.get_default_timezone_name(),
        **_referrals(request.clinician),
    }
    return render(request, "home/today.html", page)


def _referrals(clinician: Clinician | None) -> dict[str, object]:
    """What waits in them: how much, and the first of it."""
    if clinician is None or not clinician.is_verified:
        return {}
    held = held_by(clinician)
    ahead = [one for one in held.values() if one.count and one.what.slug != "over"]
    return {"counted": ahead, "lines": lines_of(clinician, held["mine"].keys[:FIRST])}
