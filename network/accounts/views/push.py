"""Whether the browser in somebody's hands is told that there is news."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from network.accounts.actions.push import switch_off, switch_on
from network.accounts.models import PushSubscription
from network.accounts.push.keys import is_offered
from network.accounts.push.said import UnknownBrowserError, read_subscription
from network.accounts.push.wish import forget, remember
from network.activity.requests import UserRequest

SETTINGS = "home:notifications"
UNKNOWN = (
    "This browser names a push service that is not known here, so it cannot be told."
)


@require_POST
def switching_on(request: UserRequest) -> HttpResponse:
    """By a press of the button; or by the page itself, for whoever wanted it before."""
    if not is_offered():
        raise Http404
    is_quiet = "X-Passive" in request.headers
    response = HttpResponse(status=204) if is_quiet else redirect(SETTINGS)
    try:
        details = read_subscription(request.POST.get("subscription", ""))
    except UnknownBrowserError:
        if is_quiet:
            return HttpResponse(status=422)
        messages.error(request, UNKNOWN)
        return response
    switch_on(_session(request), details, by=request.user)
    remember(request, response, request.user)
    if not is_quiet:
        messages.success(request, "This device is told from now on.")
    return response


@require_POST
def switching_off(request: UserRequest, pk: str) -> HttpResponse:
    mine = PushSubscription.objects.visible_to(request.user).select_related("session")
    subscription = get_object_or_404(mine, public_id=pk)
    is_here = subscription.session.session_key == request.session.session_key
    switch_off(subscription, by=request.user)
    response = redirect(SETTINGS)
    if is_here:
        forget(request, response)
    messages.success(request, "That device is told no more.")
    return response


def _session(request: UserRequest) -> UserSession:
    key = request.session.session_key
    return get_object_or_404(UserSession, user=request.user, session_key=key)
