"""What the log keeps, what it refuses, and what it answers to a retry."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone

from messaging.actions.conversations import close
from messaging.actions.members import add_member, remove_member
from messaging.actions.topics import make_topic
from messaging.log import (
    Kept,
    Reading,
    Refusal,
    Submission,
    append,
    ask,
    mark_read,
    read_entries,
    sweep_rooms,
)
from messaging.log.crowds import Whose, standings_of
from messaging.models import Conversation, Kind, Membership, Message
from network.clinicians.actions.blocks import block_colleague
from network.clinicians.actions.leaving import leave_network
from network.clinicians.models import Clinician
from tests.factories import a_conversation, a_direct
from tests.messaging.saying import (
    asked,
    boxed,
    code_of,
    entry_of,
    her,
    kept,
    log_of,
    place_of,
)


@pytest.fixture
def circle(dana: Clinician, ana: Clinician, ben: Clinician) -> Conversation:
    """Dana's, with Ana and Ben."""
    return a_conversation(dana, ana, ben, title="Tuesdays")


def whose(who: Clinician, conversation: Conversation) -> Whose:
    return Whose(conversation.public_id, her(who).public_id)


def seqs(outcomes: list[object]) -> list[int]:
    return [one.entry.seq for one in outcomes if isinstance(one, Kept)]


def test_a_batch_is_numbered_in_its_order_without_a_gap(
    circle: Conversation, ana: Clinician, ben: Clinician, cleo: Clinician
) -> None:
    outcomes = kept(
        boxed(ana, circle), boxed(cleo, circle), boxed(ben, circle), boxed(ana, circle)
    )

    assert [code_of(one) for one in outcomes] == ["kept", "not_found", "kept", "kept"]
    assert [row.seq for row in log_of(circle)] == [1, 2, 3]
    circle.refresh_from_db()
    assert (circle.last_seq, circle.last_ordinal) == (3, 3)
    assert circle.last_message_at == log_of(circle)[-1].at


def test_one_batch_serves_many_conversations(
    circle: Conversation, ana: Clinician, ben: Clinician
) -> None:
    direct = a_direct(ana, ben)

    outcomes = kept(
        boxed(ana, circle), boxed(ana, direct), boxed(ben, circle), boxed(ben, direct)
    )

    assert seqs([*outcomes]) == [1, 1, 2, 2]


def test_what_is_kept_is_what_was_asked(
    circle: Conversation, ana: Clinician, ben: Clinician, cleo: Clinician
) -> None:
    topic = make_topic(circle, "supervision", by=her(ana))
    first = boxed(ben, circle)
    box = b'\x00"{}\\,\xff'
    wanted = boxed(
        ana,
        circle,
        box,
        reply_to=2,
        topic=topic.public_id,
        mentions=(ben.public_id, cleo.public_id),
        expires_in=3600,
    )

    [_, outcome] = [*kept(first), *kept(wanted)]

    entry = entry_of(outcome)
    [stored] = ask(read_entries(circle.public_id, 2, 10))
    assert stored == entry
    assert (entry.seq, entry.body, entry.reply_to) == (3, box, 2)
    assert (entry.sender, entry.topic) == (ana.public_id, topic.public_id)
    assert entry.mentions == (ben.public_id,)  # nobody from outside
    assert entry.expires_at == entry.at + timedelta(hours=1)


def test_a_retry_gets_the_old_entry_back(circle: Conversation, ana: Clinician) -> None:
    first = boxed(ana, circle)
    [before] = kept(first)
    kept(boxed(ana, circle))

    [again, new] = kept(first, boxed(ana, circle))

    assert again == Kept(entry_of(before), is_new=False)
    assert entry_of(new).seq == 3
    assert len(log_of(circle)) == 3


def test_twins_in_one_batch_are_kept_once(circle: Conversation, ana: Clinician) -> None:
    one, other = boxed(ana, circle), boxed(ana, circle)

    outcomes = kept(one, other, one, one)

    assert [one.is_new for one in outcomes if isinstance(one, Kept)] == [
        True,
        True,
        False,
        False,
    ]
    assert seqs([*outcomes]) == [1, 2, 1, 1]


