"""What is written now and sent later: at its hour, or its writer is told."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from messaging.actions.conversations import close
from messaging.actions.drafts import save_draft
from messaging.actions.due import send_now
from messaging.actions.guarding import set_guard
from messaging.actions.members import add_member, leave, remove_member
from messaging.actions.rescheduling import reschedule_message
from messaging.actions.retention import delete_old_messages, keep_for
from messaging.actions.scheduling import drop_scheduled, take_back_scheduled
from messaging.actions.topics import make_topic
from messaging.bodies import LONGEST, UnfitBodyError
from messaging.drafts import draft_of
from messaging.export import portion
from messaging.limits import MOST_SCHEDULED, FullError
from messaging.log import Kept, Refused
from messaging.models import Conversation, Membership, ScheduledMessage
from messaging.scheduled import scheduled_by
from messaging.sending import send
from network.accounts.actions.staffing import deactivate
from network.activity.models import Event, Notification
from network.clinicians.actions.blocks import block_colleague
from network.clinicians.actions.membership import suspend_member
from network.clinicians.models import Clinician
from tests.factories import a_conversation, a_direct, a_staff_member
from tests.messaging.saying import asked, code_of, do, her, log_of, place_of, say, texts
from tests.messaging.scheduling import HOUR, outcome_of, schedule, sweep
from tests.messaging.test_guarding_pages import TELLING

REFUSED = "message.refused"
Change = Callable[[Clinician, Clinician, Conversation], object]


@pytest.fixture
def direct(ana: Clinician, ben: Clinician) -> Conversation:
    return a_direct(ana, ben)


def notices(person: Clinician) -> int:
    unread = Notification.objects.visible_to(her(person)).unread()
    return unread.filter(event__verb=REFUSED).count()


def test_it_comes_at_its_hour_and_not_before(
    direct: Conversation, ana: Clinician, ben: Clinician
) -> None:
    topic = make_topic(direct, "later", by=her(ana))
    first = say(ben, direct, "a question")
    about: dict[str, Any] = {"reply_to": first.seq, "topic": topic.public_id}
    made = schedule(ana, direct, "Hello", **about, expires_in=7200, confirm_in=3600)
    assert (sweep(hours=0), len(log_of(direct))) == (0, 2)

    assert (sweep(), sweep()) == (1, 0)

    row = log_of(direct)[-1]
    assert (row.client_id, row.sender, row.topic) == (made.client_id, ana, topic)
    assert row.reply_to == first.seq
    assert row.at > made.made_at
    assert (row.expires_at, row.confirm_by) == (row.at + 2 * HOUR, row.at + HOUR)
    assert row.tokens
    assert texts(ben, direct) == ["a question", "Hello"]
    assert not ScheduledMessage.objects.exists()
    assert not notices(ana)


def test_what_she_has_not_read_is_not_read_by_it(
    direct: Conversation, ana: Clinician, ben: Clinician
) -> None:
    schedule(ana, direct)
    say(ben, direct, "overnight")
    before = place_of(ana, direct).read_seq

    sweep()

    assert place_of(ana, direct).read_seq == before
    assert place_of(ana, direct).unread == 2


def test_who_has_read_everything_has_nothing_unread_by_it(
    direct: Conversation, ana: Clinician
) -> None:
    schedule(ana, direct)

    sweep()

    assert place_of(ana, direct).unread == 0


def test_twice_is_once_and_other_words_are_no_retry(
    direct: Conversation, ana: Clinician
) -> None:
    made = schedule(ana, direct, "once")

    again = schedule(
        ana, direct, "once", client_id=made.client_id, at=made.due_at + HOUR
    )
    other = outcome_of(ana, direct, "twice", client_id=made.client_id)
    sent = say(ana, direct, "sent")
    late = outcome_of(ana, direct, "sent", client_id=sent.client_id)

    assert (again.pk, again.due_at) == (made.pk, made.due_at)
    assert [code_of(one) for one in (other, late) if isinstance(one, Refused)] == [
        "client_id_reused",
        "client_id_reused",
    ]
    assert ScheduledMessage.objects.count() == 1


def test_what_was_sent_meanwhile_under_its_id_is_not_sent_again(
    direct: Conversation, ana: Clinician
) -> None:
    same, other = schedule(ana, direct, "same"), schedule(ana, direct, "other")
    for made in (same, other):
        send(asked(ana, direct, client_id=made.client_id), "same")

    assert sweep() == 2

    assert len(log_of(direct)) == 2
    [left] = ScheduledMessage.objects.all()
    assert (left, left.refused) == (other, "client_id_reused")


def test_what_the_log_would_not_take_now_is_refused_now(
    direct: Conversation, ana: Clinician, ben: Clinician
) -> None:
    set_guard(direct, Conversation.Guarding.REASON, by=her(ana))
    cases = {
        "no_such_message": outcome_of(ana, direct, reply_to=99),
        "unknown_topic": outcome_of(ana, direct, topic=uuid4()),
        "needs_reason": outcome_of(ana, direct, TELLING),
    }
    assert schedule(ana, direct, TELLING, reason="consented").guard_reason
    set_guard(direct, Conversation.Guarding.BLOCK, by=her(ana))
    cases["identifies_somebody"] = outcome_of(ana, direct, TELLING, reason="consented")
    block_colleague(ben, ana, by=her(ben))
    cases["closed"] = outcome_of(ana, direct)

    codes = {code: getattr(outcome, "code", "kept") for code, outcome in cases.items()}
    assert codes == {code: code for code in cases}
    assert len(log_of(direct)) == 2  # the guard was set twice


def test_who_may_not_read_it_schedules_nothing(
    direct: Conversation, cleo: Clinician, finn: Clinician
) -> None:
    for who in (cleo, finn):
        with pytest.raises(PermissionDenied):
            outcome_of(who, direct)


def test_so_many_and_no_more(direct: Conversation, ana: Clinician) -> None:
    made = schedule(ana, direct)
    ScheduledMessage.objects.bulk_create(
        ScheduledMessage(
            membership=made.membership,
            client_id=uuid4(),
            key_id=made.key_id,
            body=made.body,
            due_at=made.due_at,
        )
        for _ in range(MOST_SCHEDULED - 1)
    )

    with pytest.raises(FullError):
        schedule(ana, direct)


def _close(ana: Clinician, ben: Clinician, room: Conversation) -> None:
    close(room, by=her(ben))


def _guard(ana: Clinician, ben: Clinician, room: Conversation) -> None:
    set_guard(room, Conversation.Guarding.REASON, by=her(ben))


def _forbid(ana: Clinician, ben: Clinician, room: Conversation) -> None:
    set_guard(room, Conversation.Guarding.BLOCK, by=her(ben))


def _suspend(ana: Clinician, ben: Clinician, room: Conversation) -> None:
    suspend_member(ana, by=a_staff_member(), why="complaint")


def _deactivate(ana: Clinician, ben: Clinician, room: Conversation) -> None:
    deactivate(her(ana), by=a_staff_member(), why="left")


def _lose(ana: Clinician, ben: Clinician, room: Conversation) -> None:
    """Its key."""
    ScheduledMessage.objects.update(key_id=uuid4())


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_close, "closed"),
        (_guard, "needs_reason"),
        (_forbid, "identifies_somebody"),
        (_suspend, "not_found"),
        (_deactivate, "not_found"),
        (_lose, "gone"),
    ],
)
def test_what_cannot_be_sent_waits_refused_and_its_writer_is_told(
    ana: Clinician, ben: Clinician, change: Change, code: str
) -> None:
    room = a_conversation(ben, ana)
    schedule(ana, room, TELLING)
    change(ana, ben, room)
    before = len(log_of(room))

    assert (sweep(), sweep()) == (1, 0)

    assert [row.refused for row in ScheduledMessage.objects.all()] == [code]
    assert len(log_of(room)) == before
    [event] = Event.objects.filter(verb=REFUSED)
    assert (event.detail, event.why) == ({}, "")
    assert (notices(ana), notices(ben)) == (1, 0)


def test_an_answer_to_what_was_recalled_is_sent_as_any_other(
    direct: Conversation, ana: Clinician, ben: Clinician
) -> None:
    question = say(ben, direct, "a question")
    schedule(ana, direct, "an answer", reply_to=question.seq)
    do(ben, direct, "recall", question.seq)

    assert sweep() == 1

    assert log_of(direct)[-1].reply_to == question.seq


def test_she_sends_it_now_and_the_notice_of_it_is_read(
    ana: Clinician, ben: Clinician
) -> None:
    room = a_conversation(ben, ana)
    made = schedule(ana, room, TELLING)
    set_guard(room, Conversation.Guarding.REASON, by=her(ben))
    sweep()
    refused = send_now(made, by=her(ana))
    set_guard(room, Conversation.Guarding.WARN, by=her(ben))

    with pytest.raises(ScheduledMessage.DoesNotExist):
        send_now(made, by=her(ben))
    outcome = send_now(made, by=her(ana))

    assert code_of(refused) == "needs_reason"
    assert isinstance(outcome, Kept)
    assert texts(ben, room) == [TELLING]
    assert not notices(ana)
    with pytest.raises(ScheduledMessage.DoesNotExist):
        send_now(made, by=her(ana))


def test_she_gives_it_another_hour(
    direct: Conversation, ana: Clinician, ben: Clinician, cleo: Clinician
) -> None:
    made, at = schedule(ana, direct, "later"), timezone.now() + 5 * HOUR
    with pytest.raises(ScheduledMessage.DoesNotExist):
        reschedule_message(made, at, by=her(ben))
    with pytest.raises(PermissionDenied):
        reschedule_message(made, at, by=her(cleo))

    moved = reschedule_message(made, at, by=her(ana))

    assert isinstance(moved, ScheduledMessage)
    assert (moved.pk, moved.due_at, moved.made_at) == (made.pk, at, made.made_at)
    assert not Event.objects.filter(verb__startswith="message.")
    assert (sweep(hours=2), len(log_of(direct))) == (0, 0)
    assert (sweep(hours=6), texts(ben, direct)) == (1, ["later"])
    with pytest.raises(ScheduledMessage.DoesNotExist):
        reschedule_message(made, at, by=her(ana))


@pytest.mark.parametrize(
    ("change", "code"),
    [(_close, "closed"), (_guard, "needs_reason"), (_lose, "gone")],
)
def test_what_could_not_be_sent_now_keeps_its_hour(
    ana: Clinician, ben: Clinician, change: Change, code: str
) -> None:
    room = a_conversation(ben, ana)
    made = schedule(ana, room, TELLING)
    change(ana, ben, room)
    made.refresh_from_db()
    before = len(log_of(room))

    outcome = reschedule_message(made, made.due_at + 5 * HOUR, by=her(ana))

    assert isinstance(outcome, Refused)
    assert outcome.code == code
    [left] = ScheduledMessage.objects.all()
    assert (left.due_at, left.refused) == (made.due_at, "")
    assert len(log_of(room)) == before


def test_what_was_refused_waits_anew_and_the_notice_of_it_is_read(
    ana: Clinician, ben: Clinician
) -> None:
    room = a_conversation(ben, ana)
    made = schedule(ana, room, TELLING)
    _guard(ana, ben, room)
    sweep()
    at = timezone.now() + 5 * HOUR
    refused = reschedule_message(made, at, by=her(ana))
    told = notices(ana)
    set_guard(room, Conversation.Guarding.WARN, by=her(ben))

    reschedule_message(made, at, by=her(ana))

    assert (isinstance(refused, Refused), told, notices(ana)) == (True, 1, 0)
    assert [row.refused for row in ScheduledMessage.objects.all()] == [""]
    assert (sweep(hours=6), texts(ben, room)) == (1, [TELLING])


def test_what_she_takes_back_stands_below_what_she_had_begun(
    direct: Conversation, ana: Clinician, ben: Clinician
) -> None:
    topic = make_topic(direct, "other", by=her(ana))
    begun = schedule(ana, direct, "later")
    of_topic = schedule(ana, direct, "of a topic", topic=topic.public_id)
    save_draft(direct, "begun", by=her(ana))

    with pytest.raises(ScheduledMessage.DoesNotExist):
        take_back_scheduled(begun, by=her(ben))
    for made in (begun, of_topic):
        take_back_scheduled(made, by=her(ana))

    assert draft_of(ana, direct) == "begun\nlater"
    assert draft_of(ana, direct, topic) == "of a topic"
    assert not ScheduledMessage.objects.exists()
    assert sweep() == 0


def test_what_would_be_too_long_beside_it_waits_on(
    direct: Conversation, ana: Clinician
) -> None:
    made = schedule(ana, direct, "later")
    save_draft(direct, "x" * LONGEST, by=her(ana))

    with pytest.raises(UnfitBodyError):
        take_back_scheduled(made, by=her(ana))

    assert ScheduledMessage.objects.exists()
    assert draft_of(ana, direct) == "x" * LONGEST


def test_she_alone_sees_it_and_drops_it(
    direct: Conversation, ana: Clinician, ben: Clinician, cleo: Clinician
) -> None:
    made = schedule(ana, direct, "hers")
    assert [one.text for one in scheduled_by(ana, direct)] == ["hers"]
    assert [list(scheduled_by(who)) for who in (ben, cleo)] == [[], []]
    with pytest.raises(ScheduledMessage.DoesNotExist):
        drop_scheduled(made, by=her(ben))
    with pytest.raises(PermissionDenied):
        drop_scheduled(made, by=her(cleo))

    drop_scheduled(made, by=her(ana))

    assert not scheduled_by(ana)
    assert b"hers" not in bytes(made.body)


def test_it_goes_with_whoever_leaves_or_is_removed(
    ana: Clinician, ben: Clinician, cleo: Clinician
) -> None:
    room = a_conversation(ben, ana, cleo)
    for who in (ana, ben, cleo):
        schedule(who, room)

    leave(room, by=her(ana))
    remove_member(room, cleo, by=her(ben))

    assert [row.membership.clinician for row in ScheduledMessage.objects.all()] == [ben]


@pytest.mark.parametrize("is_back", [False, True])
def test_what_was_left_behind_goes_at_its_hour_and_nobody_is_told_of_it(
    ana: Clinician, ben: Clinician, is_back: bool
) -> None:
    """As a server that knows nothing of it lets somebody go, while others know."""
    room = a_conversation(ben, ana)
    schedule(ana, room)
    Membership.objects.of(ana).update(left_at=timezone.now())
    if is_back:
        add_member(room, ana, with_history=True, by=her(ben))
    before = len(log_of(room))

    assert (sweep(), sweep()) == (1, 0)

    assert not ScheduledMessage.objects.exists()
    assert len(log_of(room)) == before
    assert not Event.objects.filter(verb=REFUSED)


def _remove(ana: Clinician, ben: Clinician, room: Conversation) -> None:
    remove_member(room, ana, by=her(ben))


def _grow_old(ana: Clinician, ben: Clinician, room: Conversation) -> None:
    keep_for(room, 30, by=her(ben))
    long_ago = timezone.now() - timedelta(days=31)
    ScheduledMessage.objects.update(due_at=long_ago)
    delete_old_messages()


@pytest.mark.parametrize("change", [_remove, _grow_old])
def test_no_notice_says_that_words_are_hers_which_are_gone(
    ana: Clinician, ben: Clinician, change: Change
) -> None:
    room = a_conversation(ben, ana)
    schedule(ana, room, TELLING)
    _forbid(ana, ben, room)
    sweep()
    assert notices(ana) == 1

    change(ana, ben, room)

    assert not ScheduledMessage.objects.exists()
    assert not notices(ana)


def test_she_takes_it_along_in_plain_words(
    direct: Conversation, ana: Clinician, ben: Clinician
) -> None:
    schedule(ana, direct, "hers")
    schedule(ben, direct, "his")

    [line] = portion(her(ana).pk)["scheduled"]

    assert (line["body"], line["refused"]) == ("hers", "")
    assert line["conversation"] == str(direct.public_id)


def test_what_was_refused_goes_when_it_is_old(ana: Clinician, ben: Clinician) -> None:
    room = a_conversation(ben, ana)
    old, young = schedule(ana, room), schedule(ana, room)
    keep_for(room, 30, by=her(ben))
    long_ago = timezone.now() - timedelta(days=31)
    ScheduledMessage.objects.filter(pk=old.pk).update(due_at=long_ago, refused="closed")

    delete_old_messages()

    assert [row.pk for row in ScheduledMessage.objects.all()] == [young.pk]
