"""What docs/api.md promises is what the code does, address by address."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from config.api import CODES, api
from config.servers import ROOT
from messaging.api.schema import (
    ConversationAnswer,
    ConversationsAnswer,
    EventAnswer,
    EventsAnswer,
    NewMessage,
    TopicsAnswer,
)
from messaging.live import demands as live
from messaging.live.chat import Chat
from messaging.log import Refusal
from messaging.models.message import Kind
from network.activity.live.protocol import Close, Fault
from tests.messaging.programs import Program

MANUAL = (ROOT / "docs" / "api.md").read_text()
SERVED_BY = ("network/activity/live", "messaging/live")
PROTOCOL = {1009, 1011}  # said by the server below us
METHODS = r"\b(GET|POST|PATCH|PUT|DELETE)\b"
# Of a handshake and of whole pages: no code goes with them.
OWN = {"second_factor_required", "agreements_required"}


def chapter(title: str) -> str:
    """From its heading to the next of the same rank."""
    rank, start = re.search(rf"^(#+) {re.escape(title)}$", MANUAL, re.M), 0
    assert rank is not None, title
    start = rank.end()
    following = re.search(rf"^#{{1,{len(rank[1])}}} ", MANUAL[start:], re.M)
    return MANUAL[start : start + following.start()] if following else MANUAL[start:]


def rows(title: str) -> list[list[str]]:
    """The cells of every table of a chapter, but for the headings."""
    lines = [line for line in chapter(title).splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in cells if row[0].startswith("`") or row[0].isdigit()]


def words(cell: str) -> set[str]:
    return set(re.findall(r"`([a-z_]+)`", cell))


def first_words(title: str) -> set[str]:
    return {word for row in rows(title) for word in words(row[0])}


def plain(path: str) -> str:
    return re.sub(r"\{\w+\}", "{}", path)


def served() -> set[tuple[str, str]]:
    described: dict[str, Any] = api.get_openapi_schema()["paths"]
    return {
        (method.upper(), plain(path))
        for path, methods in described.items()
        for method in methods
    }


def written() -> set[tuple[str, str]]:
    """`GET`, `POST /api/v1/…`: in tables and in sentences."""
    found = set()
    for line in MANUAL.splitlines():
        if path := re.search(r"(?<= )/api/v1/[^`? ]*(?=[`?])", line):
            ways = re.findall(METHODS, line[: path.start()])
            found |= {(way, plain(path[0])) for way in ways}
    return found


def test_every_address_is_written_down_and_no_other() -> None:
    assert written() == served()


def test_the_description_is_whole() -> None:
    described = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    operations = [one for path in described["paths"].values() for one in path.values()]
    names = [operation["operationId"] for operation in operations]
    schemas = set(re.findall(r"#/components/schemas/(\w+)", json.dumps(described)))

    assert len(names) == len(set(names))
    assert schemas <= described["components"]["schemas"].keys()
    for path, methods in described["paths"].items():
        for operation in methods.values():
            given = {one["name"] for one in operation.get("parameters", ())}
            assert set(re.findall(r"\{(\w+)\}", path)) <= given
            assert operation["responses"].keys() >= {"401"}


@pytest.mark.parametrize(
    ("path", "model"),
    [
        ("", ConversationsAnswer),
        ("{room}", ConversationAnswer),
        ("{room}/messages", EventsAnswer),
        ("{room}/topics", TopicsAnswer),
    ],
)
def test_an_answer_is_as_it_is_described(
    anas: Program, room: str, path: str, model: type[BaseModel]
) -> None:
    anas.post(f"{room}/topics", {"name": "Insurance"})
    said = anas.get(path.format(room=room)).json()

    assert model.model_validate(said).model_dump(mode="json").keys() == said.keys()
    for event in said.get("events", []):
        assert event.keys() <= EventAnswer.model_fields.keys()


def test_every_kind_of_event_is_explained() -> None:
    assert first_words("What the log says") == set(Kind.values)


def test_every_field_is_explained() -> None:
    def missing(model: Any, text: str) -> set[str]:
        return {name for name in model.model_fields if name not in text}

    assert missing(NewMessage, chapter("Sending")) == set()
    assert missing(EventAnswer, chapter("What the log says")) == set()
    assert missing(ConversationAnswer, chapter("Conversations")) == set()


def test_every_refusal_has_its_code_written_down() -> None:
    said = {word for row in rows("What can go wrong") for word in words(row[1])}
    named = {word for row in rows("What can go wrong") for word in words(row[2])}

    assert said - OWN - (set(Refusal) - set(CODES.values())) == set(CODES.values())
    assert said | named >= set(Refusal)


def test_every_close_code_is_explained() -> None:
    codes = {int(row[0]) for row in rows("How it ends")}

    assert codes == {int(code) for code in Close} | PROTOCOL


def test_every_error_of_the_socket_is_explained() -> None:
    section = chapter("What a client says")
    table = section[section.index("| code of an error") :]
    lines = [line for line in table.splitlines() if line.startswith("| `")]
    codes = {word for line in lines for word in words(line.split("|")[1])}

    assert codes == {*Fault, *Refusal, *live.Refusal}


def test_every_frame_of_a_client_is_explained() -> None:
    section = chapter("What a client says")
    section = section[: section.index("| code of an error")]
    kinds = {
        w for cell in re.findall(r"^\| (`.*?) \|", section, re.M) for w in words(cell)
    }

    assert kinds == {"ping", *Chat().answers}


def sources(*folders: str) -> list[Path]:
    return [path for folder in folders for path in (ROOT / folder).rglob("*.py")]


def test_every_frame_of_the_server_is_explained() -> None:
    said = {
        kind
        for path in sources(*SERVED_BY)
        for kind in re.findall(r'\bframe\(\s*"(\w+)"', path.read_text())
    }

    assert first_words("What the server says") == said


def test_a_planted_address_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        globals(), "MANUAL", MANUAL.replace("{id}/mute`", "{id}/silence`")
    )

    assert {path for _, path in written() - served()} == {
        "/api/v1/conversations/{}/silence"
    }
