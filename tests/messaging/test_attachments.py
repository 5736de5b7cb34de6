"""Files: attached, sent with a message, opened by those who may read it, and gone."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from messaging.actions.attachments import (
    TooManyFilesError,
    attach,
    open_file,
    take_off,
)
from messaging.actions.erasure import leave_every_conversation
from messaging.actions.expiry import expire_messages
from messaging.actions.guarding import set_guard
from messaging.actions.members import add_member, leave, remove_member
from messaging.actions.retention import delete_old_messages, keep_for
from messaging.attachments import files_of, unsent_files
from messaging.bodies import UnfitBodyError, scope_of
from messaging.export import portion
from messaging.limits import MOST_FILES
from messaging.models import Attachment, Conversation, Message
from messaging.retention.keys import still_used
from messaging.sending import send
from messaging.tasks import forget_unsent_files
from network.activity.actors import Actor
from network.activity.models import Event
from network.clinicians.models import Clinician
from network.privacy.actions import destroy_keys
from network.privacy.files import screened
from tests.factories import a_conversation, a_direct
from tests.messaging.attaching import NOTES, attached, files_in, send_file
from tests.messaging.saying import asked, boxed, code_of, do, her, kept, say

Guarding = Conversation.Guarding


@pytest.fixture
def room(ana: Clinician, ben: Clinician) -> Conversation:
    return a_direct(ana, ben)


def opened(who: Clinician, room: Conversation) -> list[bytes | None]:
    rows = Attachment.objects.visible_to(who).filter(conversation=room)
    found = [open_file(row, by=her(who)) for row in rows.order_by("pk")]
    return [one[1] if one else None for one in found]


def sees(who: Clinician, room: Conversation) -> int:
    return Attachment.objects.visible_to(who).filter(conversation=room).count()


# -- Sent with a message -------------------------------------------------------------


def test_a_file_goes_with_a_message_that_may_have_no_words(
    room: Conversation, ana: Clinician, ben: Clinician
) -> None:
    file = attached(ana, room)
    assert (sees(ana, room), sees(ben, room)) == (1, 0)

    entry = say(ana, room, "", files=(file,))

    assert entry.files == (file,)
    assert files_in(room) == [(entry.seq, "text")]
    assert opened(ben, room) == [NOTES]
    [shown] = files_of(room, [entry.seq], ben)[entry.seq]
    assert (shown.name, shown.size, shown.kind) == ("helped.txt", len(NOTES), "text")
    assert unsent_files(room, ana) == []


def test_without_a_file_a_message_has_words(room: Conversation, ana: Clinician) -> None:
    with pytest.raises(UnfitBodyError):
        send(asked(ana, room), "")


def test_what_is_sent_again_is_kept_once(room: Conversation, ana: Clinician) -> None:
    one, other = attached(ana, room), attached(ana, room)
    same = asked(ana, room, files=(one,))

    say_it = [send(same, "this") for _ in range(2)]

    assert [(it.entry.seq, it.is_new) for it in say_it] == [(1, True), (1, False)]  # type: ignore[union-attr]
    changed = asked(ana, room, client_id=same.client_id, files=(other,))
    assert code_of(send(changed, "this")) == "client_id_reused"
    assert files_in(room) == [(1, "text"), (None, "text")]


def test_a_file_is_sent_once(room: Conversation, ana: Clinician) -> None:
    file = attached(ana, room)
    say(ana, room, "first", files=(file,))

    assert code_of(send(asked(ana, room, files=(file,)), "second")) == "no_such_file"
    assert Message.objects.filter(conversation=room).count() == 1


def test_two_messages_at_once_do_not_share_a_file(
    room: Conversation, ana: Clinician
) -> None:
    file = attached(ana, room)
    both = [boxed(ana, room, files=(file,)) for _ in range(2)]

    assert [code_of(outcome) for outcome in kept(*both)] == ["kept", "no_such_file"]
    assert files_in(room) == [(1, "text")]


def test_only_her_own_from_there_can_be_sent(
    room: Conversation, ana: Clinician, ben: Clinician, cleo: Clinician
) -> None:
    elsewhere = a_direct(ana, cleo)
    for file in (attached(ben, room), attached(ana, elsewhere), uuid4()):
        said = asked(ana, room, files=(file,))
        assert code_of(send(said, "this")) == "no_such_file"
    both = (attached(ana, room), uuid4())
    assert code_of(send(asked(ana, room, files=both), "this")) == "no_such_file"


def test_a_message_takes_so_many(room: Conversation, ana: Clinician) -> None:
    for _ in range(MOST_FILES):
        attached(ana, room)
    with pytest.raises(TooManyFilesError):
        attached(ana, room)


def test_only_who_may_write_attaches(
    room: Conversation, cleo: Clinician, finn: Clinician
) -> None:
    for person in (cleo, finn):
        with pytest.raises(PermissionDenied):
            attached(person, room)


def test_what_is_not_sent_can_be_taken_off_by_her_alone(
    room: Conversation, ana: Clinician, ben: Clinician
) -> None:
    attached(ana, room)
    mine = Attachment.objects.get()
    take_off(mine, by=her(ben))
    assert Attachment.objects.exists()
    take_off(mine, by=her(ana))
    assert not Attachment.objects.exists()

    send_file(ana, room)
    take_off(Attachment.objects.get(), by=her(ana))
    assert Attachment.objects.exists()


# -- Who may open it -----------------------------------------------------------------


def test_whoever_may_read_the_message_opens_it(
    dana: Clinician, ana: Clinician, ben: Clinician, eli: Clinician, cleo: Clinician
) -> None:
    circle = a_conversation(dana, ana, ben)
    send_file(ana, circle)
    add_member(circle, eli, with_history=False, by=her(dana))
    seen = {one.name: sees(one, circle) for one in (dana, ana, ben, eli, cleo)}
    assert seen == {dana.name: 1, ana.name: 1, ben.name: 1, eli.name: 0, cleo.name: 0}

    remove_member(circle, ben, by=her(dana))
    leave(circle, by=her(ana))

    assert [sees(one, circle) for one in (dana, ana, ben)] == [1, 0, 0]


def test_each_opening_is_in_the_trail_once_a_day(
    room: Conversation, ana: Clinician, ben: Clinician
) -> None:
    attached(ana, room)
    opened(ana, room)
    assert not Event.objects.filter(verb="conversation.file_opened").exists()

    send_file(ana, room)
    for who in (ben, ben, ana):
        opened(who, room)

    events = Event.objects.about(room).filter(verb="conversation.file_opened")
    file = Attachment.objects.get(seq__isnull=False)
    assert [event.actor_id for event in events] == [
        str(her(one).public_id) for one in (ben, ana)
    ]
    assert {event.detail["file"] for event in events} == {str(file.public_id)}


# -- Sealed --------------------------------------------------------------------------


def test_nothing_of_it_is_in_the_database_in_plain(
    room: Conversation, ana: Clinician
) -> None:
    attached(ana, room, NOTES, "a case.txt")
    with connection.cursor() as cursor:
        cursor.execute("SELECT file::text FROM messaging_attachment file")
        [(row,)] = cursor.fetchall()
    for words in (NOTES, b"a case"):
        assert words.hex() not in row
        assert words.decode() not in row


def test_it_dies_with_its_key(
    room: Conversation,
    ana: Clinician,
    ben: Clinician,
    django_capture_on_commit_callbacks: Any,
) -> None:
    seq = send_file(ana, room).seq
    with django_capture_on_commit_callbacks(execute=True):
        destroy_keys(scope_of(room.public_id), by=Actor.system(), why="retention")

    assert opened(ben, room) == [None]
    assert files_of(room, [seq], ben) == {}


def test_a_key_is_used_while_a_file_needs_it(
    room: Conversation, ana: Clinician
) -> None:
    attached(ana, room)
    key = Attachment.objects.get().key_id
    assert still_used(room, {key, uuid4()}) == {key}


# -- Gone ----------------------------------------------------------------------------


def test_a_recall_takes_it_along(
    room: Conversation, ana: Clinician, ben: Clinician
) -> None:
    first, second = send_file(ana, room), send_file(ana, room)
    do(ana, room, "recall", first.seq)

    assert files_in(room) == [(second.seq, "text")]


def test_what_disappears_is_hidden_at_once_and_then_erased(
    room: Conversation, ana: Clinician, ben: Clinician
) -> None:
    send_file(ana, room, expires_in=3600)
    send_file(ana, room)
    over = timezone.now() - timedelta(seconds=1)
    Message.objects.filter(seq=1).update(expires_at=over)

    assert sees(ben, room) == 1
    expire_messages()
    assert files_in(room) == [(2, "text")]


def test_what_is_old_is_swept(room: Conversation, ana: Clinician) -> None:
    send_file(ana, room)
    send_file(ana, room)
    long_ago = timezone.now() - timedelta(days=40)
    Message.objects.filter(seq=1).update(at=long_ago)
    for who in room.memberships.all():
        keep_for(room, 30, by=her(who.clinician))

    delete_old_messages()

    assert files_in(room) == [(2, "text")]


def test_what_is_not_sent_within_a_day_is_forgotten(
    room: Conversation, ana: Clinician, ben: Clinician
) -> None:
    send_file(ana, room)
    attached(ana, room)
    attached(ben, room)
    long_ago = timezone.now() - timedelta(hours=25)
    hers = Attachment.objects.filter(sender=ana)
    hers.update(uploaded_at=long_ago)

    forget_unsent_files()
    forget_unsent_files()

    assert files_in(room) == [(1, "text"), (None, "text")]


def test_what_is_not_sent_goes_with_whoever_goes(
    dana: Clinician, ana: Clinician
) -> None:
    circle = a_conversation(dana, ana)
    send_file(ana, circle)
    attached(ana, circle)
    attached(dana, circle)
    leave(circle, by=her(ana))

    assert [seq is None for seq, _ in files_in(circle)] == [False, True]
    assert Attachment.objects.get(seq__isnull=True).sender == dana


def test_it_stays_with_those_it_was_sent_to_when_she_is_forgotten(
    dana: Clinician, ana: Clinician
) -> None:
    circle = a_conversation(dana, ana)
    send_file(ana, circle)
    leave_every_conversation(ana)
    assert opened(dana, circle) == [NOTES]

    leave_every_conversation(dana)
    assert not Attachment.objects.exists()


def test_she_is_given_what_each_of_hers_is(room: Conversation, ana: Clinician) -> None:
    send_file(ana, room)
    [line] = portion(her(ana).pk)["files"]
    assert (line["name"], line["kind"]) == ("helped.txt", "text/plain; charset=utf-8")
    assert "files" not in line


# -- The guard -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"Call Maria Lopez at 914 555 0142.", "helped.txt"),
        (NOTES, "Maria_Lopez_914-555-0142.txt"),
        (b"She slept well. " * 1_200 + b"Call 914 555 0142.", "helped.txt"),
    ],
)
def test_the_guard_reads_names_and_texts(
    content: bytes, name: str, room: Conversation, ana: Clinician
) -> None:
    _, found = attach(room, name, screened(content), by=her(ana))

    assert found != []
    assert Attachment.objects.get().is_telling


def test_it_is_held_up_where_words_would_be(room: Conversation, ana: Clinician) -> None:
    telling = attached(ana, room, b"Call Maria Lopez at 914 555 0142.")
    clean = attached(ana, room)
    set_guard(room, Guarding.REASON, by=her(ana))

    assert code_of(send(asked(ana, room, files=(telling,)), "this")) == "needs_reason"
    assert code_of(send(asked(ana, room, files=(clean,)), "this")) == "kept"
    why = send(asked(ana, room, files=(telling,)), "this", reason="consented")
    assert code_of(why) == "kept"
    assert Message.objects.get(seq=why.entry.seq).guard_reason == "consented"  # type: ignore[union-attr]
