"""Files on real lines: carried by their ids, kept once; and uploads that break off."""

import socket
from contextlib import closing
from uuid import uuid4

import pytest

from messaging.models import Attachment, Conversation
from network.accounts.actions.tokens import make_token
from network.accounts.models import Scope
from network.clinicians.models import Clinician
from tests.live.web import Web
from tests.messaging.attaching import NOTES, attached, files_in
from tests.messaging.live.lines import line_of, user_of

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
    """The same upload, whole, is kept: so it is the breaking off that is seen."""
    token = make_token(user_of(ana), name="upload", days=1, scope=Scope.WRITE)
    said = (
        b'--edge\r\nContent-Disposition: form-data; name="file"; filename="a.txt"'
        b"\r\n\r\n" + NOTES * 1000 + b"\r\n--edge--\r\n"
    )
    head = (
        f"POST /api/v1/conversations/{room.public_id}/files HTTP/1.1\r\n"
        f"Host: localhost\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n"
        "Content-Type: multipart/form-data; boundary=edge\r\n"
        f"Content-Length: {len(said)}\r\n\r\n"
    )
    for sent in (said[: len(said) // 2], said):
        with closing(socket.create_connection(("localhost", web.port), 60)) as line:
            line.sendall(head.encode() + sent)
            if sent == said:
                assert line.recv(64).startswith(b"HTTP/1.1 201")

    assert Attachment.objects.count() == 1
