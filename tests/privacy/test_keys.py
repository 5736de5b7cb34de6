"""The key ring: what is sealed opens in its own place, by its own key, only."""

import base64
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from network.privacy.keys import KeyRing, Unreadable, new_key, ring

OLD, NEW = bytes(range(32)), bytes(range(32, 64))
RING = KeyRing({"new": NEW, "old": OLD})


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    assert RING.open(RING.seal(text, "a.b:1"), "a.b:1") == text


def test_the_same_text_is_sealed_differently_each_time() -> None:
    assert RING.seal("word", "a.b:1") != RING.seal("word", "a.b:1")


def test_the_first_key_seals_and_the_older_one_still_opens() -> None:
    before = KeyRing({"old": OLD}).seal("word", "a.b:1")

    assert RING.open(before, "a.b:1") == "word"
    assert RING.seal("word", "a.b:1").startswith("v1:new:")


def test_a_key_that_is_gone_opens_nothing() -> None:
    sealed = KeyRing({"old": OLD}).seal("word", "a.b:1")

    with pytest.raises(Unreadable):
        KeyRing({"new": NEW}).open(sealed, "a.b:1")


@pytest.mark.parametrize("place", ["a.b:2", "a.c:1", "c.b:1", ""])
def test_a_sealed_text_does_not_open_elsewhere(place: str) -> None:
    with pytest.raises(Unreadable):
        RING.open(RING.seal("word", "a.b:1"), place)


def test_a_sealed_text_does_not_open_under_another_keys_name() -> None:
    sealed = RING.seal("word", "a.b:1")
    twins = KeyRing({"new": NEW, "twin": NEW})

    with pytest.raises(Unreadable):
        twins.open(sealed.replace("v1:new:", "v1:twin:"), "a.b:1")


def test_every_changed_bit_is_noticed() -> None:
    prefix, encoded = RING.seal("word", "a.b:1").rsplit(":", 1)
    box = base64.b64decode(encoded)

    for position in range(len(box)):
        bent = bytearray(box)
        bent[position] ^= 1
        with pytest.raises(Unreadable):
            RING.open(f"{prefix}:{base64.b64encode(bent).decode()}", "a.b:1")


@pytest.mark.parametrize("junk", ["", "word", "v1:new:", "v1:new:????", "v1:x:y:z"])
def test_junk_is_unreadable_and_nothing_worse(junk: str) -> None:
    with pytest.raises(Unreadable):
        RING.open(junk, "a.b:1")


def test_what_cannot_be_read_is_not_quoted() -> None:
    with pytest.raises(Unreadable) as failure:
        RING.open("v1:gone:Y2FuYXJ5", "a.b:1")

    assert "Y2FuYXJ5" not in str(failure.value)
    assert failure.value.__suppress_context__


def test_a_keyed_hash_is_known_again_by_an_older_key_too() -> None:
    before = KeyRing({"old": OLD}).keyed_hash("ana@example.org", "sign-in")

    assert RING.matches("ana@example.org", "sign-in", before)
    assert not RING.matches("ben@example.org", "sign-in", before)
    assert not RING.matches("ana@example.org", "other purpose", before)


@pytest.mark.parametrize("words", ["short:YWJj", "nokey", "k1:!!!!", ":" + "A" * 44])
def test_a_bad_key_ring_is_refused_with_a_sentence(
    words: str, settings: Settings
) -> None:
    settings.CONSILIUM_KEYS = words

    with pytest.raises(ImproperlyConfigured, match="32 random bytes"):
        ring()


def test_without_a_key_one_is_made_once(settings: Settings, tmp_path: Path) -> None:
    settings.CONSILIUM_KEYS = ""
    settings.KEYS_PATH = tmp_path / "local" / "keys"

    sealed = ring().seal("word", "a.b:1")

    assert ring().open(sealed, "a.b:1") == "word"
    assert settings.KEYS_PATH.stat().st_mode & 0o777 == 0o600


def test_a_new_key_can_be_put_into_the_ring(settings: Settings) -> None:
    settings.CONSILIUM_KEYS = f"{new_key('2026')},{new_key('2025')}"

    assert ring().prefix == "v1:2026:"