def test_two_senders_may_call_their_messages_the_same(
    circle: Conversation, ana: Clinician, ben: Clinician
) -> None:
    same = uuid4()

    outcomes = kept(
        boxed(ana, circle, client_id=same), boxed(ben, circle, client_id=same)
    )

    assert seqs([*outcomes]) == [1, 2]


@pytest.mark.parametrize("how", ["before", "in the same batch"])
def test_a_client_id_that_stands_for_something_else_is_refused(
    circle: Conversation, ana: Clinician, how: str
) -> None:
    first = boxed(ana, circle)
    kept(boxed(ana, circle))
    other = asked(
        ana, circle, Kind.REACTION, target=1, detail="+agree", client_id=first.client_id
    )

    if how == "before":
        [_, outcome] = [*kept(first), *kept(other)]
    else:
        [_, outcome] = kept(first, other)

    assert code_of(outcome) == Refusal.CLIENT_ID_REUSED


def test_a_retry_after_the_sender_was_removed_is_refused(
    circle: Conversation, dana: Clinician, ana: Clinician
) -> None:
    first = boxed(ana, circle)
    kept(first)

    remove_member(circle, ana, by=her(dana))

    assert [code_of(one) for one in kept(first, boxed(ana, circle))] == [
        "not_found",
        "not_found",
    ]


def test_a_retry_is_answered_after_the_conversation_was_closed(
    circle: Conversation, dana: Clinician, ana: Clinician
) -> None:
    first = boxed(ana, circle)
    kept(first)

    close(circle, by=her(dana))

    assert [code_of(one) for one in kept(first, boxed(ana, circle))] == [
        "kept",
        "closed",
    ]


def test_a_rollback_leaves_no_gap(circle: Conversation, ana: Clinician) -> None:
    kept(boxed(ana, circle))
    with transaction.atomic(), connection.cursor() as cursor:
        append(cursor, [boxed(ana, circle), boxed(ana, circle)])
        transaction.set_rollback(True)

    [outcome] = kept(boxed(ana, circle))

    assert entry_of(outcome).seq == 2
    circle.refresh_from_db()
    assert (circle.last_seq, circle.last_ordinal) == (2, 2)


@pytest.mark.parametrize(
    "what", ["unverified", "suspended", "left the network", "deactivated"]
)
def test_who_is_no_member_of_the_network_any_more_is_refused(
    circle: Conversation, ana: Clinician, staff: object, what: str
) -> None:
    if what == "unverified":
        Clinician.objects.filter(pk=ana.pk).update(verified_at=None)
    elif what == "suspended":
        Clinician.objects.filter(pk=ana.pk).update(suspended_at=timezone.now())
    elif what == "left the network":
        leave_network(ana, by=her(ana))
    else:
        type(her(ana)).objects.filter(pk=her(ana).pk).update(is_active=False)

    [outcome] = kept(boxed(ana, circle))

    assert code_of(outcome) == "not_found"
    assert ask(standings_of([whose(ana, circle)])) == {}


@pytest.mark.parametrize("blocker", ["ana", "ben"])
def test_a_block_closes_what_is_between_the_two_and_nothing_else(
    circle: Conversation, ana: Clinician, ben: Clinician, blocker: str
) -> None:
    direct = a_direct(ana, ben)
    first = boxed(ben, direct)
    kept(first)
    one, other = (ana, ben) if blocker == "ana" else (ben, ana)

    block_colleague(one, other, by=her(one))

    outcomes = kept(
        boxed(ana, direct),
        boxed(ben, direct),
        first,
        boxed(ana, circle),
        boxed(ben, circle),
    )
    assert [code_of(one) for one in outcomes] == [
        "closed",
        "closed",
        "kept",
        "kept",
        "kept",
    ]


