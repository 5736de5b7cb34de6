"""Files on real lines: carried by their ids, kept once; and uploads that break off."""

import socket
from contextlib import closing
from uuid import uuid4

import pytest

from messaging.models import Attachment, Conversation
from network.clinicians.models import Clinician
from tests.faults.site import wait_until
from tests.live.web import Web, cookie_of
from tests.messaging.attaching import NOTES, attached, files_in
from tests.messaging.live.lines import line_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_file_is_sent_without_a_word_and_everybody_hears_its_id(
    web: Web, room: Conversation, ana: Clinician, ben: Clinician
) -> None:
    file = attached(ana, room)
    said = {"client_id": str(uuid4()), "files": [str(file)]}
    with line_of(web, ana, room) as anas, line_of(web, ben, room) as bens:
        bens.subscribe(since=room.last_seq)
        seq = anas.sent("", **said)
        assert anas.sent("", **said) == seq

        event = bens.hear("event")
        assert (event["seq"], event["files"], "body" in event) == (
            seq,
            [str(file)],
            False,
        )
        assert [one.get("seq") for one in bens.rest()] == []
    assert files_in(room) == [(seq, "text")]


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ([str(uuid4())], "no_such_file"),
        ([], "unfit_body"),
        ([str(uuid4())] * 6, "malformed"),
        ("one", "malformed"),
        (["one"], "malformed"),
        ([7], "malformed"),
    ],
)
def test_what_cannot_be_sent_is_refused_and_the_socket_lives(
    files: object, code: str, web: Web, room: Conversation, ana: Clinician
) -> None:
    with line_of(web, ana, room) as anas:
        ref = anas.send("", files=files)
        assert anas.refusal() == (code, ref)
        anas.sent("a word")


def test_an_upload_that_breaks_off_leaves_nothing(
    web: Web, room: Conversation, ana: Clinician
) -> None:
    cookie = cookie_of(ana)["Cookie"]
    head = (
        f"POST /messages/{room.public_id}/files/ HTTP/1.1\r\nHost: localhost\r\n"
        f"Cookie: {cookie}\r\nContent-Type: multipart/form-data; boundary=edge\r\n"
        "Content-Length: 900000\r\n\r\n--edge\r\n"
        'Content-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
    )
    with closing(socket.create_connection(("localhost", web.port))) as line:
        line.sendall(head.encode() + NOTES * 1000)
    with line_of(web, ana, room) as anas:
        anas.sent("the server lives")

    wait_until(lambda: not Attachment.objects.exists())
