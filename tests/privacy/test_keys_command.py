"""`manage.py keys`: what there is, a new key, moving to it, and whether all opens."""

import base64
import uuid
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from messaging.actions.drafts import save_draft
from messaging.models import Message
from network.clinicians.models import Clinician
from network.privacy import data_keys
from network.privacy.actions import complete_destructions
from network.privacy.data_keys import key_for
from network.privacy.keys import new_key
from network.privacy.keystore.models import WrappedKey
from network.privacy.models import ReasonWords
from tests.factories import a_direct
from tests.messaging.saying import her, say
from tests.privacy.keeping import destroy

pytestmark = pytest.mark.django_db
OLD, NEW = new_key("old"), new_key("new")
CANARY = "canary-of-the-keys"


def keys(*words: str) -> tuple[str, str]:
    """What it says, and what it says beside that."""
    said, beside = StringIO(), StringIO()
    call_command("keys", *words, stdout=said, stderr=beside)
    return said.getvalue(), beside.getvalue()


def faulty() -> str:
    said = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("keys", "verify", stdout=said)
    assert end.value.code == 1
    return said.getvalue()


def some_words() -> ReasonWords:
    return ReasonWords.objects.create(event_id=uuid.uuid4(), words=CANARY)


def test_the_list_says_what_each_key_seals_and_never_a_key(
    settings: Settings, scope: str
) -> None:
    settings.CONSILIUM_KEYS = OLD
    some_words()
    key_for(scope, date(2026, 10, 1))
    settings.CONSILIUM_KEYS = f"{NEW},{OLD}"
    some_words()
    some_words()
    key_for(scope, date(2026, 11, 1))
    key_for(f"{scope}0", date(2026, 11, 1))

    lines = keys("list")[0].splitlines()

    assert lines == [
        "ring new (first): privacy_reasonwords.words 2, keystore_wrappedkey.wrapped 2",
        "ring old: privacy_reasonwords.words 1, keystore_wrappedkey.wrapped 1",
        "data keys 2026-10: 1",
        "data keys 2026-11: 2",
        "data keys destroyed: 0",
    ]


def test_the_list_names_a_key_that_is_needed_and_not_there(settings: Settings) -> None:
    settings.CONSILIUM_KEYS = OLD
    some_words()
    settings.CONSILIUM_KEYS = NEW

    lines = keys("list")[0].splitlines()

    assert lines[:2] == [
        "ring new (first): seals nothing",
        "ring old (MISSING): privacy_reasonwords.words 1",
    ]


def test_a_new_key_is_printed_once_with_the_way_to_use_it_beside_it(
    settings: Settings,
) -> None:
    settings.CONSILIUM_KEYS = OLD

    said, beside = keys("add", "2026-12")

    name, key = said.strip().split(":")
    assert name == "2026-12"
    assert len(base64.b64decode(key)) == 32
    assert key not in beside
    assert "CONSILIUM_KEYS" in beside
    assert OLD.split(":")[1] not in said + beside


@pytest.mark.parametrize("name", ["old", "a:b", "a,b", "a b", ""])
def test_a_name_that_would_hide_another_key_is_refused(
    settings: Settings, name: str
) -> None:
    settings.CONSILIUM_KEYS = OLD

    with pytest.raises(CommandError):
        keys("add", name)


def test_a_rotation_says_how_far_it_is(settings: Settings, scope: str) -> None:
    settings.CONSILIUM_KEYS = OLD
    some_words()
    key_for(scope, date(2026, 10, 1))
    settings.CONSILIUM_KEYS = f"{NEW},{OLD}"

    assert keys("rotate")[0].splitlines() == [
        "1 sealed anew, now in privacy_reasonwords.words",
        "2 sealed anew, now in keystore_wrappedkey.wrapped",
        "all is sealed by new; 2 were not",
    ]
    assert keys("rotate")[0] == "all is sealed by new; 0 were not\n"


def test_all_that_opens_is_counted(ana: Clinician, ben: Clinician) -> None:
    room = a_direct(ana, ben)
    say(ana, room, CANARY)
    save_draft(room, CANARY, by=her(ben))

    said = keys("verify")[0]

    assert "messaging_message.body: 1 open, 0 do not, 0 are destroyed" in said
    assert "messaging_draft.body: 1 open, 0 do not, 0 are destroyed" in said
    assert CANARY not in said


def test_what_does_not_open_is_named_without_a_word_of_it(
    ana: Clinician, ben: Clinician, settings: Settings
) -> None:
    room = a_direct(ana, ben)
    good, bad = say(ana, room, CANARY), say(ana, room, CANARY)
    rows = Message.objects.filter(conversation=room)
    body = rows.values_list("body", flat=True).get(seq=good.seq)
    rows.filter(seq=bad.seq).update(body=body)
    save_draft(room, CANARY, by=her(ben))
    words = some_words()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE privacy_reasonwords SET words = 'v1:gone:AAAA'")

    said = faulty()

    assert f"messaging_message.body {room.pk}:{bad.seq} does not open" in said
    assert f"privacy_reasonwords.words {words.pk} does not open (key gone)" in said
    assert "messaging_message.body: 1 open, 1 do not, 0 are destroyed" in said
    assert "messaging_draft.body: 1 open, 0 do not" in said
    assert CANARY not in said


def test_one_wrapped_key_that_is_torn_takes_only_its_own_with_it(
    ana: Clinician, ben: Clinician, cleo: Clinician
) -> None:
    torn, whole = a_direct(ana, ben), a_direct(ana, cleo)
    say(ana, torn, CANARY)
    say(ana, whole, CANARY)
    wrapped = WrappedKey.objects.filter(scope=f"conversation:{torn.public_id}")
    wrapped.update(wrapped="v1:local:torn")
    data_keys.forget_all()

    said = faulty()

    assert "messaging_message.body: 1 open, 1 do not, 0 are destroyed" in said
    assert f"keystore_wrappedkey.wrapped {wrapped.get().pk} does not open" in said


def test_what_was_destroyed_is_no_fault_and_a_key_that_is_lost_is_one(
    ana: Clinician, ben: Clinician, stones: Path
) -> None:
    room = a_direct(ana, ben)
    say(ana, room, CANARY)
    destroy(f"conversation:{room.public_id}")
    complete_destructions()
    assert (
        "messaging_message.body: 0 open, 0 do not, 1 are destroyed"
        in (keys("verify")[0])
    )

    say(ana, room, CANARY)
    WrappedKey.objects.all().delete()
    data_keys.forget_all()
    assert "messaging_message.body: 0 open, 1 do not, 1 are destroyed" in faulty()
