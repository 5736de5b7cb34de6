"""A browser of somebody's, or a program, at whichever web process: plain HTTP."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from http.client import HTTPConnection, HTTPMessage
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from tests.factories import PASSWORD

CSRF = "csrftoken"
PIECE = {"HX-Request": "true"}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: HTTPMessage
    content: bytes = field(repr=False)

    @property
    def text(self) -> str:
        return self.content.decode()


@dataclass(frozen=True)
class Visitor:
    port: int
    token: str = ""
    cookies: dict[str, str] = field(default_factory=lambda: {CSRF: "a" * 32})

    def at(self, port: int) -> "Visitor":
        """The same browser, at another process."""
        return replace(self, port=port)

    def signed_in(self, email: str) -> "Visitor":
        self.post("/account/login/", login=email, password=PASSWORD)
        assert "sessionid" in self.cookies, email
        return self

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        return self._ask("GET", path, b"", headers or {})

    def post(self, path: str, **fields: str) -> Answer:
        said = {"csrfmiddlewaretoken": self.cookies[CSRF], **fields}
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, urlencode(said).encode(), kind)

    def post_again(self, path: str, **fields: str) -> Answer:
        """With her password in between, where it is asked for."""
        answer = self.post(path, **fields)
        if "/reauthenticate/" not in (way := answer.headers.get("Location", "")):
            return answer
        answer = self.post(way, password=PASSWORD)
        while answer.status == HTTPStatus.FOUND:
            answer = self.get(answer.headers["Location"])
        return answer

    def post_json(self, path: str, said: object) -> Answer:
        kind = {"Content-Type": "application/json", "Idempotency-Key": str(uuid4())}
        return self._ask("POST", path, json.dumps(said).encode(), kind)

    def _ask(self, way: str, path: str, said: bytes, more: Mapping[str, str]) -> Answer:
        line = HTTPConnection("localhost", self.port, timeout=120)
        line.request(way, path, said, {**self._own, **more})
        answer = line.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(cookie).items():
                self.cookies[name] = morsel.value
        kept = Answer(answer.status, answer.headers, answer.read())
        line.close()
        return kept

    @property
    def _own(self) -> dict[str, str]:
        if self.token:
            return {"Authorization": f"Bearer {self.token}"}
        origin = {"Origin": f"http://localhost:{self.port}"}
        return {**origin, **self.cookie}

    @property
    def cookie(self) -> dict[str, str]:
        said = (f"{name}={value}" for name, value in self.cookies.items())
        return {"Cookie": "; ".join(said)}


def as_json(answer: Answer) -> Any:
    return json.loads(answer.content)
