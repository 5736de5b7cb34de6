"""The topics of a conversation, each with what waits in it for one member."""

from dataclasses import dataclass

from messaging.models import Membership, Message, Topic
from messaging.thread.words import counted

NOTHING = (0, 0)


@dataclass(frozen=True)
class TopicLine:
    topic: Topic
    unread: int = 0
    # Of the first of them, in the thread of everything.
    address: str = ""

    @property
    def count(self) -> str:
        return counted(self.unread)


def topics_of(membership: Membership) -> list[TopicLine]:
    """In the order in which they were made; one question more when anything waits."""
    topics = list(membership.conversation.topics.all())
    unread = _unread(membership) if topics and membership.unread else {}
    return [_line(membership, one, *unread.get(one.pk, NOTHING)) for one in topics]


def with_news(lines: list[TopicLine]) -> list[TopicLine]:
    return [line for line in lines if line.unread]


def _line(membership: Membership, topic: Topic, unread: int, first: int) -> TopicLine:
    address = membership.conversation.address_of(first) if unread else ""
    return TopicLine(topic, unread, address)


def _unread(membership: Membership) -> dict[int, tuple[int, int]]:
    """Up to where the log went when she was seen to belong here."""
    upto = membership.conversation.last_seq
    found = Message.objects.unread_by(membership).filter(seq__lte=upto)
    return found.counted_by_topic()
