import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path


@login_not_required
def losing(request: HttpRequest) -> HttpResponse:
    raise OperationalError("the connection is lost: Key (name)=(Jane Roe)")


@login_not_required
def too_slow(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 10")
        cursor.execute("SELECT pg_sleep(1)")
    return HttpResponse()


@login_not_required
def in_a_knot(request: HttpRequest) -> HttpResponse:
    raise_in_the_database = (
        f"DO $$ BEGIN RAISE SQLSTATE '{request.GET['state']}'; END $$"
    )
    with connection.cursor() as cursor:
        cursor.execute(raise_in_the_database)
    return HttpResponse()


urlpatterns = [
    path("losing/", losing),
    path("too-slow/", too_slow),
    path("in-a-knot/", in_a_knot),
    path("api/losing/", losing),
    path("", include("config.urls")),
]
handler500 = "config.outage.failed"


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "says"), [("/livez", "alive"), ("/readyz", "ready")])
def test_a_stranger_reads_one_word_that_is_never_cached(
    client: Client, path: str, says: str
) -> None:
    response = client.get(path)

    assert response.status_code == 200
    assert response.content.decode() == says
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


@pytest.mark.django_db
@override_settings(REDIS_URL="unix:///nowhere/valkey.sock")
def test_without_valkey_it_is_ready_all_the_same(client: Client) -> None:
    response = client.get("/readyz")

    assert (response.status_code, response.content) == (200, b"degraded")


DEADLOCK, SERIALIZATION, SHUTDOWN = "40P01", "40001", "57P01"


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/too-slow/", 500),
        (f"/in-a-knot/?state={DEADLOCK}", 500),
        (f"/in-a-knot/?state={SERIALIZATION}", 500),
        (f"/in-a-knot/?state={SHUTDOWN}", 503),
    ],
)
def test_a_database_that_gives_up_a_statement_is_not_away(
    path: str, status: int
) -> None:
    client = Client(raise_request_exception=False)

    assert client.get(path).status_code == status


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__)
def test_a_connection_lost_in_the_middle_is_said_calmly() -> None:
    client = Client(raise_request_exception=False)

    page, answer = client.get("/losing/"), client.get("/api/losing/")

    assert page.status_code == answer.status_code == 503
    assert "Back in a moment" in page.content.decode()
    assert "Jane Roe" not in page.content.decode()
    assert page["Retry-After"]
    assert answer.json()["errors"][0]["code"] == "unavailable"
