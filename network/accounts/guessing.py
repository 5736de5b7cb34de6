"""A link is opened now and then, and a code typed; who tries more is guessing."""

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse


def may_try(request: HttpRequest, app: str, action: str, rate: str) -> bool:
    """Counts it. `rate` as allauth writes it: "60/5m/ip"."""
    return bool(
        ratelimit.consume(
            request, app=app, action=action, config={action: rate}, limit_get=True
        )
    )


def too_often(request: HttpRequest) -> HttpResponse:
    answer: HttpResponse = ratelimit.respond_429(request)
    return answer
