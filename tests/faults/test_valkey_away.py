"""Valkey is killed or frozen: pages and the sign-in go on as if nothing were."""

import pytest

from tests.faults.site import Site, frozen, kill, wait_until

pytestmark = pytest.mark.fault
AT_MOST = 2.0


def assert_signs_in(site: Site) -> None:
    site.sign_out()
    answer = site.sign_in()
    assert answer.status == 200
    assert "/account/login/" not in answer.url
    assert answer.seconds < AT_MOST
    assert site.get("/").seconds < AT_MOST


def test_people_sign_in_while_valkey_is_frozen(site: Site) -> None:
    with frozen(site.valkey):
        assert_signs_in(site)
        assert site.get("/readyz").body == "degraded"


def test_people_sign_in_while_valkey_is_gone(site: Site) -> None:
    keeper, valkey = site.keeper, site.valkey
    with frozen(keeper, alone=True):
        kill(valkey)
        assert_signs_in(site)
        assert site.get("/readyz").body == "degraded"

    wait_until(lambda: site.get("/readyz").body == "ready")
