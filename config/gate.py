"""Without a second factor the network stays shut: what concerns clients, and others.

Open are the way in, one's own account, settings and profile, and whatever is open to
strangers anyway. A token is past the gate, since it is made behind it.
"""

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, resolve_url
from django_htmx.http import HttpResponseClientRedirect

from network.accounts.models import User
from network.accounts.second_factor import is_past_the_gate
from network.clinicians.requests import VisitorRequest

OPEN = ("/account/", "/agreements/", "/profile/", "/settings/", "/welcome/")
# Shut although their neighbours are open.
SHUT = (
    "/account/push/",
    "/account/tokens/",
    "/profile/away/",  # it says whether a coverer is here
    "/profile/blocks/",
    "/profile/conflicts/",
    "/profile/endorsements/",
    "/profile/supervision/",
)
API = "/api/"
PAGE = "accounts:second_factor"
TOLD = {
    "path": "",
    "code": "second_factor_required",
    "message": "Please set up a second factor, or sign in with the one you have.",
}


def gate(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def answer(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(
        request: HttpRequest, view: Any, *_: object
    ) -> HttpResponse | None:
        if is_open(request, view) or is_past(request):
            return None
        return _turned_away(cast(VisitorRequest, request))

    answer.process_view = process_view  # type: ignore[attr-defined]
    return answer


def is_past(request: HttpRequest) -> bool:
    user = request.user
    return not isinstance(user, User) or is_past_the_gate(request.session, user)


def is_open(request: HttpRequest, view: Any) -> bool:
    if request.path.startswith(API):
        return "Authorization" in request.headers
    if request.path.startswith(SHUT) or request.path == "/":
        return False
    return request.path.startswith(OPEN) or not getattr(view, "login_required", True)


def _turned_away(request: VisitorRequest) -> HttpResponse:
    if request.path.startswith(API):
        return JsonResponse({"errors": [TOLD]}, status=403)
    if request.htmx:
        return HttpResponseClientRedirect(resolve_url(PAGE))
    return redirect(PAGE)
