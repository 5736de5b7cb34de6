"""Words are sealed before they are kept, and travel sealed."""

import json
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from messaging.actions.drafts import save_draft
from messaging.actions.topics import make_topic
from messaging.bodies import (
    LONGEST,
    UnfitBodyError,
    is_same,
    key_at_hand,
    keys_of,
    open_body,
    tidy,
)
from messaging.drafts import draft_of
from messaging.export import portion
from messaging.log import Entry, Kept, ask, names_of
from messaging.models import Draft
from messaging.sending import send
from messaging.wire import (
    FORMER,
    LARGEST,
    event_of,
    parcel,
    people_in,
    said_of,
    unparcel,
)
from network.clinicians.models import Clinician
from network.privacy import data_keys
from network.privacy.keys import Unreadable
from tests.factories import a_conversation, a_direct
from tests.messaging.saying import asked, code_of, do, her, say

CANARY = "a canary sings 🦉"


def test_no_word_is_in_the_database(ana: Clinician, ben: Clinician) -> None:
    direct = a_direct(ana, ben)
    entry = say(ana, direct, CANARY)
    save_draft(direct, CANARY, by=her(ben))

    for table in ("messaging_message", "messaging_draft"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table}")
            rows = cursor.fetchall()
        assert rows
        assert all(b"canary" not in bytes(cell) for cell in _boxes(rows))
        assert "canary" not in str(rows)
    assert open_body(entry, keys_of([entry])) == CANARY


def _boxes(rows: list[tuple[object, ...]]) -> list[bytes]:
    cells = (cell for row in rows for cell in row)
    return [bytes(cell) for cell in cells if isinstance(cell, bytes | memoryview)]


def test_a_body_opens_in_its_own_place_only(ana: Clinician, ben: Clinician) -> None:
    direct = a_direct(ana, ben)
    one, other = say(ana, direct, "one"), say(ana, direct, "other")
    moved = Entry(**{**vars(one), "body": other.body})

    with pytest.raises(Unreadable):
        open_body(moved, keys_of([one]))
    assert is_same("one", moved, keys_of([one])), "whoever sends again is not held up"


def test_the_event_loop_seals_by_what_is_at_hand_and_asks_nothing(
    ana: Clinician, ben: Clinician
) -> None:
    direct = a_direct(ana, ben)
    entry = say(ana, direct, CANARY)

    key = key_at_hand(direct.public_id)
    assert key is not None
    assert key.id == entry.key_id
    data_keys.forget_all()
    assert key_at_hand(direct.public_id) is None


@pytest.mark.parametrize("text", ["", " \n ", "x" * (LONGEST + 1), "a\0b"])
def test_what_is_no_message(text: str) -> None:
    with pytest.raises(UnfitBodyError):
        tidy(text)


def test_trailing_space_goes_and_leading_stays() -> None:
    assert tidy("  a\n b \n\n") == "  a\n b"
    assert tidy("x" * LONGEST + "\n") == "x" * LONGEST


def test_other_words_under_the_same_client_id_are_no_retry(
    ana: Clinician, ben: Clinician
) -> None:
    direct = a_direct(ana, ben)
    first = asked(ana, direct)
    kept = send(first, "the words")

    assert send(first, "the words \n") == Kept(_entry(kept), is_new=False)
    assert code_of(send(first, "other words")) == "client_id_reused"
    do(ana, direct, "recall", 1)
    assert code_of(send(first, "the words")) == "kept"


def _entry(outcome: object) -> Entry:
    assert isinstance(outcome, Kept)
    return outcome.entry


def test_what_is_gone_counts_as_the_same(ana: Clinician, ben: Clinician) -> None:
    entry = say(ana, a_direct(ana, ben), "the words")

    assert is_same("the words", entry, keys_of([entry]))
    assert not is_same("others", entry, keys_of([entry]))
    assert not is_same(None, entry, keys_of([entry]))
    assert is_same("others", entry, {})


