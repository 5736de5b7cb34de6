"""The door of the staff's pages: to everybody else they do not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from network.accounts.models import User
from network.accounts.permissions import powers
from network.accounts.roles import POWERS

View = Callable[..., HttpResponse]


def staff_only(view: View) -> View:
    """For any active staff member; what a role is needed for, `allowed` says."""

    @wraps(view)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (request.user.is_active and request.user.is_staff):
            raise Http404
        return view(request, *args, **kwargs)

    return gate


def staff_who_may(verb: str) -> QuerySet[User]:
    """Whom to tell of what waits for them."""
    roles = [role for role, may in POWERS.items() if verb in may]
    return User.objects.filter(is_active=True, is_staff=True, roles__overlap=roles)


def power_needed(verb: str) -> Callable[[View], View]:
    """The page exists only for those whose role gives them this."""

    def door(view: View) -> View:
        @wraps(view)
        def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not isinstance(request.user, User) or verb not in powers(request.user):
                raise Http404
            return view(request, *args, **kwargs)

        return gate

    return door
