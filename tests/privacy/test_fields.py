"""Encrypted fields: plain in Python, sealed in PostgreSQL, bound to their row."""

import subprocess
import uuid

import pytest
from django.core.exceptions import FieldError
from django.db import connection, models
from pytest_django import Settings

from config import postgres
from network.activity.actors import Actor
from network.activity.recorder import record
from network.privacy import actions, reasons
from network.privacy.fields import EncryptedJSONField, EncryptedTextField
from network.privacy.keys import Unreadable, new_key
from network.privacy.models import ReasonWords
from network.privacy.sealed.everything import rotate

CANARY = "canary-7f3a-heron"


def some_words(words: str = CANARY) -> ReasonWords:
    return ReasonWords.objects.create(event_id=uuid.uuid4(), words=words)


def stored(row: ReasonWords) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM privacy_reasonwords WHERE id = %s", [row.pk])
        return str(cursor.fetchone()[0])


@pytest.mark.parametrize("words", ["", CANARY, "Ünïcode 🦉", "x" * 100_000])
def test_words_come_back_as_they_were(db: None, words: str) -> None:
    row = some_words(words)

    assert ReasonWords.objects.get(pk=row.pk).words == words
    assert stored(row).startswith("v1:")


def test_the_database_never_sees_the_words(db: None) -> None:
    assert CANARY not in stored(some_words())


def test_words_moved_to_another_row_do_not_open(db: None) -> None:
    mine, other = some_words("mine"), some_words("other")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE privacy_reasonwords SET words = %s WHERE id = %s",
            [stored(mine), other.pk],
        )

    with pytest.raises(Unreadable):
        _ = ReasonWords.objects.get(pk=other.pk).words


def test_saving_a_row_that_was_not_read_keeps_what_is_sealed(db: None) -> None:
    row = some_words()
    before = stored(row)

    ReasonWords.objects.get(pk=row.pk).save()

    assert stored(row) == before


def test_words_can_be_deferred_and_refreshed(db: None) -> None:
    row = ReasonWords.objects.defer("words").get(pk=some_words().pk)

    assert row.words == CANARY
    row.refresh_from_db()
    assert row.words == CANARY


def test_an_update_without_its_row_is_refused(db: None) -> None:
    some_words()

    with pytest.raises(TypeError, match="saving its row"):
        ReasonWords.objects.update(words=CANARY)


@pytest.mark.parametrize("lookup", ["words", "words__contains", "words__startswith"])
def test_sealed_words_are_not_searched(db: None, lookup: str) -> None:
    with pytest.raises(FieldError):
        ReasonWords.objects.filter(**{lookup: CANARY}).exists()


def test_a_model_without_a_binding_fails_the_check() -> None:
    class Unbound(models.Model):  # noqa: DJ008
        words = EncryptedTextField()

        class Meta:
            app_label = "privacy_planted"

    [error] = Unbound._meta.get_field("words").check()
    assert error.id == "privacy.E001"


def test_json_comes_back_as_it_was() -> None:
    class Bound(models.Model):  # noqa: DJ008
        encryption_id = uuid.UUID(int=1)
        content = EncryptedJSONField()

        class Meta:
            app_label = "privacy_planted"

    row = Bound(content={"risk": ["nssi"], "weeks": 2, "text": "é"})
    field = Bound._meta.get_field("content")

    sealed = field.pre_save(row, add=True)

    assert sealed is not None
    assert "nssi" not in sealed
    assert field.opened(row, sealed) == row.content


def test_rotation_seals_everything_by_the_new_key_and_may_run_again(
    db: None, settings: Settings
) -> None:
    old, new = new_key("old"), new_key("new")
    settings.CONSILIUM_KEYS = old
    rows = [some_words(f"{CANARY} {number}") for number in range(3)]

    settings.CONSILIUM_KEYS = f"{new},{old}"
    assert rotate() == 3
    assert rotate() == 0

    settings.CONSILIUM_KEYS = new
    kept = [ReasonWords.objects.get(pk=row.pk).words for row in rows]
    assert kept == [f"{CANARY} {number}" for number in range(3)]


def test_reasons_in_words_stand_beside_the_event_not_in_it(db: None) -> None:
    row = some_words()
    reason = reasons.reason("break-glass", CANARY)
    event = record(Actor.system(), "words.read", row, why=reason)

    kept = actions.keep_words(event, CANARY)

    assert kept.words == CANARY
    assert CANARY not in str(vars(event))
    with pytest.raises(ValueError, match="hash"):
        actions.keep_words(event, "other words")


@pytest.mark.django_db(transaction=True)
def test_a_dump_of_the_database_holds_no_sealed_word() -> None:
    some_words()

    dump = subprocess.run(
        [postgres.BINARIES / "pg_dump", "--data-only", _address()],
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert "COPY public.privacy_reasonwords" in dump
    assert CANARY not in dump


def _address() -> str:
    said = connection.settings_dict
    return f"host={said['HOST']} user={said['USER']} dbname={said['NAME']}"
