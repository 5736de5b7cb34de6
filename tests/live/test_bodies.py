"""What is sent to the server and is too large for anything here."""

import http.client
import json
from collections.abc import Iterator

import pytest

from config.bodies import TOO_LARGE
from tests.live.web import Web

pytestmark = pytest.mark.django_db(transaction=True)
MB = 1024 * 1024


def parts(megabytes: int) -> Iterator[bytes]:
    for _ in range(megabytes):
        yield bytes(MB)


def sent(web: Web, path: str, megabytes: int, *, is_counted: bool) -> tuple[int, str]:
    """Said to be as long as it is, or in chunks of which nobody knows how many."""
    line = http.client.HTTPConnection("localhost", web.port, timeout=60)
    headers = {"Content-Length": str(megabytes * MB)} if is_counted else {}
    line.request("POST", path, parts(megabytes), headers, encode_chunked=not is_counted)
    answer = line.getresponse()
    said = answer.read().decode()
    line.close()
    return answer.status, said


@pytest.mark.parametrize("is_counted", [True, False])
@pytest.mark.parametrize("path", ["/messages/", "/api/v1/conversations"])
def test_it_is_refused_with_a_sentence(web: Web, path: str, is_counted: bool) -> None:
    status, said = sent(web, path, 12, is_counted=is_counted)

    assert status == 413
    told = json.loads(said)["errors"][0] if path.startswith("/api/") else {}
    assert TOO_LARGE in told.get("message", said)


def test_what_is_not_goes_on_to_whom_it_is_for(web: Web) -> None:
    assert sent(web, "/api/v1/conversations", 1, is_counted=False)[0] == 401
