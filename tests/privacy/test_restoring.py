"""What is restored from a day before is as unreadable as it was today."""

import uuid
from datetime import date
from io import StringIO
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command
from django.utils import timezone

from messaging import bodies
from messaging.models import Conversation, Message
from network.privacy import data_keys
from network.privacy.actions import replay_destroyed_keys
from network.privacy.data_keys import DataKey, key_for, known_keys
from network.privacy.keystore import tombstones
from network.privacy.keystore.models import DestroyedKey, WrappedKey
from network.privacy.models import Destruction
from tests.privacy.keeping import (
    destroy,
    dumped,
    is_readable,
    restored,
    serving,
    superuser,
    with_all_rights,
)

NOVEMBER = date(2026, 11, 1)
CANARY = "canary-4c1d-wren"
COMMITTED = pytest.mark.django_db(transaction=True)


@COMMITTED
def test_a_dump_of_the_words_is_read_before_and_not_after_their_keys_are_destroyed(
    tmp_path: Path,
) -> None:
    key = some_message()
    dump = dumped("default", tmp_path)
    wrapped = WrappedKey.objects.get().wrapped
    assert CANARY not in dump.read_text(errors="replace")
    assert wrapped not in dump.read_text(errors="replace")

    with restored(dump) as database:
        assert words_in(database) == [CANARY]
    destroy(key.scope)
    with restored(dump) as database:
        assert words_in(database) == [None]


def some_message() -> DataKey:
    conversation = Conversation.objects.create(kind=Conversation.Kind.MANY)
    client_id, key = uuid.uuid4(), bodies.key_now(conversation.public_id)
    Message.objects.create(
        conversation=conversation,
        seq=1,
        ordinal=1,
        kind="message",
        client_id=client_id,
        key_id=key.id,
        body=key.seal(CANARY, place_of(conversation.public_id, client_id)),
        at=timezone.now(),
    )
    return key


def place_of(conversation: object, client_id: object) -> str:
    return f"messaging.message.body:{conversation}:{client_id}"


def words_in(database: str) -> list[str | None]:
    """With today's keystore."""
    data_keys.forget_all()
    with psycopg.connect(superuser(database)) as connection:
        rows = connection.execute(
            "SELECT c.public_id, m.client_id, m.key_id, m.body FROM messaging_message m"
            " JOIN messaging_conversation c ON c.id = m.conversation_id"
        ).fetchall()
    found: list[str | None] = []
    for conversation, client_id, key_id, body in rows:
        key = known_keys([key_id]).get(key_id)
        place = place_of(conversation, client_id)
        found.append(key.open(body, place).decode() if key else None)
    return found


@COMMITTED
@pytest.mark.parametrize("remembering", ["the file", "the keystore", "the database"])
def test_a_keystore_of_before_forgets_again_while_one_list_remembers(
    scope: str, tmp_path: Path, stones: Path, remembering: str
) -> None:
    key, other = key_for(scope, NOVEMBER), key_for(f"{scope}-other", NOVEMBER)
    with with_all_rights("keystore") as keystore:
        before = keystore.execute("SELECT * FROM keystore_wrappedkey").fetchall()
    destroy(scope)

    put_back(before, remembering, stones)
    assert is_readable(key)

    said = StringIO()
    call_command("replay_destroyed_keys", stdout=said)
    assert said.getvalue() == "1 keys destroyed again\n"
    assert not is_readable(key)
    assert is_readable(other)
    assert tombstones.inscribed() == {key.id: scope}
    assert DestroyedKey.objects.get().key_id == key.id
    assert replay_destroyed_keys() == 0


def put_back(rows: list[tuple[object, ...]], remembering: str, stones: Path) -> None:
    """The keys as they were, and every list but one as if it had not been written."""
    with with_all_rights("keystore") as keystore:
        keystore.execute("TRUNCATE keystore_wrappedkey")
        for row in rows:
            keystore.execute(
                "INSERT INTO keystore_wrappedkey VALUES (%s, %s, %s, %s, %s)", row
            )
        if remembering != "the keystore":
            keystore.execute("TRUNCATE keystore_destroyedkey")
    if remembering != "the file":
        stones.unlink()
    if remembering != "the database":
        with with_all_rights("default") as database:
            database.execute("TRUNCATE privacy_destruction")


@COMMITTED
def test_a_whole_keystore_restored_from_its_own_dump_forgets_again(
    scope: str, tmp_path: Path
) -> None:
    key = key_for(scope, NOVEMBER)
    dump = dumped("keystore", tmp_path)
    destroy(scope)
    Destruction.objects.all().delete()

    with restored(dump) as database, serving(database):
        assert is_readable(key)
        assert replay_destroyed_keys() == 1
        assert not is_readable(key)
