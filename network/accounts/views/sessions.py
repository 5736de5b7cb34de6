"""The browsers in which somebody is signed in, and staying signed in."""

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST, require_safe

from network.accounts.actions.sessions import end_other_sessions, end_session
from network.accounts.browsers import browsers_of
from network.accounts.idling import passive, seconds_left
from network.activity.requests import UserRequest


@require_safe
def sessions(request: UserRequest) -> HttpResponse:
    kept = browsers_of(request.user, here=request.session.session_key or "")
    page = {
        "kept": kept,
        "idle_minutes": settings.SESSION_IDLE_SECONDS // 60,
        "hours": settings.SESSION_COOKIE_AGE // 3600,
    }
    return render(request, "usersessions/usersession_list.html", page)


@require_POST
def others(request: UserRequest) -> HttpResponse:
    end_other_sessions(request, why="by hand")
    messages.success(request, "You are signed out everywhere but here.")
    return redirect("accounts:sessions")


@require_POST
def ending(request: UserRequest, pk: int) -> HttpResponse:
    mine = UserSession.objects.filter(user=request.user)
    other = mine.exclude(session_key=request.session.session_key)
    end_session(get_object_or_404(other, pk=pk), by=request.user)
    messages.success(request, "That browser is signed out.")
    return redirect("accounts:sessions")


@passive
@require_GET
def left(request: UserRequest) -> HttpResponse:
    """For the page's own clock: how long until it is over."""
    return JsonResponse({"left": seconds_left(request.session)})


@require_POST
def stay(request: UserRequest) -> HttpResponse:
    """Coming here was the step; there is nothing else to do."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204)
    return redirect(settings.LOGIN_REDIRECT_URL)
