"""What is over at the door, and says nothing any more: no line in the trail."""

from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction
from django.utils import timezone


@transaction.atomic
def purge_spent_sessions() -> None:
    """Also the limits that hold no more, which are kept in the cache."""
    SessionStore.clear_expired()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cache WHERE expires < %s", [timezone.now()])
