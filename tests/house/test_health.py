import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path


@login_not_required
def losing(request: HttpRequest) -> HttpResponse:
    raise OperationalError("the connection is lost: Key (name)=(Jane Roe)")


urlpatterns = [
    path("losing/", losing),
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
