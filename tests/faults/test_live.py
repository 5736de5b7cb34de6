"""Valkey is killed, or frozen: sockets stay, and what was missed is fetched anew."""

import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from config.servers import ROOT
from tests.faults.site import EMAIL, Site, frozen, kill
from tests.live.web import close_code, greeted, hear, is_open

pytestmark = pytest.mark.fault
STAY = 6.0  # seconds: five, and what it takes to say so
CAUGHT_UP = {"type": "nudge", "topics": ["*"]}
NEWS = f"""
import time
from django.db import transaction
from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.recorder import record
user = User.objects.get(email={EMAIL!r})
began = time.monotonic()
for _ in range(3):
    with transaction.atomic():
        record(Actor.of(user), "user.greeted", user, notify=[user])
print(time.monotonic() - began)
"""
LEAVE = f"""
from network.accounts.models import User
User.objects.filter(email={EMAIL!r}).update(is_active=False)
"""
RETURN = LEAVE.replace("is_active=False", "is_active=True")
TOKEN = f"""
from network.accounts.actions.tokens import make_token
from network.accounts.models import User
print(make_token(User.objects.get(email={EMAIL!r}), name="feed", days=1))
"""


def run(site: Site, script: str) -> str:
    """In a process of its own, as another web process or a worker would."""
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", script],
        cwd=ROOT,
        env=site.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.fixture
def token(site: Site) -> str:
    return run(site, TOKEN)


@pytest.fixture
def tab(site: Site, token: str) -> Iterator[ClientConnection]:
    with entering(site, token) as socket:
        yield greeted(socket)


def entering(site: Site, token: str) -> ClientConnection:
    return connect(
        f"ws://localhost:{site.port}/live/",
        origin=Origin(f"http://localhost:{site.port}"),
        subprotocols=[Subprotocol("consilium.v1")],
        additional_headers={"Authorization": f"Bearer {token}"},
        legacy=True,
    )


def knock(site: Site, token: str) -> None:
    """While nobody can be let in."""
    with suppress(InvalidStatus, TimeoutError), entering(site, token):
        pass


def hear_topics(tab: ClientConnection, topic: str) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if topic in hear(tab, 20).get("topics", []):
            return
    pytest.fail(f"nothing was heard of {topic}")


def test_a_killed_valkey_comes_back_and_sockets_catch_up(
    site: Site, tab: ClientConnection
) -> None:
    keeper, valkey = site.keeper, site.valkey
    with frozen(keeper, alone=True):
        kill(valkey)
        assert float(run(site, NEWS)) < 3
        assert is_open(tab)

    hear_topics(tab, "*")
    run(site, NEWS)
    hear_topics(tab, "notifications")


def test_a_frozen_valkey_costs_a_second_and_loses_nothing(
    site: Site, tab: ClientConnection
) -> None:
    with frozen(site.valkey):
        # Three events, each of which tells a person and hands over a mail.
        assert float(run(site, NEWS)) < 3
        time.sleep(4)
        assert is_open(tab)

    hear_topics(tab, "*")


def test_a_session_ends_within_seconds_while_valkey_is_away(
    site: Site, tab: ClientConnection
) -> None:
    with frozen(site.valkey):
        run(site, LEAVE)
        try:
            assert close_code(tab, 5) == 4401
        finally:
            run(site, RETURN)


def test_without_the_database_nobody_stays_for_long(
    site: Site, tab: ClientConnection, token: str
) -> None:
    """However many knock meanwhile."""
    with frozen(site.postgres), ThreadPoolExecutor(3) as others:
        began = time.monotonic()
        for _ in range(3):
            others.submit(knock, site, token)
        assert close_code(tab, 15) == 1012
        assert time.monotonic() - began < STAY
    assert site.until("/readyz", 200).status == 200
