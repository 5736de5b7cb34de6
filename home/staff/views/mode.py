"""In which mode the network runs, since when, and by whom."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from home.actions.mode import switch_mode
from home.staff.mode_form import IdentityForm
from network.accounts.agreements import IN_FORCE
from network.accounts.staff import power_needed
from network.activity.requests import UserRequest
from network.privacy.mode import current_mode
from network.privacy.models import Mode, ModeSwitch


@power_needed("set the mode")
@require_http_methods(["GET", "POST"])
def mode(request: UserRequest) -> HttpResponse:
    """A POST switches to identity mode; the way back has an address of its own."""
    form = IdentityForm(request.POST or None)
    if form.is_valid():
        switch_mode(Mode.IDENTITY, agreement=form.agreement, by=request.user)
        messages.success(request, "Identity mode is on.")
        return redirect("staff:mode")
    switches = ModeSwitch.objects.select_related("switched_by").order_by("-pk")
    page = {"form": form, "mode": current_mode(), "switches": switches[:20]}
    return render(request, "staff/mode.html", page | {"in_force": IN_FORCE})


@power_needed("set the mode")
@require_POST
def no_identity(request: UserRequest) -> HttpResponse:
    switch_mode(Mode.NO_IDENTITY, agreement=None, by=request.user)
    messages.success(request, "No-identity mode is on.")
    return redirect("staff:mode")