REFUSED = [
    (Kind.EDIT, "ben", 1, Refusal.NOT_YOURS),
    (Kind.RECALL, "ben", 1, Refusal.NOT_YOURS),
    (Kind.EDIT, "ana", 2, Refusal.GONE),
    (Kind.RECALL, "ana", 2, Refusal.GONE),
    (Kind.REACTION, "ben", 2, Refusal.GONE),
    (Kind.PIN, "ben", 2, Refusal.GONE),
    (Kind.EDIT, "ana", 3, Refusal.NO_SUCH_MESSAGE),  # 3 is the recall of 2
    (Kind.REACTION, "ana", 99, Refusal.NO_SUCH_MESSAGE),
    (Kind.REACTION, "ana", None, Refusal.NO_SUCH_MESSAGE),
    (Kind.MESSAGE, "ana", 1, Refusal.NO_SUCH_MESSAGE),
    (Kind.REACTION, "cleo", 1, Refusal.NOT_FOUND),
    (Kind.EDIT, "ana", 1, "kept"),
    (Kind.RECALL, "ana", 1, "kept"),
    (Kind.REACTION, "ben", 1, "kept"),
    (Kind.PIN, "ben", 1, "kept"),
    (Kind.UNPIN, "dana", 1, "kept"),
]


@pytest.mark.parametrize(("kind", "name", "target", "code"), REFUSED)
def test_who_may_speak_of_which_message(
    circle: Conversation,
    request: pytest.FixtureRequest,
    kind: Kind,
    name: str,
    target: int | None,
    code: str,
) -> None:
    ana = request.getfixturevalue("ana")
    kept(boxed(ana, circle), boxed(ana, circle))
    kept(asked(ana, circle, Kind.RECALL, target=2))
    who = request.getfixturevalue(name)

    [outcome, after] = kept(asked(who, circle, kind, target=target), boxed(ana, circle))

    assert code_of(outcome) == code
    assert entry_of(after).seq == (5 if code == "kept" else 4)


def test_a_topic_and_an_answer_must_be_of_the_conversation(
    circle: Conversation, ana: Clinician, ben: Clinician
) -> None:
    direct = a_direct(ana, ben)
    kept(boxed(ana, direct))
    foreign = make_topic(direct, "elsewhere", by=her(ana)).public_id

    outcomes = kept(
        boxed(ana, circle, topic=foreign),
        boxed(ana, circle, topic=uuid4()),
        boxed(ana, circle, reply_to=1),
    )

    assert [code_of(one) for one in outcomes] == [
        "unknown_topic",
        "unknown_topic",
        "no_such_message",
    ]


def test_who_came_later_cannot_answer_what_she_cannot_see(
    circle: Conversation, dana: Clinician, ana: Clinician, eli: Clinician
) -> None:
    kept(boxed(ana, circle))
    add_member(circle, eli, with_history=False, by=her(dana))

    outcomes = kept(
        boxed(eli, circle, reply_to=1),
        asked(eli, circle, Kind.REACTION, target=1, detail="+agree"),
        asked(eli, circle, Kind.PIN, target=1),
    )

    assert {code_of(one) for one in outcomes} == {"no_such_message"}


