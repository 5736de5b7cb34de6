"""Whether colleagues see when somebody is here."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from home.forms import PresenceForm
from home.requests import PersonRequest
from messaging.actions.manners import show_presence
from messaging.models import Manners


@require_http_methods(["GET", "POST"])
def presence(request: PersonRequest) -> HttpResponse:
    clinician = request.clinician
    if clinician is None:
        raise Http404
    shown = "shown" if Manners.objects.shows(clinician) else "hidden"
    form = PresenceForm(request.POST or None, initial={"presence": shown})
    if not form.is_valid():
        return render(request, "home/preferences/presence.html", {"form": form})

    show_presence(clinician, is_shown=form.is_shown, by=request.user)
    messages.success(request, "Kept. It holds in every conversation.")
    return redirect("home:presence")
