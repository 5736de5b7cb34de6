"""What a client may say: what is wrong with it is answered, and the socket lives."""

import json
from collections.abc import Iterator

import pytest
from django.contrib.sessions.models import Session
from websockets.sync.client import ClientConnection

from network.clinicians.models import Clinician
from tests.live.web import Web, close_code, cookie_of, greeted, hear, say

PONG = {"type": "pong"}


@pytest.fixture
def tab(web: Web, ana: Clinician) -> Iterator[ClientConnection]:
    with web.enter(ana) as tab:
        yield tab


NONSENSE: list[tuple[str | bytes, str]] = [
    (b"\x00\x01", "not_text"),
    (b'{"type": "ping"}', "not_text"),
    ("", "not_json"),
    ("hello", "not_json"),
    ("{", "not_json"),
    ('{"type": "ping", "n": NaN}', "not_json"),
    ('{"type": "pi\x00ng"}', "not_json"),
    ("[" * 60_000, "not_json"),
    ('{"a":' * 5_000 + "1" + "}" * 5_000, "not_json"),
    ("9" * 5_000, "not_json"),
    ("[]", "malformed"),
    ("null", "malformed"),
    ('"ping"', "malformed"),
    ("{}", "malformed"),
    ('{"type": 1}', "malformed"),
    ('{"type": ["ping"]}', "malformed"),
    ('{"type": "ping", "ref": {}}', "malformed"),
    ('{"type": "ping", "note": "\\u0000"}', "malformed"),
    ('{"type": "ping", "notes": [["\\ud800"]]}', "malformed"),
    ('{"type": "ping", "\\u0000": 1}', "malformed"),
    ('{"type": "sing"}', "unknown_type"),
    ('{"type": "hello"}', "unknown_type"),
    ('{"type": ""}', "unknown_type"),
]


def test_nonsense_is_answered_and_the_socket_lives(tab: ClientConnection) -> None:
    for said, code in NONSENSE:
        tab.send(said)
        assert hear(tab) == {"type": "error", "code": code, "ref": None}
        assert say(tab, type="ping") == PONG


def test_an_error_names_the_frame_that_it_is_about(tab: ClientConnection) -> None:
    answer = say(tab, type="sing", ref="frame-7")

    assert answer == {"type": "error", "code": "unknown_type", "ref": "frame-7"}


@pytest.mark.parametrize("odd", ["\0", "\ud83e", "two\0 words"])
def test_odd_characters_are_answered_by_the_name_of_the_frame(
    tab: ClientConnection, odd: str
) -> None:
    said = {"type": "send", "client_id": "c-1", "body": odd}
    answer = {"type": "error", "code": "unfit_body", "ref": "c-1"}
    assert say(tab, **said) == answer
    assert say(tab, **{**said, "ref": 7}) == {**answer, "ref": 7}
    assert say(tab, **{**said, "ref": odd}) == {**answer, "ref": None}
    assert say(tab, type="ping", ref="r", note=odd)["code"] == "malformed"


def test_what_looks_like_nul_and_is_none_passes(tab: ClientConnection) -> None:
    assert say(tab, type="ping", note="a backslash: \\u0000") == PONG


@pytest.mark.parametrize("is_text", [True, False])
def test_a_frame_of_more_than_64_kilobytes_ends_the_socket(
    tab: ClientConnection, is_text: bool
) -> None:
    tab.send("x" * 65_537 if is_text else b"x" * 65_537)

    assert close_code(tab) == 1009


def test_a_frame_of_64_kilobytes_is_read(tab: ClientConnection) -> None:
    empty = len(json.dumps({"type": "ping", "note": ""}))

    assert say(tab, type="ping", note="x" * (65_536 - empty)) == PONG


def test_frames_are_not_compressed(tab: ClientConnection) -> None:
    assert tab.protocol.extensions == []


def test_heartbeats_do_not_extend_the_session(web: Web, ana: Clinician) -> None:
    with greeted(web.socket(cookie_of(ana))) as tab:
        rows = Session.objects.order_by("pk")
        sessions = rows.values_list("session_data", "expire_date")
        before = list(sessions)
        for _ in range(5):
            assert say(tab, type="ping") == PONG

    assert list(sessions.all()) == before
