"""The cast: everyone knows their roles by heart. And a server for all who need one."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import hypothesis
import pytest
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from django.test import Client

from network.accounts.models import User
from network.accounts.sealed_sessions import SessionStore
from network.clinicians.actions.membership import admit_member
from network.clinicians.models import Clinician
from tests import factories

if TYPE_CHECKING:
    from tests.live.web import Here


def pytest_configure(config: pytest.Config) -> None:
    """A slow hash is for attackers; every member of the cast has a password."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    steady = hypothesis.settings(
        deadline=None,  # a machine may be busy
        suppress_health_check=[hypothesis.HealthCheck.too_slow],
        derandomize=not config.getoption("--long"),
    )
    hypothesis.settings.register_profile("steady", steady)
    hypothesis.settings.load_profile("steady")


@pytest.fixture
def staff(db: None) -> User:
    """An administrator, who vouches for the others."""
    return factories.a_user("staff@consilium.example", is_staff=True)


@pytest.fixture
def ana(staff: User) -> Clinician:
    """She looks for colleagues and sends."""
    return _member("Ana Heron", "ana@consilium.example", staff)


@pytest.fixture
def ben(staff: User) -> Clinician:
    """He can be found and receives."""
    return _member("Ben Sparrow", "ben@consilium.example", staff)


@pytest.fixture
def cleo(staff: User) -> Clinician:
    """A verified member, but an outsider to everything in the tests."""
    return _member("Cleo Wren", "cleo@consilium.example", staff)


@pytest.fixture
def dana(staff: User) -> Clinician:
    """She leads a circle."""
    return _member("Dana Finch", "dana@consilium.example", staff)


@pytest.fixture
def eli(staff: User) -> Clinician:
    """He is in it."""
    return _member("Eli Swift", "eli@consilium.example", staff)


@pytest.fixture
def finn(db: None) -> Clinician:
    """Signed in, with a profile, but not yet verified."""
    user = factories.a_user("finn@consilium.example")
    return admit_member(user, name="Finn Crane", profession="counselor")


@pytest.fixture(scope="session")
def served(django_db_setup: None) -> Iterator["Here"]:
    """Pages and sockets, as in life."""
    from tests.live.web import in_this_process

    with in_this_process() as web:
        yield web


@pytest.fixture
def web(served: "Here", transactional_db: None) -> Iterator["Here"]:
    """What a test prepares is committed: another thread looks at it. Before the
    tables are emptied that thread has nothing more to do.
    """
    served.must_be_whole()
    yield served
    served.rest()
    served.must_be_whole()


def _member(name: str, email: str, staff: User) -> Clinician:
    return factories.a_member(name, email=email, verified_by=staff)


def signed_in(person: Clinician | User) -> Client:
    """A browser of hers, which has shown her password and her second factor."""
    user = person if isinstance(person, User) else person.user
    assert user is not None
    user.refresh_from_db(fields=["session_epoch"])  # she may have ended all sessions
    client, request = Client(), HttpRequest()
    request.session = SessionStore()
    login(request, user, settings.AUTHENTICATION_BACKENDS[0])
    factories.has_shown_a_factor(request, user)
    client.cookies[settings.SESSION_COOKIE_NAME] = str(request.session.session_key)
    return client
