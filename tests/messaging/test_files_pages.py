"""Files on the pages: by forms, by the page's script, and opened."""

import hashlib
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from messaging.actions.guarding import set_guard
from messaging.actions.members import add_member, remove_member
from messaging.drafts import draft_of
from messaging.models import Attachment, Conversation, Message
from network.clinicians.models import Clinician
from network.privacy.files import LARGEST
from tests.conftest import signed_in
from tests.factories import a_conversation, a_direct
from tests.messaging.attaching import NOTES, attached, files_in, send_file
from tests.messaging.saying import do, her
from tests.messaging.test_copies import copied
from tests.privacy.files.made import A_PAGE, A_ZIP, AN_SVG, PLACE, a_pdf, a_photograph

SCRIPT: dict[str, Any] = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def room(ana: Clinician, ben: Clinician) -> Conversation:
    return a_direct(ana, ben)


def upload(
    who: Clinician,
    room: Conversation,
    content: bytes = NOTES,
    name: str = "helped.txt",
    **more: Any,
) -> Any:
    sent = SimpleUploadedFile(name, content, "image/png")
    said = {"file": sent, **more.pop("said", {})}
    return signed_in(who).post(f"{room.get_absolute_url()}files/", said, **more)


def opening(who: Clinician, room: Conversation, file: UUID) -> Any:
    return signed_in(who).get(f"{room.get_absolute_url()}files/{file}/")


def page_of(who: Clinician, room: Conversation) -> str:
    return signed_in(who).get(room.get_absolute_url()).content.decode()


# -- Attaching -----------------------------------------------------------------------


def test_by_a_form_it_is_attached_and_what_was_written_stays(
    room: Conversation, ana: Clinician
) -> None:
    answer = upload(ana, room, said={"body": "half a\r\nmessage", "reply_to": "7"})

    assert (answer.status_code, answer["Location"][-8:]) == (302, "?reply=7")
    assert draft_of(ana, room) == "half a\nmessage"
    page = page_of(ana, room)
    file = Attachment.objects.get().public_id
    assert f'<input type="hidden" name="files" value="{file}">' in page
    assert "helped.txt" in page


def test_what_is_chosen_and_sent_at_once_is_looked_through_first(
    room: Conversation, ana: Clinician
) -> None:
    said = {"body": "a word", "client_id": str(uuid4())}
    sent = SimpleUploadedFile("helped.txt", NOTES)
    address = f"{room.get_absolute_url()}messages/"
    assert signed_in(ana).post(address, {**said, "file": sent}).status_code == 302

    assert not Message.objects.exists()
    assert (draft_of(ana, room), files_in(room)) == ("a word", [(None, "text")])


def test_the_form_sends_it_without_a_word(
    room: Conversation, ana: Clinician, ben: Clinician
) -> None:
    file = attached(ana, room)
    said = {"client_id": str(uuid4()), "files": [str(file)], "body": ""}
    address = f"{room.get_absolute_url()}messages/"
    browser = signed_in(ana)
    for _ in range(2):
        assert browser.post(address, said)["Location"].endswith("#m1")

    assert files_in(room) == [(1, "text")]
    assert "helped.txt" in page_of(ben, room)
    assert "A file" in signed_in(ben).get("/messages/").content.decode()


@pytest.mark.parametrize("files", [[], ["no id"], [str(uuid4())] * 6, [str(uuid4())]])
def test_what_cannot_be_sent_is_said(
    files: list[str], room: Conversation, ana: Clinician
) -> None:
    said = {"client_id": str(uuid4()), "files": files, "body": ""}
    address = f"{room.get_absolute_url()}messages/"
    assert signed_in(ana).post(address, said).status_code == 422
    assert not Message.objects.exists()


def test_the_script_is_answered_with_the_tray(
    room: Conversation, ana: Clinician
) -> None:
    said = b"Maria Lopez called."
    answer = upload(ana, room, said, "Maria_Lopez_914-555-0142.txt", **SCRIPT)

    piece = answer.content.decode()
    assert (answer.status_code, "<html" in piece) == (200, False)
    assert "Maria_Lopez_914-555-0142.txt" in piece
    assert "could tell who somebody is" in piece
    assert piece.count("<q>Maria Lopez</q>") == 1


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        (AN_SVG, 422, "a drawing (SVG)"),
        (A_PAGE, 422, "a web page"),
        (A_ZIP, 422, "save it as PDF"),
        (a_pdf(b"<< /S /JavaScript >>"), 422, "can run something"),
        (b"MZ\x90\0", 422, "plain text"),
        (b"", 422, "empty"),
        (b"a" * (LARGEST + 1), 413, "larger than 10 MB"),
    ],
    ids=["svg", "page", "zip", "script", "program", "empty", "large"],
)
def test_what_is_refused_is_said_and_leaves_nothing(
    content: bytes, status: int, words: str, room: Conversation, ana: Clinician
) -> None:
    answer = upload(ana, room, content, "photo.png", **SCRIPT)

    assert answer.status_code == status
    assert words in answer.content.decode()
    assert not Attachment.objects.exists()
    page = upload(ana, room, content, follow=True)
    assert (page.status_code, words in page.content.decode()) == (200, True)


def test_of_several_the_good_ones_are_kept(room: Conversation, ana: Clinician) -> None:
    sent = [SimpleUploadedFile("a.txt", NOTES), SimpleUploadedFile("b.txt", A_ZIP)]
    address = f"{room.get_absolute_url()}files/"
    answer = signed_in(ana).post(address, {"file": sent}, **SCRIPT)

    assert answer.status_code == 422
    assert files_in(room) == [(None, "text")]


