"""The very first step: who the national registry, or a member list, says she is."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from network.clinicians.actions.claims import (
    LookedUpTooOftenError,
    accept_invitation,
    claim_entry,
    look_up_entry,
)
from network.clinicians.forms.onboarding import LookUpForm
from network.clinicians.models import Clinician, RegistryEntry
from network.clinicians.permissions import allowed_to_newcomer
from network.clinicians.portrait import Portrait
from network.clinicians.requests import NewcomerRequest

# The number whose entry a look-up has answered with, and the one she has typed.
FOUND, TYPED = "found-entry", "typed-npi"
View = Callable[..., HttpResponse]
BOTH = ["GET", "HEAD", "POST"]


def for_newcomers(view: View) -> View:
    @wraps(view)
    def gate(request: HttpRequest) -> HttpResponse:
        newcomer = cast(NewcomerRequest, request)
        may = allowed_to_newcomer(newcomer.user, newcomer.clinician)
        return view(request) if "claim an entry" in may else redirect("home:today")

    return gate


def typed_npi(request: NewcomerRequest) -> str:
    return str(request.session.get(TYPED, ""))


@for_newcomers
@require_http_methods(BOTH)
def npi(request: NewcomerRequest) -> HttpResponse:
    if request.method != "POST":
        return _ask(request, LookUpForm(initial={"npi": typed_npi(request)}))
    form = LookUpForm(request.POST)
    if not form.is_valid():
        return _ask(request, form, status=422)
    request.session[TYPED] = form.cleaned_data["npi"]
    try:
        entry = look_up_entry(**form.cleaned_data, by=request.user)
    except LookedUpTooOftenError:
        return _ask(request, form, is_too_often=True, status=429)
    if entry is None:
        return _ask(request, form, is_unknown=True)
    request.session[FOUND] = entry.npi
    return redirect("clinicians:welcome_entry")


@for_newcomers
@require_http_methods(BOTH)
def entry(request: NewcomerRequest) -> HttpResponse:
    """Is this you?"""
    entries = RegistryEntry.objects.to_be_claimed()
    found = entries.filter(pk=request.session.get(FOUND, "")).first()
    if found is None:
        return redirect("clinicians:welcome_npi")
    if request.method != "POST":
        return render(request, "clinicians/onboarding/entry.html", {"entry": found})
    claim_entry(found, by=request.user)
    del request.session[FOUND]
    messages.success(request, "Filled in for you to check. Nobody else sees it.")
    return redirect("clinicians:welcome_step", "you")


@for_newcomers
@require_http_methods(BOTH)
def invitation(request: NewcomerRequest) -> HttpResponse:
    """What a member list already says of her."""
    waiting = Clinician.objects.waiting_for(request.user.email).order_by("pk")
    clinician = waiting.with_profile().first()
    if clinician is None or request.clinician is not None:
        return redirect("clinicians:welcome")
    if request.method == "POST":
        accept_invitation(by=request.user)
        return redirect("clinicians:welcome")
    portrait = Portrait.of(clinician, timezone.localdate(), for_colleagues=False)
    context = {"clinician": clinician, "sections": portrait.sections}
    return render(request, "clinicians/onboarding/invitation.html", context)


def _ask(
    request: NewcomerRequest, form: LookUpForm, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"form": form, **more}
    return render(request, "clinicians/onboarding/npi.html", context, status=status)
