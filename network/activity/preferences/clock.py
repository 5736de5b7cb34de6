"""On whose clock a page or a mail tells the time: its reader's."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from network.activity.models import Preferences

if TYPE_CHECKING:
    from network.accounts.models import User


def preferences_of(user: "User | AnonymousUser") -> Preferences:
    """Hers, or what holds for whoever has said nothing; kept nowhere then."""
    found: Preferences | None = getattr(user, "preferences", None)
    return found or Preferences()


def zone_of(preferences: Preferences) -> ZoneInfo | None:
    """None stands for the network's own."""
    known = preferences.time_zone in zones()
    return ZoneInfo(preferences.time_zone) if known else None


@cache
def zones() -> frozenset[str]:
    """Named by region and place; what is there for old programs is left out."""
    old = ("Etc/", "SystemV/", "US/", "posix/", "right/")
    names = (name for name in available_timezones() if "/" in name)
    return frozenset(name for name in names if not name.startswith(old)) | {"UTC"}


def on_the_clock_of(preferences: Preferences) -> AbstractContextManager[None]:
    return timezone.override(zone_of(preferences))


def middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Stands where the person is known; she is read together with her preferences."""

    def answer(request: HttpRequest) -> HttpResponse:
        with on_the_clock_of(preferences_of(request.user)):
            return get_response(request)

    return answer
