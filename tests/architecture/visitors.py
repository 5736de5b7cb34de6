"""Who knocks at the doors: nobody in particular, or somebody who stays signed in."""

from http import HTTPStatus
from uuid import uuid4

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import resolve_url
from django.test import Client

from network.accounts.actions.tokens import make_token
from network.accounts.models import Scope
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


class Program:
    """By a token that may write; what it posts is shaped as a step is."""

    def __init__(self, person: Clinician) -> None:
        assert person.user is not None
        self.user = person.user
        made = make_token(person.user, name="program", days=1, scope=Scope.WRITE)
        self.headers = {"Authorization": f"Bearer {made}"}

    def knock(self, door: Door, method: str, address: str) -> HttpResponse:
        said = {} if method == "get" else {"content_type": "application/json"}
        body = None if method == "get" else self.step(door)
        headers = {**self.headers, "Idempotency-Key": str(uuid4())}
        return ask(Client(), method, address, body, headers=headers, **said)

    def step(self, door: Door) -> dict[str, object]:
        """Any of them: whose it is is asked before whether it may be taken."""
        of = "take_out" if "packet" in door.path else "edit"
        return {"step": of, "version": 1, "said": {}}

    def is_known(self) -> bool:
        answer = Client().get("/api/v1/referrals", headers=self.headers)
        return answer.status_code != HTTPStatus.UNAUTHORIZED


def ask(
    browser: Client, method: str, address: str, *said: object, **how: object
) -> HttpResponse:
    """Limits are forgotten: a door that tells somebody to wait is not tried."""
    PACE.forget()
    cache.clear()
    answer: HttpResponse = getattr(browser, method)(address, *said, **how)
    return answer


def is_to(answer: HttpResponse, name: str) -> bool:
    return answer.headers.get("Location", "").startswith(resolve_url(name))
