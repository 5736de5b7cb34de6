"""What the cast says in conversations, in one line each."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction

from messaging.log import Entry, Kept, Outcome, Refused, Submission, append
from messaging.models import Conversation, Kind, Membership, Message
from messaging.sending import send
from messaging.thread.lines import Line
from messaging.thread.page import page_of
from network.accounts.models import User
from network.clinicians.models import Clinician

KEY = UUID(int=1)  # of bodies that nobody opens


def her(clinician: Clinician) -> User:
    assert clinician.user is not None
    return clinician.user


def asked(
    who: Clinician, conversation: Conversation, kind: str = Kind.MESSAGE, **more: Any
) -> Submission:
    more.setdefault("client_id", uuid4())
    return Submission(conversation.public_id, her(who).public_id, kind, **more)


def boxed(
    who: Clinician, conversation: Conversation, box: bytes = b"box", **more: Any
) -> Submission:
    """A message whose words the log does not know anyway."""
    return asked(who, conversation, body=box, key_id=KEY, **more)


def kept(*submissions: Submission) -> list[Outcome]:
    with transaction.atomic(), connection.cursor() as cursor:
        return append(cursor, submissions)


def say(
    who: Clinician, conversation: Conversation, text: str = "a word", **more: Any
) -> Entry:
    return entry_of(send(asked(who, conversation, **more), text))


def do(
    who: Clinician, conversation: Conversation, kind: str, target: int, **more: Any
) -> Entry:
    """Something without words."""
    return entry_of(send(asked(who, conversation, kind, target=target, **more)))


def entry_of(outcome: Outcome) -> Entry:
    assert isinstance(outcome, Kept), outcome
    return outcome.entry


def code_of(outcome: Outcome) -> str:
    return outcome.code if isinstance(outcome, Refused) else "kept"


def log_of(conversation: Conversation) -> Sequence[Message]:
    return list(Message.objects.filter(conversation=conversation).order_by("seq"))


def place_of(who: Clinician, conversation: Conversation) -> Membership:
    rows = Membership.objects.of(who).select_related("conversation", "clinician")
    return rows.get(conversation=conversation)


def lines(who: Clinician, conversation: Conversation) -> Sequence[Line]:
    """As she sees them on its page."""
    return page_of(place_of(who, conversation)).lines


def texts(who: Clinician, conversation: Conversation) -> list[str | None]:
    return [line.body for line in lines(who, conversation) if line.is_message]