def test_a_draft_is_its_writers_alone_and_the_last_one_stands(
    ana: Clinician, ben: Clinician, cleo: Clinician
) -> None:
    direct = a_direct(ana, ben)
    topic = make_topic(direct, "other", by=her(ana))
    elsewhere = make_topic(a_conversation(ana, cleo), "there", by=her(ana))
    save_draft(direct, "first", by=her(ana))
    save_draft(direct, "second", by=her(ana))
    save_draft(direct, "of a topic", by=her(ana), topic=topic)

    assert draft_of(ana, direct) == "second"
    assert draft_of(ana, direct, topic) == "of a topic"
    assert (draft_of(ben, direct), draft_of(cleo, direct)) == ("", "")
    save_draft(direct, " ", by=her(ana))
    assert draft_of(ana, direct) == ""
    assert Draft.objects.count() == 1
    with pytest.raises(PermissionDenied):
        save_draft(direct, "intruding", by=her(cleo))
    with pytest.raises(PermissionDenied):
        save_draft(direct, "misplaced", by=her(ana), topic=elsewhere)
    with pytest.raises(UnfitBodyError):
        save_draft(direct, "x" * (LONGEST + 1), by=her(ana))


def test_somebody_takes_along_her_own_words_and_nobody_elses(
    ana: Clinician, ben: Clinician
) -> None:
    direct = a_direct(ana, ben)
    say(ana, direct, "hers")
    say(ben, direct, "his")
    say(ana, direct, "hers anew", kind="edit", target=1)
    save_draft(direct, "begun", by=her(ana))

    hers = portion(her(ana).pk)

    assert [line["body"] for line in hers["messages"]] == ["hers", "hers anew"]
    assert [line["body"] for line in hers["drafts"]] == ["begun"]
    assert [line["conversation"] for line in hers["conversations"]] == [
        str(direct.public_id)
    ]
    assert "his" not in [line["body"] for line in hers["messages"]]


ROOM = UUID(int=7)
FULL = Entry(
    conversation=ROOM,
    epoch=UUID(int=8),
    seq=41,
    kind="message",
    sender=UUID(int=9),
    client_id=UUID(int=10),
    target=None,
    ordinal=0,
    key_id=UUID(int=11),
    body=b"\x00sealed",
    reply_to=3,
    topic=UUID(int=12),
    detail="",
    mentions=(UUID(int=13),),
    at=datetime(2026, 11, 22, 10, 0, 0, 5, tzinfo=UTC),
    expires_at=datetime(2026, 11, 23, tzinfo=UTC),
    recalled=False,
)
BARE = Entry(
    **{
        **vars(FULL),
        "client_id": None,
        "key_id": None,
        "body": None,
        "reply_to": None,
        "topic": None,
        "mentions": (),
        "expires_at": None,
        "sender": None,
        "kind": "expired",
        "target": 4,
        "recalled": True,
    }
)


@pytest.mark.parametrize("entry", [FULL, BARE])
def test_a_parcel_is_opened_as_it_was_packed(entry: Entry) -> None:
    assert unparcel(ROOM, json.loads(json.dumps(parcel(entry)))) == entry


def test_a_room_hears_ciphertext_or_how_far_the_log_goes() -> None:
    assert json.loads(said_of([FULL])) == {"e": [parcel(FULL)]}
    big = Entry(**{**vars(FULL), "body": bytes(LARGEST)})
    assert json.loads(said_of([FULL, big])) == {"upto": 41}


def test_a_client_is_told_in_plain_words_and_nothing_that_is_empty(
    ana: Clinician,
) -> None:
    entry = Entry(**{**vars(FULL), "sender": ana.public_id})

    said = event_of(entry, "the words", ask(names_of(people_in([entry]))))

    assert said == {
        "conversation": str(ROOM),
        "epoch": str(UUID(int=8)),
        "seq": 41,
        "kind": "message",
        "at": "2026-11-22T10:00:00.000005Z",
        "sender": {"id": str(ana.public_id), "name": "Ana Heron"},
        "client_id": str(UUID(int=10)),
        "body": "the words",
        "reply_to": 3,
        "topic": str(UUID(int=12)),
        "mentions": [str(UUID(int=13))],
        "expires_at": "2026-11-23T00:00:00Z",
    }


def test_whoever_is_forgotten_has_no_name() -> None:
    left = Entry(**{**vars(BARE), "kind": "left", "detail": str(uuid4())})
    reaction = Entry(**{**vars(BARE), "kind": "reaction", "detail": "+agree"})

    said = event_of(left, None, {})

    assert said["sender"] is None
    assert said["person"] == {"id": left.detail, "name": FORMER}
    assert event_of(reaction, None, {})["reaction"] == "+agree"
