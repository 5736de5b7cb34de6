"""What somebody has in conversations, for the one it belongs to."""

from collections.abc import Iterable, Iterator

from messaging.attachments.shown import opened as opened_files
from messaging.bodies import keys_of, open_body
from messaging.drafts import opened
from messaging.log import Entry, entry_of
from messaging.models import Attachment, Draft, Message, Reminder, ScheduledMessage
from messaging.scheduled import opened as opened_scheduled
from network.privacy.portions import Line, Portion, Table, portion_of

CLINICIAN = frozenset({"clinician"})
OF_STAFF = frozenset({"clinician", "conversation", "matter", "set_by", "lifted_by"})
TABLES = (
    Table("conversations", "messaging.Membership", "clinician__user", CLINICIAN),
    Table(
        "topics",
        "messaging.TopicLevel",
        "membership__clinician__user",
        frozenset({"membership"}),
    ),
    Table("presence", "messaging.Manners", "clinician__user"),
    Table("holds", "messaging.Hold", "clinician__user", OF_STAFF),
)
LEFT_OUT = {
    "messaging.Hold.set_by": "staff's work on the whole network",
    "messaging.Hold.lifted_by": "staff's work on the whole network",
    "messaging.Message.sender": "exported in plain words, under messages",
    "messaging.Attachment.sender": "what each is stands under files; they open where "
    "they were sent",
}
AT_ONCE = 2000


def portion(user_id: int) -> Portion:
    return {
        **portion_of(user_id, TABLES),
        "messages": list(_messages(user_id)),
        "drafts": list(_drafts(user_id)),
        "reminders": list(_reminders(user_id)),
        "scheduled": list(_scheduled(user_id)),
        "files": list(_files(user_id)),
    }


def _messages(user_id: int) -> Iterator[Line]:
    """All she ever wrote that is not erased, also where she is no more."""
    hers = Message.objects.whole().filter(sender__user=user_id)
    rows = hers.order_by("conversation", "seq")
    batch: list[Message] = []
    for row in rows.iterator(chunk_size=AT_ONCE):
        batch.append(row)
        if len(batch) == AT_ONCE:
            yield from _lines(batch)
            batch = []
    yield from _lines(batch)


def _lines(rows: Iterable[Message]) -> Iterator[Line]:
    entries = [entry_of(row) for row in rows]
    keys = keys_of(entries)
    return (_line(entry, open_body(entry, keys)) for entry in entries)


def _line(entry: Entry, text: str | None) -> Line:
    return {
        "conversation": str(entry.conversation),
        "seq": entry.seq,
        "at": entry.at,
        "kind": entry.kind,
        "target": entry.target,
        "reply_to": entry.reply_to,
        "detail": entry.detail,
        "body": text,
    }


def _drafts(user_id: int) -> Iterator[Line]:
    rows = Draft.objects.filter(membership__clinician__user=user_id).order_by("pk")
    drafts = list(
        rows.select_related(
            "membership__conversation", "membership__clinician", "topic"
        )
    )
    for draft, text in zip(drafts, opened(drafts), strict=True):
        conversation = str(draft.membership.conversation.public_id)
        yield {"conversation": conversation, "at": draft.saved_at, "body": text}


def _reminders(user_id: int) -> Iterator[Line]:
    hers = Reminder.objects.filter(membership__clinician__user=user_id)
    rows = hers.select_related("membership__conversation").soonest_first()
    for reminder in rows:
        conversation = str(reminder.membership.conversation.public_id)
        yield {
            "conversation": conversation,
            "seq": reminder.seq,
            "due_at": reminder.due_at,
        }


def _scheduled(user_id: int) -> Iterator[Line]:
    """What she sends later, or could not send."""
    hers = ScheduledMessage.objects.filter(membership__clinician__user=user_id)
    for waiting in opened_scheduled(list(hers.whole().soonest_first())):
        yield {
            "conversation": str(waiting.row.membership.conversation.public_id),
            "due_at": waiting.row.due_at,
            "refused": waiting.row.refused,
            "body": waiting.text,
        }


def _files(user_id: int) -> Iterator[Line]:
    """Those whose messages still stand, and what she has not sent yet."""
    hers = Attachment.objects.standing().filter(sender__user=user_id)
    rows = hers.about().order_by("pk")
    for file in opened_files(rows):
        yield {
            "conversation": str(file.conversation),
            "seq": file.seq,
            "name": file.name,
            "kind": file.kind.media_type,
            "size": file.size,
            "sha256": file.sha256,
        }
