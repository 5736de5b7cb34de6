"""Messages that were meant to last for a while."""

from datetime import timedelta
from unittest.mock import ANY

from django.utils import timezone

from messaging.actions.expiry import expire_messages
from messaging.bodies import keys_of, open_body
from messaging.export import portion
from messaging.log import ask, read_entries
from messaging.models import Message
from messaging.permissions import NOTHING, allowed_on_message
from messaging.tasks import expire_messages as expire_messages_task
from messaging.thread.bodies import Bodies
from messaging.thread.words import GONE
from network.activity.models import Event
from network.clinicians.models import Clinician
from tests.factories import a_direct
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


def pass_time() -> None:
    """As if the hour were over."""
    over = timezone.now() - timedelta(seconds=1)
    Message.objects.filter(expires_at__isnull=False).update(expires_at=over)


def test_what_has_expired_is_hidden_at_once_and_then_erased(
    ana: Clinician, ben: Clinician
) -> None:
    direct = a_direct(ana, ben)
    say(ana, direct, "for an hour", expires_in=3600)
    say(ana, direct, "for an hour only", kind="edit", target=1)
    say(ben, direct, "for good")
    do(ben, direct, "pin", 1)
    assert texts(ben, direct) == ["for an hour only", "for good"]
    assert expire_messages() == 0

    pass_time()
    assert texts(ben, direct) == [None, "for good"]
    assert expire_messages() == 1
    assert expire_messages() == 0

    first, edit, _, _, expired = log_of(direct)
    assert [(row.body, row.key_id) for row in (first, edit)] == [(None, None)] * 2
    assert first.pinned_at is None
    assert (expired.kind, expired.target, expired.sender) == ("expired", 1, None)
    gone = lines(ben, direct)[0]
    assert gone.words == GONE["disappeared"]
    assert allowed_on_message(ben, gone.message) == NOTHING
    [event] = Event.objects.filter(verb="conversation.messages_expired")
    assert event.detail == {"count": 1}
    assert [one.seq for one in ask(read_entries(direct.public_id, 0, 9))] == [
        1,
        2,
        3,
        4,
        5,
    ]


def test_an_edit_is_hidden_with_what_it_edits(ana: Clinician, ben: Clinician) -> None:
    """By whatever way it is read, also before its words are erased."""
    direct = a_direct(ana, ben)
    say(ana, direct, "for an hour", expires_in=3600)
    edit = say(ana, direct, "for an hour only", kind="edit", target=1)
    say(ana, direct, "for good")
    assert say(ana, direct, "for ever", kind="edit", target=3).expires_at is None
    first, kept_edit, *_ = ask(read_entries(direct.public_id, 0, 9))
    assert first.expires_at == edit.expires_at == kept_edit.expires_at is not None

    pass_time()

    entries = ask(read_entries(direct.public_id, 0, 9))
    keys = keys_of(entries)
    read = [open_body(entry, keys) for entry in entries]
    assert read == [None, None, "for good", "for ever"]
    assert texts(ben, direct) == [None, "for ever"]
    exported = [line["body"] for line in list(portion(her(ana).pk)["messages"])]
    assert exported == read
    [old, *_] = Message.objects.filter(conversation=direct).order_by("seq")
    assert Bodies.of([old]).history(old) == [(old, None), (ANY, None)]
    assert code_of(kept(asked(ana, direct, "edit", target=1))[0]) == "gone"
    assert expire_messages() == 1
    assert [row.kind for row in log_of(direct)][4:] == ["expired"]


def test_what_has_expired_cannot_be_spoken_of(ana: Clinician, ben: Clinician) -> None:
    direct = a_direct(ana, ben)
    say(ana, direct, "for an hour", expires_in=3600)
    pass_time()
    expire_messages_task()

    outcomes = kept(
        asked(ana, direct, "edit", target=1),
        asked(ben, direct, "reaction", target=1, detail="+agree"),
    )

    assert [code_of(one) for one in outcomes] == ["gone", "gone"]
