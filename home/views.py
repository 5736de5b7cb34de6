from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render

from home import agenda
from home.forms import DeviceForm
from network.clinicians.requests import VisitorRequest

YEAR = 365 * 24 * 3600


@login_not_required
def today(request: VisitorRequest) -> HttpResponse:
    """What needs me today; for a visitor, what this is."""
    if not request.user.is_authenticated:
        return render(request, "home/welcome.html")
    steps = agenda.steps(request.user, request.clinician)
    return render(request, "home/today.html", {"steps": steps})


def device(request: VisitorRequest) -> HttpResponse:
    """Choices that belong to a device and not to a person are kept in its cookies."""
    kept = {"appearance": "auto", "keys": "on"} | {
        name: request.COOKIES[name]
        for name in DeviceForm.base_fields
        if name in request.COOKIES
    }
    form = DeviceForm(request.POST or None, initial=kept)
    if not form.is_valid():
        return render(request, "home/device.html", {"form": form})

    response = redirect("home:device")
    for name, value in form.cleaned_data.items():
        response.set_cookie(
            name, value, max_age=YEAR, samesite="Lax", secure=request.is_secure()
        )
    messages.success(request, "Kept for this device.")
    return response
