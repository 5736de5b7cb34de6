"""What is unread is what the log says, whatever has happened."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from messaging.actions.members import add_member, leave, remove_member
from messaging.models import Conversation, Kind, Membership
from messaging.overview import overview, unread_total
from messaging.sending import read_up_to
from network.clinicians.models import Clinician
from tests.factories import a_conversation, a_direct
from tests.messaging.saying import asked, boxed, do, her, kept, log_of, place_of, say

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
            assert unread_total(who) == sum(map(counted, places))
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

    first, second, third = overview(ana)

    assert [row.conversation for row in (first, second, third)] == [
        circle,
        direct,
        quiet,
    ]
    assert [row.unread for row in (first, second, third)] == [0, 2, 0]
    assert [row.members for row in (first, second, third)] == [3, 2, 2]
    assert second.others == (ben,)
    assert set(first.others) == {dana, ben}
    assert third.last is None
    assert second.last is not None
    assert (second.last.text, second.last.sender) == ("the second", ben)
    assert first.last is not None
    assert (first.last.text, first.last.is_mine) == (None, True)
    assert unread_total(ana) == 2
    assert [row.conversation for row in overview(ana, size=1, start=1)] == [direct]
    assert overview(eli) == []


def test_the_list_hides_what_was_said_before_she_came(
    dana: Clinician, ana: Clinician, eli: Clinician
) -> None:
    circle = a_conversation(dana, ana)
    say(ana, circle, "before")

    add_member(circle, eli, with_history=False, by=her(dana))

    [row] = overview(eli)
    assert (row.last, row.unread) == (None, 0)


def test_who_left_or_is_no_member_has_no_list(
    dana: Clinician, ana: Clinician, finn: Clinician
) -> None:
    circle = a_conversation(dana, ana)
    say(dana, circle)
    assert unread_total(ana) == 1

    leave(circle, by=her(ana))

    assert (overview(ana), unread_total(ana)) == ([], 0)
    assert (overview(finn), unread_total(finn)) == ([], 0)


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
    few = queries_of(lambda: overview(ana))
    for _ in range(5):
        talk()

    assert queries_of(lambda: overview(ana)) == few <= 5
    assert queries_of(lambda: unread_total(ana)) == 1
    assert place_of(ana, overview(ana)[0].conversation).unread == 1
