"""A program of somebody's, which knows no more than docs/api.md."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.test import Client

from network.accounts.actions.tokens import make_token
from network.accounts.models import Scope
from network.clinicians.models import Clinician

ROOT = "/api/v1/conversations"
WORDS = "a quiet word about Tuesday"


@dataclass(frozen=True)
class Program:
    """Its paths begin behind the list of conversations."""

    token: str

    def get(self, path: object = "") -> Any:
        return self.ask("GET", path)

    def post(self, path: object, said: object) -> Any:
        return self.ask("POST", path, said)

    def patch(self, path: object, said: object) -> Any:
        return self.ask("PATCH", path, said)

    def put(self, path: object, said: object = None) -> Any:
        return self.ask("PUT", path, said)

    def delete(self, path: object) -> Any:
        return self.ask("DELETE", path)

    def ask(self, method: str, path: object, said: object = None) -> Any:
        return Client(raise_request_exception=False).generic(
            method,
            f"{ROOT}{path}",
            b"" if said is None else json.dumps(said).encode(),
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.token}"},
        )

    def begin(self, *members: Clinician, title: str = "") -> str:
        """The path of a conversation that it begins."""
        said = {"members": [str(one.public_id) for one in members], "title": title}
        return f"/{self.post('', said).json()['id']}"

    def send(self, room: str, body: str = "hello", **more: object) -> int:
        """And where it stands in the log."""
        answer = self.post(f"{room}/messages", a_message(body, **more))
        assert answer.status_code == 201, answer.content
        return int(answer.json()["seq"])

    def topic(self, room: str, name: str = "Insurance") -> str:
        """One that it makes."""
        return str(self.post(f"{room}/topics", {"name": name}).json()["id"])

    def log(self, room: str, since: int = 0) -> list[dict[str, Any]]:
        page = self.get(f"{room}/messages?since={since}&limit=200").json()
        return list(page["events"])


def a_message(body: str = "hello", **more: object) -> dict[str, object]:
    return {"client_id": str(uuid4()), "body": body, **more}


def program_of(person: Clinician, scope: str = Scope.WRITE) -> Program:
    assert person.user is not None
    return Program(make_token(person.user, name="program", days=1, scope=scope))


def codes(answer: Any) -> list[tuple[str, str]]:
    """Of its faults: where, and which."""
    return [(fault["path"], fault["code"]) for fault in answer.json()["errors"]]
