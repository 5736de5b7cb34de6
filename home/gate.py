"""Before anything else: coming back, or not, and what one joins by."""

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from home.requests import PersonRequest
from network.accounts.agreements import has_agreed

# Whoever agrees to nothing may still read, change settings, take her data, leave.
OPEN = ("/account/", "/agreements/", "/settings/")
SHUT = ("/account/tokens/",)
API = "/api/"
TOLD = {
    "path": "",
    "code": "agreements_required",
    "message": "Please accept the agreements first, on the site.",
}


def middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Stands where the person is known, and before any view."""

    def answer(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(
        request: HttpRequest, view: Any, *_: object
    ) -> HttpResponse | None:
        if _is_open(request, view) or not request.user.is_authenticated:
            return None
        return _what_comes_first(cast(PersonRequest, request))

    answer.process_view = process_view  # type: ignore[attr-defined]
    return answer


def _is_open(request: HttpRequest, view: Any) -> bool:
    """What strangers may see needs no agreement; but at home a person is known.

    A token speaks for whoever has agreed: else she could not have made it.
    """
    if request.path.startswith(API):
        return "Authorization" in request.headers
    if request.path.startswith(SHUT):
        return False
    for_strangers = not getattr(view, "login_required", True)
    return request.path.startswith(OPEN) or (for_strangers and request.path != "/")


def _what_comes_first(request: PersonRequest) -> HttpResponse | None:
    if request.user.is_closing:
        return _lead(request, reverse("home:closing"))
    if has_agreed(request.user) or _is_under_way(request):
        return None
    came_from = {"next": request.path} if request.method == "GET" else {}
    return _lead(request, f"{reverse('home:agreements')}?{urlencode(came_from)}")


def _is_under_way(request: PersonRequest) -> bool:
    """A new version waits for the next page: nothing that is being written is lost."""
    is_page = request.method == "GET" and not request.path.startswith(API)
    return request.user.agreed_to != "" and (not is_page or bool(request.htmx))


def _lead(request: PersonRequest, address: str) -> HttpResponse:
    if request.path.startswith(API):
        return JsonResponse({"errors": [TOLD]}, status=403)
    if request.htmx:
        return HttpResponseClientRedirect(address)
    return redirect(address)
