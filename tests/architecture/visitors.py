"""Who knocks at the doors: nobody in particular, or somebody who stays signed in."""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import resolve_url
from django.test import Client

from network.accounts.pace import PACE
from network.clinicians.models import Clinician
from tests.architecture.doors import Door
from tests.conftest import signed_in

# Whoever opens one of these is signed in no more.
ENDING = {"account_logout"}


class Stranger:
    """Each time a new browser."""

    def knock(self, door: Door, method: str, address: str) -> HttpResponse:
        return ask(Client(), method, address)


class Member:
    """Signed in once, and again when a door has ended that: else the rest of the doors
    would be tried as a stranger.
    """

    def __init__(self, person: Clinician) -> None:
        self.person = person
        self.browser = signed_in(person)

    def knock(self, door: Door, method: str, address: str) -> HttpResponse:
        answer = ask(self.browser, method, address)
        if not self.is_known(answer):
            self.browser = signed_in(self.person)
            answer = ask(self.browser, method, address)
            assert self.is_known(answer) or door.name in ENDING, address
        return answer

    def is_known(self, answer: HttpResponse) -> bool:
        """To the server, and past the gate."""
        who = answer.wsgi_request.user  # type: ignore[attr-defined]
        turned_away = is_to(answer, settings.LOGIN_URL)
        return who == self.person.user and not turned_away


def ask(browser: Client, method: str, address: str) -> HttpResponse:
    """Limits are forgotten: a door that tells somebody to wait is not tried."""
    PACE.forget()
    cache.clear()
    answer: HttpResponse = getattr(browser, method)(address)
    return answer


def is_to(answer: HttpResponse, name: str) -> bool:
    return answer.headers.get("Location", "").startswith(resolve_url(name))
