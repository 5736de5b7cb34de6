"""What is unread is what the log says, whatever has happened."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from messaging.actions.members import add_member, leave, remove_member
from messaging.counting import unread_of
from messaging.models import Conversation, Kind, Membership
from messaging.sending import read_up_to
from messaging.thread.words import GONE, NOTHING
from messaging.views.rows import listing
from network.accounts.models import User
from network.clinicians.actions.membership import suspend_member
from network.clinicians.models import Clinician
from tests.factories import a_conversation, a_direct
from tests.messaging.saying import asked, boxed, do, her, kept, log_of, say

PEOPLE = ("dana", "ana", "ben", "eli")
Step = tuple[str, str, int]
STEPS = st.tuples(
    st.sampled_from(
        [
            "message",
            "message",
            "message",
            "read",
            "edit",
            "recall",
            "react",
            "come",
            "go",
        ]
    ),
    st.sampled_from(PEOPLE),
    st.integers(1, 12),
)


def counted(place: Membership) -> int:
    """By hand: messages that she may see, after her place."""
    after = max(place.read_seq, place.from_seq)
    rows = log_of(place.conversation)
    return sum(row.kind == Kind.MESSAGE and row.seq > after for row in rows)


@pytest.mark.django_db
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(STEPS, max_size=25))
def test_unread_counts_equal_those_of_the_log(
    steps: list[Step],
    dana: Clinician,
    ana: Clinician,
    ben: Clinician,
    eli: Clinician,
) -> None:
    cast = {"dana": dana, "ana": ana, "ben": ben, "eli": eli}
    with transaction.atomic():
        circle = a_conversation(dana, ana, ben)
        direct = a_direct(ana, ben)
        kept(boxed(ana, direct))
        for step, name, number in steps:
            act(circle, dana, cast[name], step, number)
        for who in cast.values():
            places = Membership.objects.of(who).select_related("conversation")
            assert [place.unread for place in places] == [*map(counted, places)]
            assert unread_of(who) == sum(map(counted, places))
        transaction.set_rollback(True)


def act(
    circle: Conversation, dana: Clinician, who: Clinician, step: str, number: int
) -> None:
    """What is refused changes nothing."""
    if step == "read":
        read_up_to(circle, number, by=her(who))
    elif step == "come":
        add_member(circle, who, with_history=number % 2 == 0, by=her(dana))
    elif step == "go" and who != dana:
        remove_member(circle, who, by=her(dana))
    elif step == "message":
        kept(boxed(who, circle))
    elif step == "react":
        kept(asked(who, circle, Kind.REACTION, target=number, detail="+agree"))
    elif step in ("edit", "recall"):
        kept(asked(who, circle, step, target=number))


def test_the_list_shows_each_conversation_with_what_was_said_last(
    dana: Clinician, ana: Clinician, ben: Clinician, eli: Clinician
) -> None:
    quiet = a_conversation(ana, ben, title="Quiet")
    direct = a_direct(ana, ben)
    say(ben, direct, "first")
    seq = say(ben, direct, "frist").seq
    say(ben, direct, "the second", kind="edit", target=seq)
    circle = a_conversation(dana, ana, ben)
    say(ana, circle, "gone")
    do(ana, circle, "recall", 1)

    assert [
        (row.address, row.title, row.excerpt, row.unread)
        for row in listing(ana)["rows"]
    ] == [
        (circle.get_absolute_url(), "Dana Finch and Ben Sparrow", GONE["recalled"], ""),
        (direct.get_absolute_url(), "Ben Sparrow", "the second", "2"),
        (quiet.get_absolute_url(), "Quiet", NOTHING, ""),
    ]
    assert unread_of(ana) == 2
    assert listing(eli)["rows"] == []


def test_the_list_hides_what_was_said_before_she_came(
    dana: Clinician, ana: Clinician, eli: Clinician
) -> None:
    circle = a_conversation(dana, ana)
    say(ana, circle, "before")

    add_member(circle, eli, with_history=False, by=her(dana))

    [row] = listing(eli)["rows"]
    assert (row.excerpt, row.unread) == (NOTHING, "")


def test_who_left_or_is_held_back_has_nothing_unread(
    dana: Clinician, ana: Clinician, ben: Clinician, staff: User
) -> None:
    circle = a_conversation(dana, ana, ben)
    say(dana, circle)
    assert (unread_of(ana), unread_of(ben)) == (1, 1)

    leave(circle, by=her(ana))
    suspend_member(ben, by=staff, why="test")

    assert listing(ana)["rows"] == []
    assert (unread_of(ana), unread_of(ben)) == (0, 0)


def test_the_list_takes_the_same_queries_however_long(
    dana: Clinician, ana: Clinician, ben: Clinician
) -> None:
    def queries_of(work: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as queries:
            work()
        return len(queries)

    def talk() -> None:
        circle = a_conversation(dana, ana, ben)
        say(ben, circle)
        say(ben, circle, kind="edit", target=1)

    talk()
    few = queries_of(lambda: listing(ana))
    for _ in range(5):
        talk()

    assert queries_of(lambda: listing(ana)) == few <= 4
    assert queries_of(lambda: unread_of(ana)) == 1
    assert {row.unread for row in listing(ana)["rows"]} == {"1"}
