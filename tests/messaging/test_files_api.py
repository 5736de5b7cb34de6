"""Files by programs: attached, sent, opened."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from messaging.models import Attachment
from network.clinicians.models import Clinician
from network.privacy.files import LARGEST
from tests.messaging.attaching import NOTES
from tests.messaging.programs import ROOT, Program, a_message, codes, program_of
from tests.privacy.files.made import A_ZIP


def upload(
    program: Program, room: str, content: bytes = NOTES, name: str = "helped.txt"
) -> Any:
    return Client().post(
        f"{ROOT}{room}/files",
        {"file": SimpleUploadedFile(name, content)},
        headers={"Authorization": f"Bearer {program.token}"},
    )


def attached(program: Program, room: str) -> str:
    return str(upload(program, room).json()["id"])


def test_it_is_attached_sent_and_opened(
    anas: Program, bens: Program, room: str
) -> None:
    said = upload(anas, room).json()
    file = said["id"]
    assert (said["seq"], said["name"], said["type"]) == (
        None,
        "helped.txt",
        "text/plain; charset=utf-8",
    )
    assert anas.get(f"{room}/files").json() == {"files": [said]}
    assert bens.get(f"{room}/files/{file}").status_code == 404

    message = a_message("", files=[file])
    answers = [anas.post(f"{room}/messages", message) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [201, 200]
    event = bens.log(room)[-1]
    assert (event["files"], event["seq"], "body" in event) == ([file], 2, False)
    assert bens.get(f"{room}/files/{file}").json() == {**said, "seq": 2}
    content = bens.get(f"{room}/files/{file}/content")
    assert (content.content, content["X-Content-Type-Options"]) == (NOTES, "nosniff")
    assert anas.get(f"{room}/files").json() == {"files": []}


def test_of_two_at_once_each_is_told_of_her_own(anas: Program, room: str) -> None:
    """Another server has kept one that it dates a moment later."""
    other = attached(anas, room)
    soon = timezone.now() + timedelta(seconds=5)
    Attachment.objects.update(uploaded_at=soon)

    said = upload(anas, room, b"another file", "other.txt").json()

    assert (said["name"], said["id"] == other) == ("other.txt", False)


def test_the_same_id_with_other_files_is_refused(anas: Program, room: str) -> None:
    message = a_message("this", files=[attached(anas, room)])
    anas.post(f"{room}/messages", message)
    for files in ([], [attached(anas, room)]):
        answer = anas.post(f"{room}/messages", {**message, "files": files})
        assert (answer.status_code, codes(answer)) == (
            409,
            [("/client_id", "client_id_reused")],
        )


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ([str(uuid4())], "no_such_file"),
        ([], "unfit_body"),
        ([str(uuid4())] * 6, "too_long"),
        (["no id"], "uuid_parsing"),
    ],
)
def test_what_cannot_be_sent_is_refused(
    files: list[str], code: str, anas: Program, room: str
) -> None:
    answer = anas.post(f"{room}/messages", a_message("", files=files))
    assert answer.status_code == 422
    assert code in [found for _, found in codes(answer)]


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (A_ZIP, 422, "refused_file"),
        (b"a" * (LARGEST + 1), 413, "too_large"),
    ],
    ids=["zip", "large"],
)
def test_what_is_not_kept_is_refused_in_words(
    content: bytes, status: int, code: str, anas: Program, room: str
) -> None:
    answer = upload(anas, room, content)
    assert (answer.status_code, codes(answer)) == (status, [("/file", code)])
    assert not Attachment.objects.exists()


def test_there_is_an_end_to_what_is_attached(anas: Program, room: str) -> None:
    for _ in range(5):
        attached(anas, room)
    answer = upload(anas, room)
    assert (answer.status_code, codes(answer)) == (409, [("/file", "too_many_files")])


def test_one_is_taken_off_until_it_is_sent(
    anas: Program, bens: Program, room: str
) -> None:
    file = attached(anas, room)
    assert bens.delete(f"{room}/files/{file}").status_code == 404
    anas.send(room, "", files=[file])
    assert anas.delete(f"{room}/files/{file}").status_code == 404

    other = attached(anas, room)
    assert anas.delete(f"{room}/files/{other}").status_code == 204
    assert Attachment.objects.count() == 1


def test_a_recall_takes_them_along(anas: Program, bens: Program, room: str) -> None:
    file = attached(anas, room)
    seq = anas.send(room, "this", files=[file])
    anas.delete(f"{room}/messages/{seq}")

    assert bens.get(f"{room}/files/{file}/content").status_code == 404
    assert "files" not in bens.log(room)[seq - 1]


def test_a_token_that_reads_attaches_nothing(
    ana: Clinician, anas: Program, room: str
) -> None:
    assert upload(program_of(ana, "read"), room).status_code == 403