def test_there_is_an_end_to_what_is_attached(
    room: Conversation, ana: Clinician
) -> None:
    for _ in range(5):
        attached(ana, room)
    answer = upload(ana, room, **SCRIPT)
    assert (answer.status_code, "up to 5 files" in answer.content.decode()) == (
        422,
        True,
    )


def test_it_is_called_what_it_is_and_its_name_runs_nothing(
    room: Conversation, ana: Clinician, ben: Clinician
) -> None:
    name = '"><img src=x onerror=alert(1)>.png'
    upload(ana, room, name=name)
    file = Attachment.objects.get()
    do_send(ana, room, file.public_id)

    for page in (page_of(ben, room), page_of(ana, room)):
        assert "<img src=x" not in page
        assert "&lt;img src=x onerror=alert(1)&gt;.png.txt" in page
    answer = opening(ben, room, file.public_id)
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert "\n" not in answer["Content-Disposition"]


def do_send(who: Clinician, room: Conversation, file: UUID) -> None:
    said = {"client_id": str(uuid4()), "files": [str(file)], "body": ""}
    signed_in(who).post(f"{room.get_absolute_url()}messages/", said)


def test_it_can_be_taken_off(
    room: Conversation, ana: Clinician, ben: Clinician
) -> None:
    address = f"{room.get_absolute_url()}files/{attached(ana, room)}/removal/"
    assert signed_in(ben).post(address).status_code == 404
    answer = signed_in(ana).post(address, **SCRIPT)

    assert (answer.status_code, "hidden" in answer.content.decode()) == (200, True)
    assert not Attachment.objects.exists()
    assert signed_in(ana).post(address).status_code == 404


def test_nobody_else_attaches(
    room: Conversation, cleo: Clinician, finn: Clinician
) -> None:
    assert upload(cleo, room).status_code == 404
    assert upload(finn, room).status_code == 403
    assert not Attachment.objects.exists()


# -- Opening -------------------------------------------------------------------------


def test_it_is_handed_out_with_safe_headers(
    room: Conversation, ana: Clinician, ben: Clinician
) -> None:
    [file] = send_file(ana, room, a_pdf(b"<< /Type /Catalog >>"), name="a.pdf").files
    answer = opening(ben, room, file)

    assert answer.content == a_pdf(b"<< /Type /Catalog >>")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="a.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]


def test_a_photograph_is_shown_without_where_it_was_taken(
    room: Conversation, ana: Clinician, ben: Clinician
) -> None:
    upload(ana, room, a_photograph(6), "elm street.pdf")
    file = Attachment.objects.get().public_id
    do_send(ana, room, file)

    page, answer = page_of(ben, room), opening(ben, room, file)
    assert f'<img class="files__picture" src="{answer.request["PATH_INFO"]}"' in page
    assert PLACE.encode() not in answer.content
    with Image.open(BytesIO(answer.content)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (20, 30))
        assert dict(picture.getexif()) == {}


def test_only_who_may_read_the_message_opens_it(
    dana: Clinician, ana: Clinician, ben: Clinician, eli: Clinician, cleo: Clinician
) -> None:
    circle = a_conversation(dana, ana, ben)
    [file] = send_file(ana, circle).files
    add_member(circle, eli, with_history=False, by=her(dana))

    def statuses() -> list[int]:
        return [opening(who, circle, file).status_code for who in (ana, ben, eli, cleo)]

    assert statuses() == [200, 200, 404, 404]
    remove_member(circle, ben, by=her(dana))
    assert statuses() == [200, 404, 404, 404]
    do(ana, circle, "recall", 1)
    assert statuses() == [404, 404, 404, 404]
    assert Client().get(f"{circle.get_absolute_url()}files/{file}/").status_code == 302


def test_it_opens_in_its_own_conversation_alone(
    room: Conversation, ana: Clinician, cleo: Clinician
) -> None:
    [file] = send_file(ana, room).files
    assert opening(ana, a_direct(ana, cleo), file).status_code == 404


def test_what_has_disappeared_does_not_open(
    room: Conversation, ana: Clinician, ben: Clinician
) -> None:
    [file] = send_file(ana, room, expires_in=3600).files
    Message.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert opening(ben, room, file).status_code == 404
    assert "helped.txt" not in page_of(ben, room)


def test_the_piece_of_a_line_is_for_who_may_read_it(
    room: Conversation, ana: Clinician, ben: Clinician, cleo: Clinician
) -> None:
    send_file(ana, room)
    address = f"{room.get_absolute_url()}1/files/"
    assert "helped.txt" in signed_in(ben).get(address).content.decode()
    assert signed_in(cleo).get(address).status_code == 404


def test_members_see_who_has_opened_it(
    room: Conversation, ana: Clinician, ben: Clinician
) -> None:
    [file] = send_file(ana, room).files
    address = f"{room.get_absolute_url()}seeing/"
    assert "Nobody has opened it." in signed_in(ana).get(address).content.decode()
    opening(ben, room, file)

    page = signed_in(ana).get(address).content.decode()
    assert f"Opened by {ben.display_name}" in page
    assert f"{ben.name} opened a file." in page


def test_a_copy_names_each_with_its_hash(
    room: Conversation, ana: Clinician, ben: Clinician
) -> None:

    send_file(ana, room)
    [line] = copied(ben, room)["messages"]
    assert line["files"] == [
        {
            "name": "helped.txt",
            "kind": "text/plain; charset=utf-8",
            "size": len(NOTES),
            "sha256": hashlib.sha256(NOTES).hexdigest(),
        }
    ]


def test_the_guard_stops_it_where_it_would_stop_words(
    room: Conversation, ana: Clinician
) -> None:
    set_guard(room, Conversation.Guarding.BLOCK, by=her(ana))
    file = attached(ana, room, b"Call Maria Lopez at 914 555 0142.")
    do_send(ana, room, file)
    assert files_in(room) == [(None, "text")]
