import io
import json
import logging
import logging.config
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from config import logs

SECRET = "Jane Roe, 14, cutting again"
Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def lines() -> Iterator[Lines]:
    """What production would write; then all is written as before."""
    before = structlog.get_config()
    out = io.StringIO()
    configuration = logs.configuration(debug=False)
    out_handler = {**configuration["handlers"]["out"], "stream": out}
    configuration["handlers"] = {"out": out_handler}
    logging.config.dictConfig(configuration)
    yield lambda: [json.loads(line) for line in out.getvalue().splitlines()]
    logging.config.dictConfig(settings.LOGGING)
    structlog.configure(**before)


@login_not_required
def breaking(request: HttpRequest, case: str) -> HttpResponse:
    raise ValueError(SECRET)


def sorry(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=500)


handler500 = f"{__name__}.sorry"
urlpatterns = [
    path("cases/<str:case>/", breaking, name="breaking"),
    path("account/login/", sorry, name="account_login"),
]


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.django_db
def test_a_failure_names_route_kind_and_place_and_nothing_else(lines: Lines) -> None:
    Client(raise_request_exception=False).get("/cases/jane-roe/?q=cutting")

    (failure,) = [line for line in lines() if line["event"] == "request_failed"]
    assert failure["request"] == "GET breaking"
    assert failure["exception"]["kind"] == "ValueError"
    assert "breaking" in failure["exception"]["at"][-1]
    for word in (SECRET, "jane-roe", "cutting", "127.0.0.1"):
        assert word not in json.dumps(lines())


def test_djangos_own_warnings_lose_their_path(lines: Lines) -> None:
    request = HttpRequest()
    request.method, request.path = "POST", "/cases/jane-roe/"

    logging.getLogger("django.security.csrf").warning(
        "Forbidden: %s", request.path, extra={"request": request, "status_code": 403}
    )

    (line,) = lines()
    assert line["event"] == "403 POST (no route)"


def test_the_words_of_an_exception_are_left_out_of_what_a_library_says(
    lines: Lines,
) -> None:
    failure = OSError("cannot reach Jane Roe")
    logging.getLogger("psycopg.pool").warning(
        "error connecting in %r: %s", "a", failure
    )

    (line,) = lines()
    assert line["event"] == "error connecting in 'a': OSError"


def test_celery_says_in_a_line_that_valkey_is_away_and_by_what_it_gave_up(
    lines: Lines,
) -> None:
    celery = logging.getLogger("celery.bootsteps")
    try:
        raise ConnectionError(SECRET)
    except ConnectionError as failure:
        celery.error("Error on %s: %r", "Gossip", failure, exc_info=True)
        celery.critical("Unrecoverable error: %r", failure, exc_info=True)

    one_more, last = lines()
    assert one_more["event"] == "Error on Gossip: 'ConnectionError'"
    assert "exception" not in one_more
    assert last["exception"]["kind"] == "ConnectionError"
    assert SECRET not in json.dumps([one_more, last])


def test_a_line_cannot_be_forged(lines: Lines) -> None:
    structlog.get_logger("tests").info("met", name="Ana\r\n{'event': 'forged'}")

    (line,) = lines()
    assert line["name"] == "Ana\\r\\n{'event': 'forged'}"


def test_the_web_server_keeps_no_log_of_addresses(lines: Lines) -> None:
    logging.getLogger("uvicorn.access").info("127.0.0.1 - GET /cases/jane-roe/ 200")

    assert lines() == []
