"""PostgreSQL is killed or frozen: a calm page within four seconds, then recovery."""

import pytest

from tests.faults.site import Answer, Site, frozen, kill

pytestmark = pytest.mark.fault
SOON = 4.0


def assert_calm(answer: Answer) -> None:
    assert answer.status == 503
    assert answer.seconds < SOON
    assert "Back in a moment" in answer.body


def test_a_frozen_database_shows_a_calm_page_and_comes_back(site: Site) -> None:
    assert site.until("/account/login/", 200).status == 200

    with frozen(site.postgres):
        assert_calm(site.get("/account/login/"))
        assert_calm(site.get("/"))
        assert site.get("/readyz").status == 503
        assert site.get("/livez").status == 200

    assert site.until("/account/login/", 200, patience=5).status == 200
    assert site.get("/readyz").status == 200


def test_the_api_says_it_in_json(site: Site) -> None:
    with frozen(site.postgres):
        answer = site.get("/api/v1/vocabulary")

    assert answer.status == 503
    assert answer.seconds < SOON
    assert '"code": "unavailable"' in answer.body


def test_a_killed_database_shows_a_calm_page_and_is_started_again(site: Site) -> None:
    keeper, postgres = site.keeper, site.postgres
    with frozen(keeper, alone=True):
        kill(postgres)
        assert_calm(site.get("/account/login/"))
        assert_calm(site.get("/account/login/"))
        assert site.get("/readyz").status == 503

    assert site.until("/account/login/", 200).status == 200
    assert site.postgres.pid != postgres.pid
