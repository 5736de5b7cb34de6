"""What every page behind a guest's link begins with."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from network.accounts import guessing
from referrals.guests.doorstep import visit_of
from referrals.models import GuestLink

Page = Callable[..., HttpResponse]


def for_guests(page: Page) -> Page:
    """The page gets the link, not the request's word for it."""

    @login_not_required
    @wraps(page)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_try(request):
            return guessing.too_often(request)
        link = visit_of(request)
        return page(request, link, *args, **kwargs) if link else over(request)

    return gate


def shown(
    request: HttpRequest, name: str, link: GuestLink | None, **page: Any
) -> HttpResponse:
    form = page.get("form")
    status = 422 if form is not None and form.errors else 200
    page |= {"link": link, "offer": link.offer if link else None}
    answer = render(request, f"guest/{name}.html", page, status=status)
    add_never_cache_headers(answer)
    return answer


def over(request: HttpRequest) -> HttpResponse:
    """Ended, expired, taken over, never true: it looks the same."""
    answer = shown(request, "over", None)
    answer.status_code = 404
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def may_try(request: HttpRequest) -> bool:
    return guessing.may_try(request, "referrals", "guest_link", "60/5m/ip")
