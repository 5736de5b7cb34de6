from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from home.forms import DeviceForm
from home.requests import PersonRequest
from home.settings import overview

YEAR = 365 * 24 * 3600


@require_GET
def settings(request: PersonRequest) -> HttpResponse:
    page = {"groups_with_states": overview(request)}
    return render(request, "home/settings.html", page)


@require_http_methods(["GET", "POST"])
def appearance(request: PersonRequest) -> HttpResponse:
    """Choices that belong to a device and not to a person are kept in its cookies."""
    kept = {name: field.initial for name, field in DeviceForm.base_fields.items()}
    kept |= {name: request.COOKIES[name] for name in kept if name in request.COOKIES}
    form = DeviceForm(request.POST or None, initial=kept)
    if not form.is_valid():
        return render(request, "home/appearance.html", {"form": form})

    response = redirect("home:appearance")
    for name, value in form.cleaned_data.items():
        response.set_cookie(
            name, value, max_age=YEAR, samesite="Lax", secure=request.is_secure()
        )
    messages.success(request, "Kept for this device.")
    return response
