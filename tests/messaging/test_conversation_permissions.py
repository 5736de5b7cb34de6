"""docs/permissions.md, executable: who may do what in a conversation."""

import pytest

from messaging.actions.conversations import attach_conversation, close
from messaging.models import Conversation
from messaging.permissions import (
    ANY_MESSAGE,
    COLLEAGUE,
    GUEST,
    LEAD,
    NOTHING,
    OWN_MESSAGE,
    OWNER,
    PAIR,
    READ_MESSAGE,
    READER,
    WRITER,
    allowed,
    allowed_on_message,
    allowed_with,
)
from network.accounts.models import User
from network.clinicians.actions.blocks import block_colleague
from network.clinicians.actions.membership import suspend_member
from network.clinicians.models import Clinician
from tests.factories import a_conversation, a_direct
from tests.messaging.saying import do, her, log_of, say

Cast = dict[str, Clinician]
MAY = [
    ("direct", "ana", WRITER | PAIR),
    ("direct", "cleo", NOTHING),
    ("blocked", "ana", READER),
    ("blocked", "ben", READER),
    ("many", "dana", WRITER | GUEST | OWNER),
    ("many", "ana", WRITER | GUEST),
    ("many", "cleo", NOTHING),
    ("many", "finn", NOTHING),
    ("closed", "dana", READER | GUEST | LEAD),
    ("closed", "ana", READER | GUEST),
    ("attached", "ana", WRITER),
    ("attached", "dana", NOTHING),
]


@pytest.fixture
def cast(
    dana: Clinician, ana: Clinician, ben: Clinician, cleo: Clinician, finn: Clinician
) -> Cast:
    return {"dana": dana, "ana": ana, "ben": ben, "cleo": cleo, "finn": finn}


def made(what: str, cast: Cast) -> Conversation:
    ana, ben, dana = cast["ana"], cast["ben"], cast["dana"]
    if what in ("direct", "blocked"):
        found = a_direct(ana, ben)
    elif what == "attached":
        found = attach_conversation([ana, ben], by=her(ana))
    else:
        found = a_conversation(dana, ana, ben)
    if what == "blocked":
        block_colleague(ben, ana, by=her(ben))
    if what == "closed":
        close(found, by=her(dana))
    found.refresh_from_db()
    return found


@pytest.mark.parametrize(("what", "who", "may"), MAY)
def test_who_may_do_what(cast: Cast, what: str, who: str, may: frozenset[str]) -> None:
    assert allowed(cast[who], made(what, cast)) == may


def test_who_is_held_back_may_nothing(cast: Cast, staff: User) -> None:
    circle, ana = made("many", cast), cast["ana"]

    suspend_member(ana, by=staff, why="test")

    assert allowed(ana, circle) == NOTHING


@pytest.mark.parametrize(
    ("who", "other", "may"),
    [
        ("ana", "ben", COLLEAGUE),
        ("ana", "ana", NOTHING),
        ("ana", "finn", NOTHING),
        ("finn", "ana", NOTHING),
    ],
)
def test_who_may_converse_with_whom(
    cast: Cast, who: str, other: str, may: frozenset[str]
) -> None:
    assert allowed_with(cast[who], cast[other]) == may


def test_who_may_do_what_to_a_message(cast: Cast) -> None:
    circle, ana = made("many", cast), cast["ana"]
    say(ana, circle)
    say(ana, circle)
    do(ana, circle, "recall", 2)
    message, gone, recall = log_of(circle)

    assert allowed_on_message(ana, message) == OWN_MESSAGE
    assert allowed_on_message(cast["ben"], message) == ANY_MESSAGE
    for who, row in [("cleo", message), ("ana", gone), ("ana", recall)]:
        assert allowed_on_message(cast[who], row) == NOTHING
    close(circle, by=her(cast["dana"]))
    message.refresh_from_db()
    message.conversation.refresh_from_db()
    assert allowed_on_message(ana, message) == READ_MESSAGE
    assert allowed_on_message(cast["cleo"], message) == NOTHING
