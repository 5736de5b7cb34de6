"""A real server, a real browser, and somebody signed in to it."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from playwright.sync_api import BrowserContext, Locator, Page, Playwright, expect
from pytest_playwright.pytest_playwright import CreateContextCallback

from network.accounts.models import User
from network.clinicians.models import Clinician
from tests.conftest import signed_in
from tests.live.web import Here

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

Person = Clinician | User
Enter = Callable[[BrowserContext, Person], None]
TabOf = Callable[[Person], Page]

# A machine may be busy: what is expected is awaited, and only never is too late.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)


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
def base_url(served: Here) -> str:
    return served.origin


@pytest.fixture(scope="session", autouse=True)
def _closing(django_db_setup: None, playwright: Playwright) -> Iterator[None]:
    """Beside the browser's event loop there are other connections than before and
    after it: they are closed while it runs, and the database is nobody's any more.
    """
    yield
    connections.close_all()


@pytest.fixture(autouse=True)
def _seen_by_the_server(web: Here) -> None:
    """Before any browser begins, and until all of them have ended."""


@pytest.fixture
def new_context(new_context: CreateContextCallback) -> CreateContextCallback:
    def begun(**how: Any) -> BrowserContext:
        context = new_context(**how)
        context.set_default_timeout(PATIENCE)
        return context

    return cast(CreateContextCallback, begun)


@pytest.fixture
def enter(base_url: str) -> Enter:
    """Give a browser the session of somebody, as if she had signed in."""

    def into(context: BrowserContext, person: Person) -> None:
        context.add_cookies([_session(signed_in(person), base_url)])

    return into


def _session(client: Client, base_url: str) -> Any:
    name = settings.SESSION_COOKIE_NAME
    # A browser takes localhost for secure, but a __Host- cookie is set by https only.
    secure = base_url.replace("http:", "https:")
    value = client.cookies[name].value
    return {"name": name, "value": value, "url": secure, "httpOnly": True}


@pytest.fixture
def tab_of(new_context: CreateContextCallback, enter: Enter) -> TabOf:
    """A tab in a browser of somebody's own."""

    def opened(person: Person) -> Page:
        context = new_context()
        enter(context, person)
        return context.new_page()

    return opened


@pytest.fixture
def anas_page(context: BrowserContext, enter: Enter, ana: Clinician) -> Page:
    """A new tab of Ana's, signed in."""
    enter(context, ana)
    return context.new_page()


@contextmanager
def leading_on(page: Page) -> Iterator[None]:
    """To another page, until that is whole: its elements are at work."""
    with page.expect_navigation():
        yield


def follow(way: Locator) -> None:
    with leading_on(way.page):
        way.click()


def until(page: Page, holds: Callable[[], object]) -> None:
    """For what no locator can look at."""
    for _ in range(PATIENCE // 50):
        if holds():
            return
        page.wait_for_timeout(50)
    pytest.fail("it did not come to be")
