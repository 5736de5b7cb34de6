"""What the data keys of conversations have sealed: bodies and drafts."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from messaging.bodies import Keys, open_body, open_draft
from messaging.log import Entry, entry_of
from messaging.models import Draft, Message
from network.privacy.keys import Unreadable
from network.privacy.sealed import Box, Holding, in_batches
from network.privacy.sealed.data import keys_that_open

AT_ONCE = 500


def _bodies() -> Iterator[Box]:
    rows = Message.objects.whole().filter(body__isnull=False)
    for batch in in_batches(rows, AT_ONCE):
        keys = keys_that_open(row.key_id for row in batch if row.key_id)
        for row in batch:
            opening = partial(_open_body, entry_of(row), keys)
            yield Box(f"{row.conversation_id}:{row.seq}", str(row.key_id), opening)


def _open_body(entry: Entry, keys: Keys) -> None:
    """What has expired is sealed until the sweep has gone by."""
    if open_body(replace(entry, expires_at=None), keys) is None:
        raise Unreadable("its key is gone")


def _drafts() -> Iterator[Box]:
    rows = Draft.objects.select_related(
        "membership__conversation", "membership__clinician", "topic"
    )
    for batch in in_batches(rows, AT_ONCE):
        keys = keys_that_open(row.key_id for row in batch)
        for row in batch:
            yield Box(str(row.pk), str(row.key_id), partial(_open_draft, row, keys))


def _open_draft(row: Draft, keys: Keys) -> None:
    if (key := keys.get(row.key_id)) is None:
        raise Unreadable("its key is gone")
    open_draft(bytes(row.body), row.whose, key)


HELD = (
    Holding("messaging_message", ("body", "key_id"), _bodies),
    Holding("messaging_draft", ("body", "key_id"), _drafts),
)
