"""A real server, a real browser, and somebody signed in to it."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page

from network.clinicians.models import Clinician
from tests.conftest import signed_in
from tests.live.web import in_this_process

# Playwright keeps an event loop in this thread; the ORM is used beside it, not in it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
NO_BROWSER = "no chromium here: install Debian's with `apt-get install chromium`"

Enter = Callable[[BrowserContext, Clinician], None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/journeys/" in str(item.path):
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any],
) -> dict[str, Any]:
    chromium = shutil.which("chromium")
    assert chromium, NO_BROWSER
    return {
        **browser_type_launch_args,
        "executable_path": chromium,
        "args": list(QUIET),
    }


@pytest.fixture(scope="session")
def base_url(django_db_setup: None) -> Iterator[str]:
    """Pages and sockets, as in life."""
    with in_this_process() as web:
        yield web.origin


@pytest.fixture(autouse=True)
def _seen_by_the_server(transactional_db: None) -> None:
    """What a test prepares is committed: another thread looks at it."""


@pytest.fixture
def enter(base_url: str) -> Enter:
    """Give a browser the session of a clinician, as if she had signed in."""

    def into(context: BrowserContext, clinician: Clinician) -> None:
        context.add_cookies([_session(signed_in(clinician), base_url)])

    return into


def _session(client: Client, base_url: str) -> Any:
    name = settings.SESSION_COOKIE_NAME
    # A browser takes localhost for secure, but a __Host- cookie is set by https only.
    secure = base_url.replace("http:", "https:")
    value = client.cookies[name].value
    return {"name": name, "value": value, "url": secure, "httpOnly": True}


@pytest.fixture
def anas_page(context: BrowserContext, enter: Enter, ana: Clinician) -> Page:
    """A new tab of Ana's, signed in."""
    enter(context, ana)
    return context.new_page()
