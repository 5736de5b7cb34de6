"""A line of a thread, as one member may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from messaging.attachments import File
from messaging.models import Kind, Message
from messaging.thread.asking import Asking
from messaging.thread.words import GONE, NOTES, Shown, excerpt, said_in, why_gone
from messaging.wire import FORMER
from network.clinicians.models import Clinician

TOGETHER = timedelta(minutes=5)


@dataclass(frozen=True)
class Chosen:
    """A reaction, and who chose it."""

    shown: Shown
    people: Sequence[Clinician]
    is_mine: bool

    @property
    def count(self) -> int:
        return len(self.people)


@dataclass(frozen=True)
class Quote:
    seq: int
    said_by: str
    excerpt: str
    address: str


@dataclass(frozen=True)
class Line:
    """A message, or a note of what happened and of whom it tells.

    `me` is whom it calls “you”: in a copy nobody.
    """

    message: Message
    me: Clinician | None
    body: str | None = None
    about: Clinician | None = None
    quote: Quote | None = None
    reactions: Sequence[Chosen] = ()
    files: Sequence[File] = ()
    asking: Asking | None = None
    is_edited: bool = False
    begins_day: bool = False
    follows: bool = False
    is_first_unread: bool = False

    @property
    def seq(self) -> int:
        return self.message.seq

    @property
    def at(self) -> datetime:
        return self.message.at

    @property
    def is_message(self) -> bool:
        return self.message.kind == Kind.MESSAGE

    @property
    def is_gone(self) -> bool:
        return self.body is None

    @property
    def is_own(self) -> bool:
        return self._is_me(self.message.sender)

    @property
    def is_pinned(self) -> bool:
        return self.message.pinned_at is not None and not self.is_gone

    @property
    def mentions_me(self) -> bool:
        is_named = self.me is not None and self.me.public_id in self.message.mentions
        return is_named and not self.is_gone

    @property
    def expires_at(self) -> datetime | None:
        return None if self.is_gone else self.message.expires_at

    @property
    def name(self) -> str:
        return _name_of(self.message.sender)

    @property
    def said_by(self) -> str:
        return "You" if self.is_own else self.name

    @property
    def words(self) -> str:
        """What stands where there is no body."""
        if self.is_message:
            return GONE[why_gone(self.message)]
        person = "You" if self._is_me(self.about) else _name_of(self.about)
        return NOTES[Kind(self.message.kind)].format(person=person)

    @property
    def sender(self) -> str:
        return str(self.message.sender.public_id) if self.message.sender else ""

    @property
    def client_id(self) -> str:
        return str(self.message.client_id or "")

    @property
    def topic(self) -> str:
        return str(self.message.topic.public_id) if self.message.topic else ""

    @property
    def topic_name(self) -> str:
        return self.message.topic.name if self.message.topic else ""

    @property
    def excerpt(self) -> str:
        if self.body is None:
            return excerpt(self.words)
        return said_in(self.message, self.body)

    @property
    def address(self) -> str:
        place = [self.message.conversation.public_id, self.seq]
        return reverse("messaging:message", args=place)

    def quoted(self, *, is_shown: bool = False) -> Quote:
        """Where it stands: on the same page, or on its own."""
        address = f"#m{self.seq}" if is_shown else self.address
        return Quote(self.seq, self.said_by, self.excerpt, address)

    def _is_me(self, person: Clinician | None) -> bool:
        return person is not None and person == self.me


def _name_of(person: Clinician | None) -> str:
    return person.name if person else FORMER


def is_new_day(before: Message | None, message: Message) -> bool:
    """On the reader's clock."""
    if before is None:
        return True
    day, other = (timezone.localtime(one.at).date() for one in (before, message))
    return day != other


def goes_on(before: Message | None, message: Message) -> bool:
    """The same person, within minutes: her name need not stand there again."""
    return (
        before is not None
        and before.kind == message.kind == Kind.MESSAGE
        and before.sender_id == message.sender_id
        and message.at - before.at < TOGETHER
        and not is_new_day(before, message)
    )
