"""A legal hold: nothing of what it is on is destroyed while it stands, by any way."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from random import Random
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from home.actions.closing import close_account, erase_what_is_due
from messaging.actions.conversations import rename
from messaging.actions.expiry import expire_messages
from messaging.actions.holds import hold_conversation, hold_person, lift_hold
from messaging.actions.members import leave
from messaging.actions.retention import delete_old_messages, keep_for
from messaging.bodies import keys_of, open_body, scope_of
from messaging.export import portion
from messaging.holds import HeldError, is_held
from messaging.holds.permissions import allowed
from messaging.log import ask, entry_of, read_entries
from messaging.models import Attachment, Conversation, Hold, Kind, Message
from messaging.permissions import NOTHING, allowed_on_message
from messaging.thread.words import GONE
from network.accounts.models import User
from network.accounts.roles import Role
from network.activity.models import Event
from network.clinicians.models import Clinician
from network.privacy import data_keys
from network.privacy.actions import complete_destructions
from network.privacy.keystore.models import WrappedKey
from tests.factories import a_conversation, a_direct, a_user
from tests.messaging.attaching import files_in, send_file
from tests.messaging.saying import (
    asked,
    code_of,
    do,
    her,
    kept,
    lines,
    log_of,
    say,
    texts,
)
from tests.messaging.test_log_at_once import together

pytestmark = pytest.mark.django_db
MATTER = "Docket 26-1187"
Commit = Callable[..., Any]


@pytest.fixture
def other(staff: User) -> User:
    """Of the staff too; named after whoever sets holds."""
    return a_user(is_staff=True)


def on(conversation: Conversation, staff: User) -> Hold:
    return hold_conversation(conversation, ground="court", matter=MATTER, by=staff)


def on_her(clinician: Clinician, staff: User) -> Hold:
    return hold_person(clinician, ground="board", matter=MATTER, by=staff)


def lift(hold: Hold, other: User) -> None:
    lift_hold(hold, why="over", by=other)


def words(conversation: Conversation) -> list[str | None]:
    """All that can be opened of it, hidden or not, by the keys there are today."""
    data_keys.forget_all()
    rows = [replace(entry_of(row), expires_at=None) for row in log_of(conversation)]
    keys = keys_of(rows)
    spoken = (row for row in rows if row.kind in (Kind.MESSAGE, Kind.EDIT))
    return [open_body(row, keys) for row in spoken]


def long_ago(who: Clinician, conversation: Conversation, text: str, **more: Any) -> int:
    """Said so, by the key of that month; what was to expire has."""
    then = timezone.now() - timedelta(days=100)
    with time_machine.travel(then):
        seq = say(who, conversation, text, **more).seq
    row = Message.objects.filter(conversation=conversation, seq=seq)
    row.update(at=then)
    row.filter(expires_at__isnull=False).update(expires_at=then)
    return seq


def close_and_wait(*people: Clinician) -> None:
    for person in people:
        close_account(her(person))
        over = timezone.now() - timedelta(seconds=1)
        User.objects.filter(pk=her(person).pk).update(erase_at=over)


# -- What is recalled, expires, or grows old ---------------------------------------


def test_what_is_recalled_is_hidden_from_everybody_and_kept(
    ana: Clinician, ben: Clinician, staff: User, other: User
) -> None:
    direct = a_direct(ana, ben)
    say(ana, direct, "first")
    say(ana, direct, "second", kind="edit", target=1)
    do(ben, direct, "pin", 1)
    hold = on(direct, staff)

    do(ana, direct, "recall", 1)

    assert words(direct) == ["first", "second"]
    for reader in (ana, ben):
        [line] = lines(reader, direct)
        assert (line.body, line.words) == (None, GONE["recalled"])
        assert not line.is_pinned
        assert allowed_on_message(reader, line.message) == NOTHING
    entries = ask(read_entries(direct.public_id, 0, 9))
    keys = keys_of(entries)
    assert [open_body(entry, keys) for entry in entries] == [None] * 4
    assert [row.tokens for row in log_of(direct)[:2]] == [None, None]
    again = [
        asked(ana, direct, "recall", target=1),
        asked(ben, direct, "pin", target=1),
    ]
    assert [code_of(one) for one in kept(*again)] == ["gone", "gone"]
    assert expire_messages() == 0

    lift(hold, other)

    assert expire_messages() == 1
    assert words(direct) == [None, None]
    assert "expired" not in [row.kind for row in log_of(direct)]
    assert lines(ben, direct)[0].words == GONE["recalled"]


def test_its_files_are_hidden_and_kept_with_it(
    ana: Clinician, ben: Clinician, staff: User, other: User
) -> None:
    direct = a_direct(ana, ben)
    send_file(ana, direct)
    send_file(ana, direct, expires_in=60)
    hold = on(direct, staff)
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        do(ana, direct, "recall", 1)
        Message.objects.filter(seq=2).update(expires_at=timezone.now())

        assert expire_messages() == 0
        assert len(files_in(direct)) == 2
        for reader in (ana, ben):
            assert not Attachment.objects.visible_to(reader).exists()
        assert not portion(her(ana).pk)["files"]

        lift(hold, other)
        assert expire_messages() == 2
        assert files_in(direct) == []


def test_what_is_recalled_without_a_hold_is_erased_at_once(
    ana: Clinician, ben: Clinician, cleo: Clinician, staff: User
) -> None:
    on_her(cleo, staff)
    direct = a_direct(ana, ben)
    say(ana, direct, "first")

    do(ana, direct, "recall", 1)

    assert words(direct) == [None]
    assert log_of(direct)[0].expires_at is None


def test_what_expires_is_hidden_and_goes_when_the_hold_has_gone(
    ana: Clinician, ben: Clinician, staff: User, other: User
) -> None:
    direct = a_direct(ana, ben)
    long_ago(ana, direct, "for an hour", expires_in=3600)
    hold = on(direct, staff)

    assert expire_messages() == 0
    assert words(direct) == ["for an hour"]
    assert texts(ben, direct) == [None]

    lift(hold, other)
    assert expire_messages() == 1
    assert words(direct) == [None]
    assert log_of(direct)[-1].kind == "expired"


def test_what_is_old_stays_with_its_key_until_the_hold_is_lifted(
    ana: Clinician, ben: Clinician, staff: User, other: User, sweep: Commit
) -> None:
    circle = a_conversation(ana, ben)
    long_ago(ana, circle, "long ago")
    keep_for(circle, 30, by=her(ana))
    hold = on(circle, staff)

    assert sweep() == 0
    assert words(circle) == ["long ago"]
    assert texts(ben, circle) == ["long ago"]

    lift(hold, other)
    assert sweep() == 1
    assert words(circle) == [None]
    assert not WrappedKey.objects.filter(scope=scope_of(circle.public_id)).exists()


@pytest.fixture
def sweep(django_capture_on_commit_callbacks: Any) -> Commit:
    def sweep() -> int:
        with django_capture_on_commit_callbacks(execute=True):
            return delete_old_messages()

    return sweep


def test_a_title_is_not_written_over(
    ana: Clinician, ben: Clinician, staff: User
) -> None:
    named, nameless = a_conversation(ana, ben, title="hers"), a_conversation(ana, ben)
    for circle in (named, nameless):
        on(circle, staff)

    with pytest.raises(HeldError):
        rename(named, "another", by=her(ana))
    rename(nameless, "a first one", by=her(ana))

    assert Conversation.objects.get(pk=named.pk).title == "hers"


# -- Erasure -----------------------------------------------------------------------


def test_nobody_of_a_held_conversation_is_erased_before_it_is_lifted(
    ana: Clinician, ben: Clinician, staff: User, other: User, sweep: Commit
) -> None:
    direct = a_direct(ana, ben)
    say(ana, direct, "hers")
    hold = on(direct, staff)
    close_and_wait(ana, ben)

    assert erase_what_is_due() == 0
    assert words(direct) == ["hers"]
    assert log_of(direct)[0].sender == ana

    lift(hold, other)
    assert erase_what_is_due() == 2
    assert not Conversation.objects.exists()
    assert not Hold.objects.exists()
    done = Event.objects.filter(verb__startswith="hold.").order_by("pk")
    verbs = done.values_list("verb", flat=True)
    assert list(verbs) == ["hold.set", "hold.lifted"]


def test_whoever_is_on_hold_is_not_erased(
    ana: Clinician, staff: User, other: User
) -> None:
    hold = on_her(ana, staff)
    close_and_wait(ana)
    assert erase_what_is_due() == 0

    lift(hold, other)

    assert erase_what_is_due() == 1
    assert not Hold.objects.exists()


def test_what_is_on_hold_cannot_be_deleted_below_it(
    ana: Clinician, ben: Clinician, staff: User
) -> None:
    direct = a_direct(ana, ben)
    on(direct, staff)
    on_her(ben, staff)

    for row in (direct, ben):
        with pytest.raises(ProtectedError):
            row.delete()


# -- On somebody -------------------------------------------------------------------


def test_a_hold_on_somebody_reaches_where_she_is_was_and_will_be(
    ana: Clinician, ben: Clinician, cleo: Clinician, staff: User, other: User
) -> None:
    left, here, others = (
        a_conversation(ben, ana),
        a_direct(ana, ben),
        a_direct(ben, cleo),
    )
    leave(left, by=her(ana))
    hold = on_her(ana, staff)
    later = a_direct(ana, cleo)

    rooms = (left, here, later, others)
    assert [is_held(room) for room in rooms] == [True, True, True, False]
    for room in (left, here):
        say(ben, room, "his")
        do(ben, room, "recall", log_of(room)[-1].seq)
        assert words(room) == ["his"]

    lift(hold, other)
    assert not any(is_held(room) for room in rooms)


def test_what_two_hold_is_free_when_both_are_lifted(
    ana: Clinician, ben: Clinician, staff: User, other: User
) -> None:
    direct = a_direct(ana, ben)
    say(ana, direct, "hers")
    first, second = on(direct, staff), on_her(ana, staff)
    do(ana, direct, "recall", 1)

    lift(first, other)
    assert expire_messages() == 0
    lift(second, other)
    assert expire_messages() == 1


# -- Who may, and what the trail says ----------------------------------------------


def test_twice_is_once_and_the_trail_has_the_code_alone(
    ana: Clinician, ben: Clinician, staff: User, other: User
) -> None:
    direct = a_direct(ana, ben)
    hold = on(direct, staff)
    assert on(direct, staff) == hold
    another = hold_conversation(direct, ground="court", matter="else", by=staff)
    assert another != hold

    lift(hold, other)

    events = list(Event.objects.about(hold))
    assert [(one.verb, one.why, one.actor_id) for one in events] == [
        ("hold.set", "court", str(staff.public_id)),
        ("hold.lifted", "over", str(other.public_id)),
    ]
    assert MATTER not in str(list(Event.objects.values()))
    assert MATTER not in str(list(Hold.objects.values("matter")))


def test_who_may_lift_a_hold(
    ana: Clinician, ben: Clinician, cleo: Clinician, staff: User, other: User
) -> None:
    direct = a_direct(ana, ben)
    hold = on(direct, staff)
    people = {"set it": staff, "another": other, "member": her(cleo)}
    people["in it"] = _administrator(ana)
    people["moderator"] = a_user(is_staff=True)
    people["moderator"].roles = [Role.MODERATOR]
    may = {who: bool(allowed(actor, hold)) for who, actor in people.items()}
    assert may == {
        "set it": False,
        "another": True,
        "member": False,
        "in it": False,
        "moderator": False,
    }
    assert not allowed(_administrator(cleo), on_her(cleo, staff))
    for actor in (staff, people["in it"]):
        with pytest.raises(PermissionDenied):
            lift(hold, actor)

    lift(hold, other)
    hold.refresh_from_db()
    assert not allowed(a_user(is_staff=True), hold)
    with pytest.raises(PermissionDenied):
        lift(hold, other)


def _administrator(clinician: Clinician) -> User:
    user = her(clinician)
    user.is_staff, user.roles = True, [Role.ADMINISTRATOR]
    user.save()
    return user


def test_only_administrators_set_one(ana: Clinician, ben: Clinician) -> None:
    moderator = a_user(is_staff=True)
    moderator.roles = [Role.MODERATOR]
    for actor in (moderator, her(ben)):
        with pytest.raises(PermissionDenied):
            on(a_direct(ana, ben), actor)
        with pytest.raises(PermissionDenied):
            on_her(ana, actor)


def test_the_database_wants_two_persons_too(
    ana: Clinician, ben: Clinician, staff: User
) -> None:
    on(a_direct(ana, ben), staff)
    with pytest.raises(IntegrityError), transaction.atomic():
        Hold.objects.update(lifted_by=staff, lifted_at=timezone.now())


# -- By any way, in any order ------------------------------------------------------


@pytest.mark.parametrize("seed", range(8))
def test_nothing_of_it_is_destroyed_by_any_way(
    seed: int,
    ana: Clinician,
    ben: Clinician,
    staff: User,
    other: User,
    django_capture_on_commit_callbacks: Any,
) -> None:
    """Whatever members, the clock and operators do, in any order."""
    draw = Random(seed)  # noqa: S311 no secret
    circle = a_conversation(ana, ben, title="hers")
    for number in range(8):
        who, life = draw.choice([ana, ben]), draw.choice([None, 60])
        if number % 3 == 0:
            send_file(who, circle, expires_in=life)
        elif number % 3 == 1:
            say(who, circle, f"No. {number}", expires_in=life)
        else:
            long_ago(who, circle, f"No. {number}", expires_in=life)
    said, files = words(circle), files_in(circle)
    hold = on(circle, staff) if draw.random() < 0.5 else on_her(ben, staff)
    ways: list[Callable[[], object]] = [
        *(partial(_recall, circle, seq) for seq in range(1, 9)),
        lambda: _attempt(lambda: keep_for(circle, 30, by=her(ana))),
        lambda: _attempt(lambda: rename(circle, "another", by=her(ana))),
        lambda: _attempt(lambda: leave(circle, by=her(draw.choice([ana, ben])))),
        lambda: close_and_wait(ana, ben),
        *CLOCK,
    ]

    for way in draw.choices(ways, k=30):
        with django_capture_on_commit_callbacks(execute=True):
            way()

        assert (words(circle), files_in(circle)) == (said, files)
        assert Conversation.objects.get().title == "hers"

    lift(hold, other)
    close_and_wait(ana, ben)
    for way in CLOCK:
        with django_capture_on_commit_callbacks(execute=True):
            way()
    assert not Conversation.objects.exists()
    assert not WrappedKey.objects.exists()


CLOCK: list[Callable[[], object]] = [
    expire_messages,
    delete_old_messages,
    erase_what_is_due,
    complete_destructions,
    partial(call_command, "index_messages"),
    partial(call_command, "keys", "rotate"),
    partial(call_command, "replay_destroyed_keys"),
]


def _recall(circle: Conversation, seq: int) -> None:
    sender = log_of(circle)[seq - 1].sender
    assert sender is not None
    kept(asked(sender, circle, "recall", target=seq))


def _attempt(act: Callable[[], object]) -> None:
    """By somebody who may have left, or may not."""
    with suppress(PermissionDenied, HeldError):
        act()


# -- At once -----------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("who", ["sweep", "expiry", "recall"])
def test_what_is_there_when_a_hold_is_set_stays(
    who: str, ana: Clinician, ben: Clinician, staff: User
) -> None:
    """Beside whoever destroys it: that comes before the hold, or not at all."""
    for turn in range(6):
        circle = a_conversation(ana, ben)
        for _ in range(5):
            life = 60 if who == "expiry" else None
            long_ago(ana, circle, "long ago", expires_in=life)
        keep_for(circle, 30, by=her(ana))
        ways: dict[str, Callable[[], object]] = {
            "sweep": delete_old_messages,
            "expiry": expire_messages,
            "recall": partial(_recall_all, circle),
        }
        how: Callable[[], object] = [
            partial(on, circle, staff),
            partial(on_her, ben, staff),
        ][turn % 2]

        jobs: list[Callable[[], object]] = [
            partial(_there_then, how, circle),
            ways[who],
        ]
        then, _ = together(jobs)

        assert words(circle) == then
        Hold.objects.all().delete()


def _there_then(setting: Callable[[], object], circle: Conversation) -> object:
    setting()
    return words(circle)


def _recall_all(circle: Conversation) -> None:
    for seq in range(1, 6):
        _recall(circle, seq)
