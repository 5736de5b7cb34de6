"""What every page behind a client's link begins with."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers

from network.accounts import guessing
from network.clients.crisis import lines_for
from network.clients.doorstep import let_in, visit_of
from network.clients.models import AccessLink

Page = Callable[..., HttpResponse]


def for_visitors(page: Page) -> Page:
    """With the code known in this browser; the page gets the link, not the request's
    word for it.
    """

    @login_not_required
    @wraps(page)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_try(request):
            return too_often(request)
        if (visit := visit_of(request)) is None:
            return over(request)
        if not visit.is_unlocked:
            return redirect("client_link:code")
        try:
            answer = page(request, visit.link, *args, **kwargs)
        except PermissionDenied:
            return over(request)
        except Http404:
            answer = shown(request, "missing", visit.link)
            answer.status_code = 404
        let_in(answer, visit.link, is_unlocked=True)
        add_never_cache_headers(answer)
        return answer

    return gate


def shown(
    request: HttpRequest, name: str, link: AccessLink | None, **page: Any
) -> HttpResponse:
    """Every page has the crisis lines, also of those who know no code."""
    status = 422 if page.get("form") is not None and page["form"].errors else 200
    state = link.party.client.state if link else ""
    page |= {"link": link, "crisis": lines_for(state)}
    answer = render(request, f"client_link/{name}.html", page, status=status)
    add_never_cache_headers(answer)
    return answer


def over(request: HttpRequest) -> HttpResponse:
    """Ended, expired, locked, never true: it looks the same."""
    answer = shown(request, "over", None)
    answer.status_code = 404
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def too_often(request: HttpRequest) -> HttpResponse:
    """She has no account and no password to be told of."""
    answer = shown(request, "often", None)
    answer.status_code = 429
    return answer


def may_try(request: HttpRequest) -> bool:
    return guessing.may_try(request, "network.clients", "client_link", "60/5m/ip")
