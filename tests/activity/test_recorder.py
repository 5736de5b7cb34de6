"""record(): one door, one transaction, one chain per subject."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError

from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.context import truncated
from network.activity.models import ChainHead, Event, Notification, Outbox
from network.activity.reasons import Reason
from network.activity.recorder import record


def test_an_event_says_who_did_what_to_whom_and_why(kim: User) -> None:
    event = record(
        Actor.of(kim),
        "user.greeted",
        kim,
        why=Reason("curiosity", "k1:ab"),
        detail={"count": 2, "how": "warmly"},
    )

    kept = Event.objects.about(kim).get()
    assert (kept.verb, kept.seq, kept.actor_kind) == ("user.greeted", 1, "clinician")
    assert kept.actor_id == str(kim.public_id)
    assert (kept.why, kept.why_hash) == ("curiosity", "k1:ab")
    assert kept.detail == {"count": 2, "how": "warmly"}
    assert kept.hash == event.hash


def test_events_of_one_subject_are_chained(kim: User, lou: User) -> None:
    first = record(Actor.of(kim), "user.greeted", kim)
    other = record(Actor.of(kim), "user.greeted", lou)
    second = record(Actor.system(), "user.greeted", kim)

    assert (first.prev_hash, other.prev_hash) == ("", "")
    assert (second.seq, second.prev_hash) == (2, first.hash)


def test_a_class_stands_for_the_whole_kind(db: None) -> None:
    event = record(Actor.system(), "users.counted", User)

    assert event.subject == "accounts.user:"


def test_something_never_saved_has_no_trail(db: None) -> None:
    with pytest.raises(ValueError, match="saved"):
        record(Actor.system(), "user.greeted", User())


def test_people_to_notify_are_told_once_each(kim: User, lou: User) -> None:
    event = record(
        Actor.of(kim), "user.greeted", kim, audience=[kim], notify=[lou, lou]
    )

    assert [n.person for n in event.notifications.all()] == [lou]
    assert set(event.audience) == {kim.public_id, lou.public_id}
    assert Outbox.objects.waiting().filter(event=event).count() == 1


def test_an_event_that_tells_nobody_owes_nothing(kim: User) -> None:
    record(Actor.of(kim), "user.greeted", kim, audience=[kim])

    assert not Notification.objects.exists()
    assert not Outbox.objects.exists()


@pytest.mark.parametrize("detail", [{"a": 1.5}, {"a": None}, {"a": ["x"]}])
def test_detail_holds_only_words_and_whole_numbers(
    kim: User, detail: dict[str, int]
) -> None:
    with pytest.raises(TypeError, match="whole numbers"):
        record(Actor.of(kim), "user.greeted", kim, detail=detail)


def test_detail_is_no_place_for_a_text(kim: User) -> None:
    with pytest.raises(ValueError, match="not a text"):
        record(Actor.of(kim), "user.greeted", kim, detail={"story": "x" * 3000})


@pytest.mark.django_db(transaction=True)
def test_record_refuses_to_run_outside_a_transaction() -> None:
    kim = User.objects.create_user("kim@example.org")

    with pytest.raises(TransactionManagementError, match="outside a transaction"):
        record(Actor.of(kim), "user.greeted", kim)

    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_action_that_fails_leaves_no_event() -> None:
    kim = User.objects.create_user("kim@example.org")

    with pytest.raises(IntegrityError):
        _greet_and_fail(kim)

    assert not Event.objects.exists()
    assert not ChainHead.objects.filter(seq__gt=0).exists()


@transaction.atomic
def _greet_and_fail(kim: User) -> None:
    record(Actor.of(kim), "user.greeted", kim)
    User.objects.create_user(kim.email)


@pytest.mark.django_db(transaction=True)
def test_fifty_writers_at_once_leave_no_fork_and_no_gap() -> None:
    kim = User.objects.create_user("kim@example.org")
    ready = threading.Barrier(50)

    def write() -> None:
        try:
            ready.wait(timeout=60)
            with transaction.atomic():
                record(Actor.of(kim), "user.greeted", kim)
        finally:
            connection.close()

    writers = [threading.Thread(target=write) for _ in range(50)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    links = list(Event.objects.about(kim).values_list("seq", "prev_hash", "hash"))
    assert [seq for seq, _, _ in links] == list(range(1, 51))
    assert [prev for _, prev, _ in links[1:]] == [own for _, _, own in links[:-1]]


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("unix", ""),
        ("", ""),
    ],
)
def test_an_address_is_kept_as_its_neighbourhood(address: str, kept: str) -> None:
    assert truncated(address) == kept
