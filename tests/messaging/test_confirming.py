"""Whoever writes may ask that it be confirmed: what the log keeps, once of each."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from messaging.actions.conversations import close
from messaging.actions.expiry import expire_messages
from messaging.actions.members import remove_member
from messaging.export import portion
from messaging.log import Kept, ask, read_entries
from messaging.models import Conversation, Kind, Message
from messaging.wire import parcel, unparcel
from network.clinicians.models import Clinician
from tests.factories import a_conversation
from tests.messaging.programs import Program, codes
from tests.messaging.saying import asked, boxed, code_of, do, entry_of, her, kept, say

HOUR = 3600


@pytest.fixture
def circle(dana: Clinician, ana: Clinician, ben: Clinician) -> Conversation:
    return a_conversation(dana, ana, ben, title="Tuesdays")


def confirm(who: Clinician, circle: Conversation, seq: int = 1) -> str:
    return code_of(kept(asked(who, circle, Kind.CONFIRM, target=seq))[0])


def confirmed(circle: Conversation) -> int:
    return Message.objects.filter(conversation=circle, kind=Kind.CONFIRM).count()


def test_the_log_keeps_by_when_it_is_to_be_confirmed(
    circle: Conversation, ana: Clinician
) -> None:
    [outcome] = kept(boxed(ana, circle, confirm_in=HOUR))

    entry = entry_of(outcome)
    [stored] = ask(read_entries(circle.public_id, 0, 10))
    assert stored == entry == unparcel(circle.public_id, parcel(entry))
    assert entry.confirm_by == entry.at + timedelta(seconds=HOUR)


def test_a_retry_gets_the_same_moment_back(
    circle: Conversation, ana: Clinician
) -> None:
    wanted = boxed(ana, circle, confirm_in=HOUR)
    [first] = kept(wanted)

    [again] = kept(wanted)

    assert again == Kept(entry_of(first), is_new=False)


def test_whoever_confirms_twice_has_confirmed_once(
    circle: Conversation, ana: Clinician, ben: Clinician, dana: Clinician
) -> None:
    kept(boxed(ana, circle, confirm_in=HOUR))
    words = [
        asked(who, circle, Kind.CONFIRM, target=1) for who in (ben, ben, dana, ben)
    ]

    outcomes = kept(*words, words[0])
    [later] = kept(asked(ben, circle, Kind.CONFIRM, target=1))

    places = [(one.entry.seq, one.is_new) for one in outcomes if isinstance(one, Kept)]
    assert places == [(2, True), (2, False), (3, True), (2, False), (2, False)]
    assert (entry_of(later).seq, confirmed(circle)) == (2, 2)


def test_a_name_that_was_used_for_something_else_confirms_nothing(
    circle: Conversation, ana: Clinician, ben: Clinician
) -> None:
    kept(boxed(ana, circle, confirm_in=HOUR))
    used = boxed(ben, circle)
    kept(used)

    [outcome] = kept(
        asked(ben, circle, Kind.CONFIRM, target=1, client_id=used.client_id)
    )

    assert code_of(outcome) == "client_id_reused"


def recall(circle: Conversation, ana: Clinician) -> None:
    do(ana, circle, Kind.RECALL, 1)


def expire(circle: Conversation, ana: Clinician) -> None:
    circle.log.update(expires_at=timezone.now())
    expire_messages()


def shut(circle: Conversation, ana: Clinician) -> None:
    [owner] = circle.memberships.filter(role="owner")
    close(circle, by=her(owner.clinician))


def ask_nothing(circle: Conversation, ana: Clinician) -> None:
    circle.log.update(confirm_by=None)


def nothing(circle: Conversation, ana: Clinician) -> None:
    """All as it was."""


@pytest.mark.parametrize(
    ("who", "first", "code"),
    [
        ("ben", nothing, "kept"),
        ("ana", nothing, "not_asked"),
        ("cleo", nothing, "not_found"),
        ("ben", ask_nothing, "not_asked"),
        ("ben", recall, "gone"),
        ("ben", expire, "gone"),
        ("ben", shut, "closed"),
    ],
)
def test_who_may_confirm_what(
    circle: Conversation,
    ana: Clinician,
    request: pytest.FixtureRequest,
    who: str,
    first: Callable[[Conversation, Clinician], None],
    code: str,
) -> None:
    say(ana, circle, confirm_in=HOUR)
    first(circle, ana)

    assert confirm(request.getfixturevalue(who), circle) == code
    assert confirmed(circle) == (code == "kept")


def test_whoever_was_removed_confirms_nothing(
    circle: Conversation, ana: Clinician, ben: Clinician, dana: Clinician
) -> None:
    say(ana, circle, confirm_in=HOUR)
    remove_member(circle, ben, by=her(dana))

    assert confirm(ben, circle) == "not_found"


def test_a_recall_in_the_same_batch_comes_first_or_last_as_it_was_said(
    circle: Conversation, ana: Clinician, ben: Clinician, dana: Clinician
) -> None:
    say(ana, circle, confirm_in=HOUR)

    outcomes = kept(
        asked(ben, circle, Kind.CONFIRM, target=1),
        asked(ana, circle, Kind.RECALL, target=1),
        asked(dana, circle, Kind.CONFIRM, target=1),
    )

    assert [code_of(one) for one in outcomes] == ["kept", "kept", "gone"]


def test_a_copy_of_her_data_says_what_she_confirmed(
    circle: Conversation, ana: Clinician, ben: Clinician
) -> None:
    say(ana, circle, confirm_in=HOUR)
    do(ben, circle, Kind.CONFIRM, 1)

    [line] = portion(her(ben).pk)["messages"]
    assert (line["kind"], line["target"]) == ("confirm", 1)


def test_a_program_asks_and_another_confirms(
    anas: Program, bens: Program, cleos: Program, room: str
) -> None:
    seq = anas.send(room, confirm_in=HOUR)
    path = f"{room}/messages/{seq}/confirmation"

    first, again = bens.put(path), bens.put(path)

    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json()["seq"] == again.json()["seq"] == seq + 1
    *_, message, word = anas.log(room)
    assert message["confirm_by"] > message["at"]
    assert (word["kind"], word["target"], "body" in word) == ("confirm", seq, False)
    assert [anas.put(path).status_code, cleos.put(path).status_code] == [409, 404]
    assert codes(anas.put(path)) == [("", "not_asked")]
    assert codes(bens.put(f"{room}/messages/999/confirmation")) == [
        ("", "no_such_message")
    ]


@pytest.mark.parametrize("span", [899, 604_801, True, "3600", 3600.5])
def test_a_time_that_is_none_of_ours_is_refused(
    anas: Program, room: str, span: object
) -> None:
    said = {"client_id": str(uuid4()), "body": "hello", "confirm_in": span}

    answer = anas.post(f"{room}/messages", said)

    assert answer.status_code == 422
    assert [path for path, _ in codes(answer)] == ["/confirm_in"]
