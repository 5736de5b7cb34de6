"""What a conversation's guard lets through: alike by socket, HTTP and form."""

import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from messaging.actions.guarding import set_guard
from messaging.models import Conversation, Kind, Message
from network.accounts.pace import PACE
from network.clinicians.models import Clinician
from tests.conftest import signed_in
from tests.live.web import Web
from tests.messaging.live.lines import line_of, user_of
from tests.messaging.programs import program_of

Said = dict[str, Any]
Way = Callable[[Web, Clinician, Conversation, Said], str]
Guarding = Conversation.Guarding
CLEAN = "She came back on Friday and did better."
TELLING = "Call Maria Lopez at 914 555 0142."
MEDIUM = "A woman of 43 who lives in Rye."
# Level, words, reason, and what becomes of it.
TABLE = [
    ("warn", CLEAN, "", "kept"),
    ("warn", TELLING, "", "kept"),
    ("reason", CLEAN, "", "kept"),
    ("reason", MEDIUM, "", "kept"),
    ("reason", TELLING, "", "needs_reason"),
    ("reason", TELLING, "consented", "kept"),
    ("block", CLEAN, "", "kept"),
    ("block", MEDIUM, "", "kept"),
    ("block", TELLING, "", "identifies_somebody"),
    ("block", TELLING, "consented", "identifies_somebody"),
]


@pytest.fixture(autouse=True)
def _no_haste() -> None:
    PACE.forget()


def by_socket(
    web: Web, who: Clinician, room: Conversation, said: dict[str, Any]
) -> str:
    with line_of(web, who, room) as line:
        line.say("edit" if "seq" in said else "send", **said)
        heard = line.hear("ack", "error")
    return "kept" if heard["type"] == "ack" else str(heard["code"])


def by_http(web: Web, who: Clinician, room: Conversation, said: Said) -> str:
    program, path = program_of(who), f"/{room.public_id}/messages"
    if seq := said.pop("seq", None):
        answer = program.patch(f"{path}/{seq}", said)
    else:
        answer = program.post(path, said)
    if answer.status_code in (200, 201):
        return "kept"
    assert answer.status_code == 422
    assert {one["label"] for one in answer.json()["spans"]} >= {"NAME", "PHONE"}
    return str(answer.json()["errors"][0]["code"])


def by_form(web: Web, who: Clinician, room: Conversation, said: Said) -> str:
    browser = signed_in(who)
    seq = said.pop("seq", None)
    place = f"{seq}/body/" if seq else "messages/"
    answer = browser.post(f"{room.get_absolute_url()}{place}", said)
    if answer.status_code == 302:
        return "kept"
    assert answer.status_code == 422
    return _refusal(answer.content.decode())


def _refusal(html: str) -> str:
    assert "<q>Maria Lopez</q>" in html
    if 'name="guard_reason"' in html:
        return "needs_reason"
    assert "are not sent in this conversation" in html
    return "identifies_somebody"


WAYS = [by_socket, by_http, by_form]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("case", TABLE)
def test_what_is_sent(
    web: Web,
    ana: Clinician,
    room: Conversation,
    way: Way,
    case: tuple[str, str, str, str],
) -> None:
    level, words, reason, outcome = case
    set_guard(room, Guarding(level), by=user_of(ana))
    said = {"client_id": str(uuid4()), "body": words}
    if reason:
        said["guard_reason"] = reason

    assert way(web, ana, room, said) == outcome

    kept = Message.objects.filter(conversation=room, kind=Kind.MESSAGE)
    stored = [reason or None] if outcome == "kept" else []
    assert [one.guard_reason for one in kept] == stored


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "case",
    [
        ("warn", "", "kept"),
        ("reason", "", "needs_reason"),
        ("reason", "emergency", "kept"),
        ("block", "emergency", "identifies_somebody"),
    ],
)
def test_what_takes_the_place_of_what_was_sent(
    web: Web,
    ana: Clinician,
    room: Conversation,
    way: Way,
    case: tuple[str, str, str],
) -> None:
    level, reason, outcome = case
    with line_of(web, ana, room) as line:
        seq = line.sent(CLEAN)
    set_guard(room, Guarding(level), by=user_of(ana))
    said: Said = {"seq": seq, "body": TELLING}
    if reason:
        said["guard_reason"] = reason

    assert way(web, ana, room, said) == outcome
    assert Message.objects.filter(kind=Kind.EDIT).exists() == (outcome == "kept")


