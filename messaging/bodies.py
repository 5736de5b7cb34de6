"""Bodies and drafts, sealed by the data key of their conversation and month.

A box is bound to its place: the conversation and the client_id under which it came.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from django.utils import timezone

from messaging.log import Entry, Submission
from messaging.search.tokens import tokens_of
from network.privacy.data_keys import DataKey, held_key, key_for, known_keys
from network.privacy.keys import Unreadable

Keys = Mapping[UUID, DataKey]
LONGEST = 8_000  # characters


class UnfitBodyError(ValueError):
    """Nothing to say, too much of it, or what the database cannot hold."""


def tidy(text: str, *, may_be_empty: bool = False) -> str:
    """As it is sealed; only beside files it may be empty."""
    text = text.rstrip()
    if not (text or may_be_empty) or len(text) > LONGEST or "\0" in text:
        raise UnfitBodyError("a body has 1 to 8,000 characters")
    return text


def scope_of(conversation: UUID) -> str:
    return f"conversation:{conversation}"


def key_now(conversation: UUID) -> DataKey:
    """May ask the keystore."""
    return key_for(scope_of(conversation), timezone.now().date())


def key_at_hand(conversation: UUID) -> DataKey | None:
    """Asks no database: nothing when this process does not remember it."""
    return held_key(scope_of(conversation), timezone.now().date())


def sealed(asked: Submission, text: str, key: DataKey) -> Submission:
    """With its words, and with what they are found by."""
    body = key.seal(text, _place(asked.conversation, asked.client_id))
    return replace(asked, key_id=key.id, body=body, tokens=tokens_of(text, key))


def keys_of(entries: Iterable[Entry]) -> Keys:
    """Those that still exist; may ask the keystore."""
    return known_keys(entry.key_id for entry in entries if entry.key_id)


def open_body(entry: Entry, keys: Keys) -> str | None:
    """Nothing when it was recalled, has expired, or its key was destroyed."""
    key = keys.get(entry.key_id) if entry.key_id else None
    if key is None or entry.body is None or entry.client_id is None:
        return None
    if entry.expires_at is not None and entry.expires_at <= timezone.now():
        return None
    return key.open(entry.body, _place(entry.conversation, entry.client_id)).decode()


def is_same(text: str | None, entry: Entry, keys: Keys) -> bool:
    """Whether somebody who sends again means what was kept; what is gone counts so, and
    what nobody can open.
    """
    try:
        kept = open_body(entry, keys)
    except Unreadable:
        return True
    return kept is None or kept == text


def seal_draft(text: str, whose: str, key: DataKey) -> bytes:
    return key.seal(text, _draft_place(whose))


def open_draft(box: bytes, whose: str, key: DataKey) -> str:
    return key.open(box, _draft_place(whose)).decode()


def _place(conversation: UUID, client_id: UUID) -> str:
    return f"messaging.message.body:{conversation}:{client_id}"


def _draft_place(whose: str) -> str:
    return f"messaging.draft.body:{whose}"
