"""Files are attached, sent with a message, opened, and go with it.

While one is not sent the trail knows nothing of it, as of any draft. Whoever opens one
that was sent has a line there, the first time on each day.
"""

import re
from collections.abc import Collection, Iterator
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from messaging.actions.lock import locked
from messaging.attachments import Label, box_of, content_of, label_of
from messaging.events import ConversationEvent
from messaging.guarding import Finding, findings, is_high
from messaging.limits import MOST_FILES
from messaging.models import Attachment, Conversation
from messaging.permissions import require
from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.models import Event
from network.activity.recorder import record
from network.activity.sweeping import one_by_one
from network.clinicians.models import Clinician
from network.privacy.data_keys import known_keys
from network.privacy.files import Screened
from network.privacy.guard import LONGEST

KEPT_UNSENT = timedelta(days=1)
# Characters of a text that the guard looks at, and how many of them twice: at an edge.
LOOKED_AT, EDGE = 100_000, 100


class TooManyFilesError(Exception):
    """As many as a message takes are waiting to be sent."""

    def __init__(self) -> None:
        super().__init__(f"A message takes up to {MOST_FILES} files.")


@transaction.atomic
def attach(
    conversation: Conversation, name: str, file: Screened, *, by: User
) -> tuple[Attachment, list[Finding]]:
    """With what the guard found in its name and in a text. Nobody waits for its
    megabytes, so the conversation is not locked: of two at once one may be too many.
    """
    who = require("write", by, conversation)
    mine = Attachment.objects.unsent(who).filter(conversation=conversation)
    if mine.count() >= MOST_FILES:
        raise TooManyFilesError

    found = [one for words in words_in(name, file) for one in findings(words, who)]
    attachment = box_of(conversation, who, name, file)
    attachment.is_telling = is_high(found)
    attachment.save(force_insert=True)
    return attachment, found


def words_in(name: str, file: Screened) -> Iterator[str]:
    """A name joins its words with signs of its own."""
    yield " ".join(re.split(r"[_.+-]+|\s+", name.rpartition(".")[0] or name))
    for start in range(0, min(len(file.text), LOOKED_AT), LONGEST - EDGE):
        yield file.text[start : start + LONGEST]


@transaction.atomic
def take_off(attachment: Attachment, *, by: User) -> None:
    """Before it is sent: what was sent goes with its message."""
    conversation = locked(attachment.conversation)
    who = require("write", by, conversation)
    mine = Attachment.objects.unsent(who).filter(conversation=conversation)
    mine.filter(pk=attachment.pk).delete()


@transaction.atomic
def open_file(attachment: Attachment, *, by: User) -> tuple[Label, bytes] | None:
    """One that she may see, and what it is called. Nothing where its key is gone."""
    key = known_keys([attachment.key_id]).get(attachment.key_id)
    if key is None:
        return None
    opened = label_of(attachment, key), content_of(attachment, key)

    if attachment.seq is not None:
        _note_opening(attachment, by)
    return opened


def _note_opening(attachment: Attachment, by: User) -> None:
    """A page that shows a picture asks for it each time: once a day tells as much."""
    verb, detail = ConversationEvent.FILE_OPENED, {"file": str(attachment.public_id)}
    told = Event.objects.about(attachment.conversation).filter(
        verb=verb,
        actor_id=str(by.public_id),
        detail__file=detail["file"],
        at__gte=timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0),
    )
    if not told.exists():
        record(Actor.of(by), verb, attachment.conversation, detail=detail)


def discard_files(conversation: Conversation, seqs: Collection[int]) -> None:
    """Belongs to the transaction of an action that has locked it."""
    Attachment.objects.filter(conversation=conversation, seq__in=seqs).delete()


def discard_unsent(conversation: Conversation, sender: Clinician) -> None:
    """The same, of who goes."""
    mine = Attachment.objects.unsent(sender).filter(conversation=conversation)
    mine.order_by().delete()


def forget_unsent() -> int:
    """How many nobody has sent within a day; one transaction a conversation."""
    old = _forgotten().values_list("conversation", flat=True).order_by("conversation")
    return one_by_one(list(old.distinct()), _forget)


@transaction.atomic
def _forget(key: int) -> int:
    conversation = locked(Conversation(pk=key))
    return _forgotten().filter(conversation=conversation).delete()[0]


def _forgotten() -> QuerySet[Attachment]:
    since = timezone.now() - KEPT_UNSENT
    return Attachment.objects.filter(seq__isnull=True, uploaded_at__lt=since)
