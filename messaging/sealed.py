"""What the data keys of conversations have sealed: bodies, what is not sent, files."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from messaging.attachments import content_of, label_of
from messaging.bodies import Keys, open_body, open_draft
from messaging.log import Entry, entry_of
from messaging.models import Attachment, Draft, Message, ScheduledMessage
from messaging.scheduled import open_scheduled
from network.privacy.data_keys import DataKey
from network.privacy.keys import Unreadable
from network.privacy.sealed import Box, Holding, in_batches
from network.privacy.sealed.data import keys_that_open

AT_ONCE, FILES_AT_ONCE = 500, 5
Opener = Callable[[Attachment, DataKey], object]


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


def _scheduled() -> Iterator[Box]:
    for batch in in_batches(ScheduledMessage.objects.whole(), AT_ONCE):
        keys = keys_that_open(row.key_id for row in batch)
        for row in batch:
            opening = partial(_open_scheduled, row, keys)
            yield Box(str(row.pk), str(row.key_id), opening)


def _open_scheduled(row: ScheduledMessage, keys: Keys) -> None:
    if (key := keys.get(row.key_id)) is None:
        raise Unreadable("its key is gone")
    open_scheduled(row, key)


def _labels() -> Iterator[Box]:
    for batch in in_batches(Attachment.objects.about(), AT_ONCE):
        yield from _files(batch, label_of)


def _contents() -> Iterator[Box]:
    for batch in in_batches(Attachment.objects.with_content(), FILES_AT_ONCE):
        yield from _files(batch, content_of)


def _files(batch: list[Attachment], opener: Opener) -> Iterator[Box]:
    keys = keys_that_open(row.key_id for row in batch)
    for row in batch:
        opening = partial(_open_file, row, keys, opener)
        yield Box(str(row.pk), str(row.key_id), opening)


def _open_file(row: Attachment, keys: Keys, opener: Opener) -> None:
    if (key := keys.get(row.key_id)) is None:
        raise Unreadable("its key is gone")
    opener(row, key)


HELD = (
    Holding("messaging_message", ("body", "key_id"), _bodies),
    Holding("messaging_draft", ("body", "key_id"), _drafts),
    Holding("messaging_scheduledmessage", ("body", "key_id"), _scheduled),
    Holding("messaging_attachment", ("label", "key_id"), _labels),
    Holding("messaging_attachment", ("content", "key_id"), _contents),
)
