"""The log folded into lines, for one of its readers."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from messaging.actions.members import add_member, remove_member
from messaging.actions.topics import make_topic
from messaging.bodies import scope_of
from messaging.models import Conversation, Message
from messaging.sending import read_up_to
from messaging.thread import page
from messaging.thread.page import one, page_of, pinned, quoted
from messaging.thread.words import GONE
from network.activity.actors import Actor
from network.clinicians.models import Clinician
from network.privacy.actions import destroy_keys
from tests.factories import a_conversation
from tests.messaging.saying import do, her, lines, place_of, say


@pytest.fixture
def circle(dana: Clinician, ana: Clinician, ben: Clinician) -> Conversation:
    return a_conversation(dana, ana, ben)


def test_a_message_reads_as_it_was_edited_last(
    circle: Conversation, ana: Clinician, ben: Clinician
) -> None:
    say(ana, circle, "frist")
    say(ana, circle, "first", kind="edit", target=1)
    say(ana, circle, "The first", kind="edit", target=1)
    say(ben, circle, "other")

    shown = lines(ben, circle)

    assert [(one.said_by, one.body, one.is_edited) for one in shown] == [
        ("Ana Heron", "The first", True),
        ("You", "other", False),
    ]


def test_what_is_recalled_shows_its_place_alone(
    circle: Conversation, ana: Clinician, ben: Clinician
) -> None:
    say(ana, circle, "secret")
    say(ana, circle, "more secret", kind="edit", target=1)
    say(ben, circle, "what?", reply_to=1)
    do(ana, circle, "recall", 1)

    gone, answer = lines(ben, circle)

    assert (gone.body, gone.words, gone.is_edited) == (None, GONE["recalled"], False)
    assert answer.quote is not None
    assert (answer.quote.said_by, answer.quote.excerpt) == ("Ana Heron", gone.words)


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

    [mine], [hers] = lines(ben, circle), lines(ana, circle)

    assert [(one.shown.code, one.people, one.is_mine) for one in mine.reactions] == [
        ("agree", [ben], True),
        ("thanks", [ben], True),
    ]
    assert [one.is_mine for one in hers.reactions] == [False, False]


def test_quotes_topics_pins_and_mentions_are_shown(
    circle: Conversation, ana: Clinician, ben: Clinician
) -> None:
    topic = make_topic(circle, "supervision", by=her(ana))
    say(ana, circle, "question " * 40)
    say(ana, circle, "aside")
    more = {"topic": topic.public_id, "mentions": (ana.public_id,)}
    say(ben, circle, "answer", reply_to=2, **more)
    do(ben, circle, "pin", 4)
    do(ben, circle, "pin", 3)

    answer = lines(ana, circle)[-1]

    assert answer.quote is not None
    assert (answer.quote.seq, len(answer.quote.excerpt)) == (2, 120)
    assert answer.topic_name == "supervision"
    assert answer.mentions_me
    assert not lines(ben, circle)[-1].mentions_me
    assert [one.seq for one in pinned(place_of(ana, circle))] == [4, 3]
    alone = page_of(place_of(ana, circle), topic).lines
    assert [one.seq for one in alone] == [1, 4]


def test_who_came_and_went_is_a_line(
    circle: Conversation, dana: Clinician, ana: Clinician, eli: Clinician
) -> None:
    add_member(circle, eli, with_history=False, by=her(dana))
    remove_member(circle, eli, by=her(dana))

    joined, removed = lines(ana, circle)

    assert not joined.is_message
    assert (joined.words, removed.words) == ("Eli Swift joined.", "Removed: Eli Swift.")


def test_what_comes_after_she_was_seen_to_belong_is_for_another_look(
    circle: Conversation, dana: Clinician, ana: Clinician, ben: Clinician
) -> None:
    """She may have been removed since."""
    say(ana, circle, "first")
    place = place_of(ben, circle)
    remove_member(circle, ben, by=her(dana))
    say(ana, circle, "about whoever is gone")
    say(ana, circle, "other words", kind="edit", target=1)
    do(dana, circle, "reaction", 1, detail="+care")
    do(dana, circle, "pin", 3)

    found = page_of(place)

    assert [(line.seq, line.body) for line in found.lines] == [(1, "first")]
    assert not found.lines[0].reactions
    assert (found.seq, pinned(place), quoted(place, 3)) == (1, [], None)
    assert one(place, 1)[0].body == "first"
    with pytest.raises(Message.DoesNotExist):
        one(place, 3)


def test_pages_go_back(
    circle: Conversation, ana: Clinician, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "SIZE", 10)
    for number in range(1, 26):
        say(ana, circle, str(number))

    def seen(before: int | None) -> tuple[str, str, int | None]:
        found = page_of(place_of(ana, circle), before=before)
        first, *_, last = (str(line.body) for line in found.lines)
        return first, last, found.older

    assert seen(None) == ("16", "25", 16)
    assert seen(16) == ("6", "15", 6)
    assert seen(6) == ("1", "5", None)


def test_the_newest_page_begins_before_what_she_has_not_read(
    circle: Conversation,
    ana: Clinician,
    ben: Clinician,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(page, "SIZE", 10)
    for number in range(1, 26):
        say(ana, circle, str(number))

    def seen() -> tuple[int, list[int]]:
        shown = lines(ben, circle)
        return shown[0].seq, [one.seq for one in shown if one.is_first_unread]

    read_up_to(circle, 13, by=her(ben))
    assert seen() == (4, [14])
    monkeypatch.setattr(page, "MOST", 10)
    assert seen() == (16, []), "what is marked is the first of all, or nothing"
    read_up_to(circle, 25, by=her(ben))
    assert seen() == (16, [])


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
    place = place_of(ben, circle)
    few = asked(lambda: page_of(place))
    for _ in range(10):
        talk()
    place = place_of(ben, circle)

    assert asked(lambda: page_of(place)) == few <= 4


def test_whoever_reads_by_a_destroyed_key_sees_that_it_is_gone(
    circle: Conversation,
    ana: Clinician,
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    say(ana, circle, "secret")

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        destroy_keys(scope_of(circle.public_id), by=Actor.system(), why="test")

    [gone] = lines(ana, circle)
    assert (gone.body, gone.words) == (None, GONE["lost"])
    assert place_of(ana, circle).unread == 0
