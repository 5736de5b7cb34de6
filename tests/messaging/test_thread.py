"""The log folded into messages, for one of its readers."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from messaging.actions.members import add_member, remove_member
from messaging.actions.topics import make_topic
from messaging.bodies import scope_of
from messaging.models import Conversation
from messaging.permissions import ANY_MESSAGE, OWN_MESSAGE
from messaging.sending import read_up_to
from messaging.thread import Page, Shown, Thread
from network.activity.actors import Actor
from network.clinicians.models import Clinician
from network.privacy.actions import destroy_keys
from tests.factories import a_conversation
from tests.messaging.saying import do, her, place_of, say, texts, thread


@pytest.fixture
def circle(dana: Clinician, ana: Clinician, ben: Clinician) -> Conversation:
    return a_conversation(dana, ana, ben)


def line(who: Clinician, circle: Conversation, seq: int) -> Shown:
    found = thread(who, circle).one(seq)
    assert found is not None
    return found


def test_a_message_reads_as_it_was_edited_last(
    circle: Conversation, ana: Clinician, ben: Clinician
) -> None:
    say(ana, circle, "frist")
    say(ana, circle, "first", kind="edit", target=1)
    say(ana, circle, "The first", kind="edit", target=1)
    say(ben, circle, "other")

    page = thread(ben, circle).newest()

    assert texts(page) == ["The first", "other"]
    assert [one.is_edited for one in page.lines] == [True, False]
    assert [one.allowed for one in page.lines] == [ANY_MESSAGE, OWN_MESSAGE]
    assert [one.is_mine for one in page.lines] == [False, True]


def test_what_is_recalled_shows_its_place_alone(
    circle: Conversation, ana: Clinician, ben: Clinician
) -> None:
    say(ana, circle, "secret")
    say(ana, circle, "more secret", kind="edit", target=1)
    say(ben, circle, "what?", reply_to=1)
    do(ana, circle, "recall", 1)

    gone, answer = thread(ben, circle).newest().lines

    assert (gone.text, gone.is_recalled, gone.allowed) == (None, True, frozenset())
    assert answer.reply is not None
    assert (answer.reply.text, answer.reply.sender) == (None, "Ana Heron")


def test_the_last_word_of_each_on_each_reaction_counts(
    circle: Conversation, ana: Clinician, ben: Clinician, dana: Clinician
) -> None:
    say(ana, circle)
    for who, detail in [
        (ana, "+agree"),
        (ben, "+agree"),
        (ben, "+agree"),
        (dana, "+care"),
        (ana, "-agree"),
        (dana, "-care"),
        (ben, "+thanks"),
    ]:
        do(who, circle, "reaction", 1, detail=detail)

    mine, hers = line(ben, circle, 1).reactions, line(ana, circle, 1).reactions

    assert [(one.code, one.count, one.names) for one in mine] == [
        ("agree", 1, ("Ben Sparrow",)),
        ("thanks", 1, ("Ben Sparrow",)),
    ]
    assert [one.is_mine for one in mine] == [True, True]
    assert [one.is_mine for one in hers] == [False, False]


def test_replies_topics_pins_and_mentions_are_shown(
    circle: Conversation, ana: Clinician, ben: Clinician
) -> None:
    topic = make_topic(circle, "supervision", by=her(ana))
    say(ana, circle, "question " * 40)
    say(ana, circle, "aside")
    say(
        ben,
        circle,
        "answer",
        reply_to=2,
        topic=topic.public_id,
        mentions=(ana.public_id,),
    )
    do(ben, circle, "pin", 3)
    do(ben, circle, "pin", 4)

    answer = line(ana, circle, 4)
    reader = thread(ana, circle)

    assert answer.reply is not None
    assert (answer.reply.seq, len(answer.reply.text or "")) == (2, 140)
    assert answer.topic == topic
    assert answer.is_mentioning_me
    assert not line(ben, circle, 4).is_mentioning_me
    assert [one.seq for one in reader.pinned()] == [4, 3]
    only = Thread(reader.membership, reader.ways, topic)
    assert [one.seq for one in only.newest().lines] == [1, 4]


def test_who_came_and_went_is_a_line(
    circle: Conversation, dana: Clinician, ana: Clinician, eli: Clinician
) -> None:
    add_member(circle, eli, with_history=False, by=her(dana))
    remove_member(circle, eli, by=her(dana))

    joined, removed = thread(ana, circle).newest().lines

    assert (joined.kind, joined.sender_name, joined.about) == (
        "joined",
        "Dana Finch",
        "Eli Swift",
    )
    assert (removed.kind, removed.about, removed.is_message) == (
        "removed",
        "Eli Swift",
        False,
    )


def test_pages_go_back_and_forth(circle: Conversation, ana: Clinician) -> None:
    for number in range(1, 13):
        say(ana, circle, str(number))
    reader = thread(ana, circle)

    def seen(page: Page) -> tuple[str, bool, bool]:
        return " ".join(map(str, texts(page))), page.has_older, page.has_newer

    assert seen(reader.newest(5)) == ("8 9 10 11 12", True, False)
    assert seen(reader.before(8, 5)) == ("3 4 5 6 7", True, True)
    assert seen(reader.before(3, 5)) == ("1 2", False, True)
    assert seen(reader.after(7, 3)) == ("8 9 10", True, True)
    assert seen(reader.after(7, 5)) == ("8 9 10 11 12", True, False)
    assert seen(reader.around(6, 4)) == ("4 5 6 7 8 9", True, True)
    assert seen(reader.newest(12)) == (" ".join(map(str, range(1, 13))), False, False)


def test_she_arrives_at_the_first_that_she_has_not_read(
    circle: Conversation, ana: Clinician, ben: Clinician
) -> None:
    for number in range(1, 11):
        say(ana, circle, str(number))
    assert thread(ben, circle).around_unread(4).first_unread == 1

    read_up_to(circle, 6, by=her(ben))
    page = thread(ben, circle).around_unread(4)

    assert texts(page) == ["5", "6", "7", "8", "9", "10"]
    assert page.first_unread == 7
    read_up_to(circle, 10, by=her(ben))
    assert thread(ben, circle).around_unread(4).first_unread is None


def test_it_takes_the_same_queries_however_much_there_is(
    circle: Conversation, ana: Clinician, ben: Clinician
) -> None:
    def asked(work: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as queries:
            work()
        return len(queries)

    def talk() -> None:
        seq = say(ana, circle, "word").seq
        say(ana, circle, "words", kind="edit", target=seq)
        do(ben, circle, "reaction", seq, detail="+agree")
        say(ben, circle, "answer", reply_to=1)

    talk()
    talk()
    reader = thread(ben, circle)
    few = asked(lambda: reader.newest(5))
    for _ in range(10):
        talk()

    assert asked(lambda: reader.newest(5)) <= few + 1  # what is answered is elsewhere
    assert asked(lambda: reader.newest(50)) <= few <= 4


def test_whoever_reads_by_a_destroyed_key_sees_that_it_is_gone(
    circle: Conversation,
    ana: Clinician,
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    say(ana, circle, "secret")

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        destroy_keys(scope_of(circle.public_id), by=Actor.system(), why="test")

    assert texts(thread(ana, circle).newest()) == [None]
    assert place_of(ana, circle).unread == 0
