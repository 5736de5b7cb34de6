"""What waits in each topic is what the log says, and leads to where it begins."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from messaging.actions.members import add_member, remove_member
from messaging.actions.topics import make_topic
from messaging.models import Conversation, Kind, Membership, Message, Topic
from messaging.sending import read_up_to
from messaging.thread.topics import topics_of
from network.clinicians.models import Clinician
from tests.conftest import signed_in
from tests.factories import a_conversation
from tests.messaging.programs import program_of
from tests.messaging.saying import asked, boxed, do, her, kept, log_of, place_of, say

PEOPLE = ("dana", "ana", "ben")
SAYS = ["message", "message", "short", "read", "edit", "recall", "come", "go"]
STEPS = st.tuples(st.sampled_from(SAYS), st.sampled_from(PEOPLE), st.integers(1, 12))
LATER = timedelta(hours=1)
NEWS = "unread in</span>"


@pytest.fixture
def circle(dana: Clinician, ana: Clinician, ben: Clinician) -> Conversation:
    return a_conversation(dana, ana, ben, title="Tuesdays")


@pytest.fixture
def billing(circle: Conversation, dana: Clinician) -> Topic:
    return make_topic(circle, "Billing", by=her(dana))


@pytest.fixture
def rota(circle: Conversation, dana: Clinician) -> Topic:
    return make_topic(circle, "Rota", by=her(dana))


@pytest.fixture
def topics(billing: Topic, rota: Topic) -> list[Topic]:
    return [billing, rota]


def counts(who: Clinician, circle: Conversation) -> dict[str, int]:
    lines = topics_of(place_of(who, circle))
    return {line.topic.name: line.unread for line in lines}


def counted(place: Membership, topic: Topic) -> int:
    """By hand."""
    after = max(place.read_seq, place.from_seq)
    return sum(
        row.kind == Kind.MESSAGE and row.seq > after and stands(row)
        for row in log_of(place.conversation)
        if row.topic == topic and row.sender_id != place.clinician_id
    )


def stands(row: Message) -> bool:
    is_over = row.expires_at is not None and row.expires_at <= timezone.now()
    return row.recalled_at is None and not is_over


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(STEPS, max_size=25))
def test_what_is_unread_in_a_topic_equals_what_the_log_says(
    steps: list[tuple[str, str, int]],
    circle: Conversation,
    topics: list[Topic],
    dana: Clinician,
    ana: Clinician,
    ben: Clinician,
) -> None:
    cast = {"dana": dana, "ana": ana, "ben": ben}
    with transaction.atomic():
        for step, name, number in steps:
            topic = [None, *topics][number % 3]
            act(circle, dana, cast[name], step, number, topic)
        with time_machine.travel(timezone.now() + LATER, tick=False):
            for place in Membership.objects.current().filter(conversation=circle):
                assert counts(place.clinician, circle) == {
                    topic.name: counted(place, topic) for topic in topics
                }
        transaction.set_rollback(True)


def act(
    circle: Conversation,
    dana: Clinician,
    who: Clinician,
    step: str,
    number: int,
    topic: Topic | None,
) -> None:
    """What is refused changes nothing."""
    about = topic.public_id if topic else None
    if step == "read":
        read_up_to(circle, number, by=her(who))
    elif step == "come":
        add_member(circle, who, with_history=number % 2 == 0, by=her(dana))
    elif step == "go" and who != dana:
        remove_member(circle, who, by=her(dana))
    elif step in ("message", "short"):
        over = 1800 if step == "short" else None
        kept(boxed(who, circle, topic=about, expires_in=over))
    elif step in ("edit", "recall"):
        kept(asked(who, circle, step, target=number))


def test_each_topic_leads_to_the_first_that_waits_in_it(
    circle: Conversation, billing: Topic, rota: Topic, ana: Clinician, ben: Clinician
) -> None:
    say(ana, circle, topic=rota.public_id)
    gone = say(ana, circle, topic=billing.public_id)
    first = say(ana, circle, topic=billing.public_id)
    do(ana, circle, "recall", gone.seq)
    for _ in range(30):
        say(ana, circle)

    page = signed_in(ben).get(f"{circle.get_absolute_url()}about/").content.decode()

    address = f"{circle.get_absolute_url()}?before={first.seq + 25}#m{first.seq}"
    assert topics_of(place_of(ben, circle))[0].address == address
    assert f'href="{address}"' in page
    assert "Nothing unread" not in page


def test_the_thread_tells_of_topics_in_which_something_waits(
    circle: Conversation, billing: Topic, rota: Topic, ana: Clinician, ben: Clinician
) -> None:
    bens, thread = signed_in(ben), circle.get_absolute_url()
    assert NEWS not in bens.get(thread).content.decode()

    said = say(ana, circle, topic=rota.public_id)

    for address in (thread, f"{thread}bar/"):
        page = bens.get(address).content.decode()
        assert NEWS in page
        assert page.count(f'href="{thread}#m{said.seq}"') == 1
    assert NEWS not in signed_in(ana).get(thread).content.decode()
    read_up_to(circle, said.seq, by=her(ben))
    assert NEWS not in bens.get(f"{thread}bar/").content.decode()


def test_a_program_hears_how_much_waits_in_each(
    circle: Conversation, billing: Topic, rota: Topic, ana: Clinician, ben: Clinician
) -> None:
    for _ in range(2):
        say(ana, circle, topic=rota.public_id)

    topics = program_of(ben).get(f"/{circle.public_id}/topics").json()["topics"]

    assert [(one["name"], one["unread"]) for one in topics] == [
        ("Billing", 0),
        ("Rota", 2),
    ]
    assert (topics[0]["level"], topics[0]["muted_until"]) == ("usual", None)


def test_many_topics_are_counted_at_once(
    circle: Conversation, ana: Clinician, ben: Clinician, dana: Clinician
) -> None:
    for number in range(5):
        topic = make_topic(circle, f"No. {number}", by=her(dana))
        say(ana, circle, topic=topic.public_id)
    place = place_of(ben, circle)

    with CaptureQueriesContext(connection) as queries:
        lines = topics_of(place)

    assert [line.unread for line in lines] == [1] * 5
    assert len(queries) == 3
