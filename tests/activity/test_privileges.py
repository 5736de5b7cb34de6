"""The application's role adds to the trail and can do nothing else to it."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from config import servers
from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.checks import two_roles
from network.activity.models import Event
from network.activity.recorder import record
from tests.activity.tampering import tamper

HARM = [
    "UPDATE activity_event SET verb = 'nothing'",
    "DELETE FROM activity_event",
    "TRUNCATE activity_event CASCADE",
    "ALTER TABLE activity_event DISABLE TRIGGER ALL",
    "DROP TABLE activity_event CASCADE",
]


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("statement", HARM)
def test_the_application_cannot_harm_the_trail(kim: User, statement: str) -> None:
    record(Actor.of(kim), "user.greeted", kim)

    with pytest.raises(DatabaseError, match=r"permission denied|must be owner"):
        run(statement)

    assert Event.objects.about(kim).get().verb == "user.greeted"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("statement", HARM[:3])
def test_a_trigger_stops_whoever_has_the_right(statement: str) -> None:
    kim = User.objects.create_user("kim@example.org")
    with transaction.atomic():
        record(Actor.of(kim), "user.greeted", kim)
    everything = "ALL TABLES IN SCHEMA public"
    tamper(f"GRANT UPDATE, DELETE, TRUNCATE ON {everything} TO {servers.APP}")

    try:
        with pytest.raises(DatabaseError, match="only added to"):
            run(statement)
    finally:
        tamper(
            f"REVOKE TRUNCATE ON {everything} FROM {servers.APP}",
            f"REVOKE UPDATE, DELETE ON activity_event FROM {servers.APP}",
        )

    assert Event.objects.about(kim).get().verb == "user.greeted"


@pytest.mark.parametrize(
    "table", ["accounts_user", "activity_outbox", "django_session"]
)
def test_other_tables_are_the_applications_own(db: None, table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege(%s, 'SELECT, INSERT'), "
            "has_table_privilege(%s, 'UPDATE'), has_table_privilege(%s, 'DELETE')",
            [table] * 3,
        )
        assert cursor.fetchone() == (True, True, True)


def test_recording_asks_little_of_the_database(kim: User) -> None:
    record(Actor.of(kim), "user.greeted", kim)

    with CaptureQueriesContext(connection) as queries:
        record(Actor.of(kim), "user.greeted", kim)

    assert len(queries) <= 5


def test_a_single_role_is_warned_about(settings: Settings) -> None:
    settings.DATABASE_APP_ROLE, settings.DATABASE_OWNER_ROLE = "app", "owner"
    assert two_roles() == []

    settings.DATABASE_OWNER_ROLE = "app"
    assert [warning.id for warning in two_roles()] == ["activity.W001"]