def test_a_recall_erases_the_words_of_a_message_and_of_its_edits(
    circle: Conversation, ana: Clinician
) -> None:
    kept(boxed(ana, circle), boxed(ana, circle))
    kept(asked(ana, circle, Kind.EDIT, target=1, body=b"more", key_id=uuid4()))
    kept(asked(ana, circle, Kind.PIN, target=1))

    kept(asked(ana, circle, Kind.RECALL, target=1))

    gone = Message.objects.filter(conversation=circle, seq__in=[1, 3])
    assert [(row.body, row.key_id, row.pinned_at) for row in gone] == [
        (None, None, None)
    ] * 2
    assert [entry.recalled for entry in ask(read_entries(circle.public_id, 0, 9))] == [
        True,
        False,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize("first", [Kind.RECALL, Kind.EDIT])
def test_a_recall_in_one_batch_with_an_edit_erases_it_too(
    circle: Conversation, ana: Clinician, first: Kind
) -> None:
    kept(boxed(ana, circle))
    edit = asked(ana, circle, Kind.EDIT, target=1, body=b"more", key_id=uuid4())
    recall = asked(ana, circle, Kind.RECALL, target=1)
    both: list[Submission] = [edit, recall] if first == Kind.EDIT else [recall, edit]

    kept(*both)

    assert [row.body for row in log_of(circle) if row.body] == []


def test_the_last_pin_in_a_batch_stands(circle: Conversation, ana: Clinician) -> None:
    kept(boxed(ana, circle))

    kept(*[asked(ana, circle, kind, target=1) for kind in ("pin", "unpin", "pin")])

    assert log_of(circle)[0].pinned_at is not None
    kept(asked(ana, circle, Kind.UNPIN, target=1))
    assert log_of(circle)[0].pinned_at is None


def test_an_edit_keeps_what_was_before(circle: Conversation, ana: Clinician) -> None:
    kept(boxed(ana, circle, b"first"))

    kept(asked(ana, circle, Kind.EDIT, target=1, body=b"second", key_id=uuid4()))

    assert [bytes(row.body or b"") for row in log_of(circle)] == [b"first", b"second"]


def test_sending_moves_only_the_senders_place(
    circle: Conversation, ana: Clinician, ben: Clinician
) -> None:
    kept(boxed(ana, circle), boxed(ben, circle), boxed(ana, circle))
    kept(asked(ana, circle, Kind.REACTION, target=1, detail="+agree"))

    assert (place_of(ana, circle).read_seq, place_of(ana, circle).unread) == (3, 0)
    assert (place_of(ben, circle).read_seq, place_of(ben, circle).unread) == (2, 1)


def test_places_only_move_forward_and_never_past_the_end(
    circle: Conversation, ana: Clinician, ben: Clinician
) -> None:
    kept(*[boxed(ana, circle) for _ in range(5)])

    def read(seq: int) -> tuple[int, int, int]:
        reading = Reading(circle.public_id, her(ben).public_id, seq)
        moved = ask(mark_read([reading]))
        place = place_of(ben, circle)
        return len(moved), place.read_seq, place.unread

    assert read(3) == (1, 3, 2)
    assert read(2) == (0, 3, 2)
    assert read(3) == (0, 3, 2)
    assert read(2**62) == (1, 5, 0)


def test_nobody_reads_for_an_outsider(
    circle: Conversation, ana: Clinician, cleo: Clinician
) -> None:
    kept(boxed(ana, circle))

    assert ask(mark_read([Reading(circle.public_id, her(cleo).public_id, 1)])) == []


def test_the_log_is_read_on_from_a_place(circle: Conversation, ana: Clinician) -> None:
    kept(*[boxed(ana, circle) for _ in range(7)])
    room = circle.public_id

    assert [one.seq for one in ask(read_entries(room, 2, 3))] == [3, 4, 5]
    assert [one.seq for one in ask(read_entries(room, 0, 9, from_seq=5))] == [6, 7]


def test_rooms_and_standings_say_how_far_a_conversation_is(
    circle: Conversation, dana: Clinician, ana: Clinician, cleo: Clinician
) -> None:
    kept(boxed(ana, circle))
    remove_member(circle, ana, by=her(dana))
    room = circle.public_id

    assert ask(sweep_rooms([room, uuid4()])) == {room: (2, 1)}
    everybody = [whose(person, circle) for person in (dana, ana, cleo)]
    [(who, head)] = ask(standings_of(everybody)).items()
    assert who == whose(dana, circle)
    assert (head.last_seq, head.access_version) == (2, 1)
    assert head.clinician == dana.public_id


def test_an_unknown_conversation_is_refused_like_a_foreign_one(ana: Clinician) -> None:
    nowhere = Conversation(kind=Conversation.Kind.MANY)

    [outcome] = kept(boxed(ana, nowhere))

    assert code_of(outcome) == Refusal.NOT_FOUND
    assert not Membership.objects.exists()
