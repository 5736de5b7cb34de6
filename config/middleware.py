"""What happens to every request and answer, outermost first."""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect

from config.gate import API
from network.clinicians.models import Clinician
from network.clinicians.requests import VisitorRequest

Answer = Callable[[HttpRequest], HttpResponse]
# What a browser may offer to a page, and no page here has a use for.
UNUSED = (
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "microphone",
    "payment",
    "usb",
)


def private_pages(get_response: Answer) -> Answer:
    """Keep what a member sees out of every cache and of other sites' pages, and clear
    the browser at sign-out.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        response["Permissions-Policy"] = ", ".join(f"{name}=()" for name in UNUSED)
        if _is_for_one(request):
            add_never_cache_headers(response)
        if _is_sign_out(request):
            response["Clear-Site-Data"] = '"cache", "storage"'
        return response

    return middleware


def _is_for_one(request: HttpRequest) -> bool:
    """A program with a token has no session, and is somebody too."""
    if request.path.startswith(API):
        return True
    return request.session.accessed and request.user.is_authenticated


def _is_sign_out(request: HttpRequest) -> bool:
    match = request.resolver_match
    return (
        request.method == "POST"
        and match is not None
        and match.view_name == "account_logout"
    )


def fragments(get_response: Answer) -> Answer:
    """A page and its pieces share an address; a lost session shows the sign-in."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        patch_vary_headers(response, ["HX-Request"])
        if cast(VisitorRequest, request).htmx and _asks_to_sign_in(response):
            return HttpResponseClientRedirect(resolve_url(settings.LOGIN_URL))
        return response

    return middleware


def _asks_to_sign_in(response: HttpResponse) -> bool:
    sign_in = resolve_url(settings.LOGIN_URL)
    return response.status_code == 302 and response["Location"].startswith(sign_in)


def clinician(get_response: Answer) -> Answer:
    """The domain speaks of clinicians: None for a visitor and for staff alone."""

    def middleware(request: HttpRequest) -> HttpResponse:
        frame = cast(VisitorRequest, request)
        frame.clinician = (
            Clinician.objects.filter(user_id=request.user.pk).first()
            if request.user.is_authenticated
            else None
        )
        return get_response(request)

    return middleware