def test_what_is_refused_once_is_looked_at_before_it_is_put_the_next_time(
    web: Web, ana: Clinician, room: Conversation
) -> None:
    set_guard(room, Guarding.BLOCK, by=user_of(ana))
    with line_of(web, ana, room) as line:
        for words, code in ((TELLING, "identifies_somebody"), (CLEAN, None)) * 3:
            line.send(words)
            assert line.hear("ack", "error").get("code") == code
    set_guard(room, Guarding.WARN, by=user_of(ana))
    with line_of(web, ana, room) as line:
        assert line.sent(TELLING)


def test_one_line_after_the_other_stands_in_the_order_in_which_it_was_said(
    web: Web, ana: Clinician, room: Conversation
) -> None:
    set_guard(room, Guarding.REASON, by=user_of(ana))
    with line_of(web, ana, room) as line:
        line.sent(CLEAN)
        sent = [line.send(f"{CLEAN} {number}") for number in range(20)]
        heard = [line.hear("ack")["client_id"] for _ in sent]
    assert heard == sent


@pytest.mark.parametrize("pause", [0, 0.01])
def test_so_it_stands_where_the_first_word_is_long_and_nobody_knew_of_the_guard(
    web: Web, ana: Clinician, room: Conversation, pause: float
) -> None:
    set_guard(room, Guarding.REASON, by=user_of(ana))
    with line_of(web, ana, room) as line:
        sent = [line.send((CLEAN + " ") * 150)]
        for number in range(20):
            time.sleep(pause)
            sent.append(line.send(f"{CLEAN} {number}"))
        heard = [line.hear("ack")["client_id"] for _ in sent]
    assert heard == sent


def test_a_retry_of_what_was_kept_is_answered_whatever_the_guard_says_now(
    web: Web, ana: Clinician, room: Conversation
) -> None:
    said = {"client_id": str(uuid4()), "body": TELLING}
    assert by_socket(web, ana, room, said) == "kept"
    set_guard(room, Guarding.BLOCK, by=user_of(ana))

    for way in WAYS:
        assert way(web, ana, room, dict(said)) == "kept"
    assert Message.objects.filter(kind=Kind.MESSAGE).count() == 1


def test_whoever_is_no_member_learns_nothing_of_the_guard(
    web: Web, ana: Clinician, cleo: Clinician, room: Conversation
) -> None:
    set_guard(room, Guarding.BLOCK, by=user_of(ana))
    said = {"client_id": str(uuid4()), "body": TELLING}

    assert by_socket(web, cleo, room, said) == "not_found"


@pytest.mark.parametrize("reason", [1, ["consented"], {}, [], "clean"])
@pytest.mark.parametrize("level", [Guarding.WARN, Guarding.REASON])
def test_a_reason_that_is_none_of_ours_is_malformed(
    web: Web, ana: Clinician, room: Conversation, level: Guarding, reason: object
) -> None:
    set_guard(room, level, by=user_of(ana))
    said = {"client_id": str(uuid4()), "body": TELLING, "guard_reason": reason}
    assert by_socket(web, ana, room, said) == "malformed"


def test_a_reason_of_ones_own_invention_is_none(
    web: Web, ana: Clinician, room: Conversation
) -> None:
    set_guard(room, Guarding.REASON, by=user_of(ana))
    said = {"client_id": str(uuid4()), "body": TELLING, "guard_reason": "clean"}
    assert by_form(web, ana, room, said) == "needs_reason"
