"""A word about openings in one tap: signed in, or by the link of a mail."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from network.accounts.guessing import may_try, too_often
from network.clinicians.actions.openings_links import answer_by_link
from network.clinicians.forms.openings_word import PAUSES, OpeningsWordForm
from network.clinicians.models import OpeningsLink
from network.clinicians.models.opening import oldest, total
from network.clinicians.openings_token import link_of
from network.clinicians.requests import ClinicianRequest
from network.clinicians.views.own import with_profile

COOKIE = "openings" if settings.DEBUG else "__Secure-openings"
LINKS = ("network.clinicians", "openings", "30/5m/ip")
KEPT = "Kept. Colleagues see it at once."


@with_profile
@require_POST
def openings_word(request: ClinicianRequest) -> HttpResponse:
    form = OpeningsWordForm(request.POST)
    if form.is_valid():
        form.cleaned_data["word"](request.clinician, by=request.user)
        messages.success(request, KEPT)
    else:
        messages.warning(request, str(form.errors["word"][0]))
    return redirect(resolve_url(settings.LOGIN_REDIRECT_URL))


@login_not_required
@require_safe
def openings_arrival(request: HttpRequest, token: str) -> HttpResponse:
    """The token leaves the address at once, for a cookie that only this page gets."""
    if not may_try(request, *LINKS):
        return too_often(request)
    link = link_of(token)
    if link is None:
        return _over(request)
    response = redirect("clinicians:openings_answer")
    response.set_cookie(
        COOKIE,
        token,
        max_age=link.expires_at - timezone.now(),
        path=reverse("clinicians:openings_answer"),
        secure=not settings.DEBUG,
        httponly=True,
        samesite="Lax",  # it is set on the way from a mail: stricter would lose it
    )
    response["Referrer-Policy"] = "no-referrer"
    add_never_cache_headers(response)
    return response


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def openings_answer(request: HttpRequest) -> HttpResponse:
    """Counts and dates alone: it could be read by whoever got the mail forwarded."""
    if not may_try(request, *LINKS):
        return too_often(request)
    link = link_of(request.COOKIES.get(COOKIE, ""))
    if link is None:
        return _over(request)
    form = OpeningsWordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _answer(request, link, form)
    return _page(request, link, form)


def _answer(
    request: HttpRequest, link: OpeningsLink, form: OpeningsWordForm
) -> HttpResponse:
    try:
        answer_by_link(link, form.cleaned_data["word"])
    except PermissionDenied:
        return _over(request)
    messages.success(request, KEPT)
    return redirect("clinicians:openings_answer")


def _page(
    request: HttpRequest, link: OpeningsLink, form: OpeningsWordForm
) -> HttpResponse:
    status = 422 if form.errors else 200
    context = {"form": form, **said_of(link)}
    response = render(
        request, "clinicians/openings/answer.html", context, status=status
    )
    add_never_cache_headers(response)
    return response


def said_of(link: OpeningsLink) -> dict[str, Any]:
    today = timezone.localdate()
    openings = list(link.clinician.openings.all())
    away = link.clinician.absences.filter(
        starts_on__lte=today, ends_on__gte=today, coverer=None
    )
    return {
        "total": total(openings),
        "confirmed_on": oldest(openings),
        "is_confirmed_today": oldest(openings) == today,
        "away": away.first(),
        "pauses": PAUSES,
        "expires_at": link.expires_at,
    }


def _over(request: HttpRequest) -> HttpResponse:
    """Expired, ended, never true: it looks the same."""
    response = render(request, "clinicians/openings/over.html", status=404)
    response["Referrer-Policy"] = "no-referrer"
    add_never_cache_headers(response)
    return response
