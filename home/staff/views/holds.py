"""Legal holds: which there are, a new one on a conversation, and lifting one.

A hold on somebody begins on her page.
"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from home.staff.forms import ConversationHoldForm, LiftingForm
from home.staff.holds import facts, name_of, named, rows
from messaging.actions.holds import hold_conversation, lift_hold
from messaging.holds.permissions import allowed
from messaging.models import Hold
from network.accounts.staff import power_needed
from network.activity.requests import UserRequest

SHOWN = 30  # of those that were lifted


@power_needed("hold")
@require_safe
def holds(request: UserRequest) -> HttpResponse:
    found = Hold.objects.select_related("clinician", "conversation", "set_by")
    lifted = found.filter(lifted_at__isnull=False).order_by("-lifted_at")
    page = {
        "standing": rows(found.standing().order_by("-set_at", "-pk")),
        "lifted": rows(lifted[:SHOWN]),
    }
    return render(request, "staff/holds.html", page)


@power_needed("hold")
@sensitive_post_parameters("matter")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: UserRequest) -> HttpResponse:
    """What it would be on is shown first."""
    form = ConversationHoldForm(request.POST or None)
    if not form.is_valid():
        return render(request, "staff/new_hold.html", {"form": form})
    said = form.cleaned_data
    if "set" not in request.POST:
        page = {"form": form, "name": named(said["conversation"])}
        return render(request, "staff/sure_of_hold.html", page)
    found = hold_conversation(by=request.user, **said)
    messages.success(request, "The hold stands, and is recorded.")
    return redirect("staff:hold", found.public_id)


@power_needed("hold")
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: UserRequest, public_id: UUID) -> HttpResponse:
    found = get_object_or_404(Hold, public_id=public_id)
    form = LiftingForm(request.POST or None)
    if form.is_valid():
        lift_hold(found, why=form.cleaned_data["why"], by=request.user)
        messages.success(request, "The hold is lifted. What was due goes within hours.")
        return redirect("staff:hold", public_id)
    page = {
        "hold": found,
        "name": name_of(found),
        "facts": facts(found),
        "allowed": allowed(request.user, found),
        "form": form,
    }
    return render(request, "staff/hold.html", page)
