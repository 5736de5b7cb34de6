"""The topics of a conversation as one member finds them: what waits in each, and how
loud it is for her.
"""

from dataclasses import dataclass

from messaging.models import Membership, Message, Topic, TopicLevel
from messaging.thread.words import counted

NOTHING = (0, 0)


@dataclass(frozen=True)
class TopicLine:
    topic: Topic
    level: TopicLevel
    unread: int = 0
    # Of the first of them, in the thread of everything.
    address: str = ""

    @property
    def count(self) -> str:
        return counted(self.unread)


def topics_of(membership: Membership) -> list[TopicLine]:
    """In the order in which they were made; one question more when anything waits."""
    topics = list(membership.conversation.topics.all())
    if not topics:
        return []
    levels = {one.topic_id: one for one in membership.topic_levels.all()}
    unread = _unread(membership) if membership.unread else {}
    address_of, lines = membership.conversation.address_of, []
    for topic in topics:
        many, first = unread.get(topic.pk, NOTHING)
        level = levels.get(topic.pk) or as_usual(topic)
        lines.append(TopicLine(topic, level, many, address_of(first) if many else ""))
    return lines


def as_usual(topic: Topic) -> TopicLevel:
    return TopicLevel(topic=topic)


def with_news(lines: list[TopicLine]) -> list[TopicLine]:
    """Those in which something waits of which she wants to know."""
    return [line for line in lines if line.unread and not line.level.is_muted]


def _unread(membership: Membership) -> dict[int, tuple[int, int]]:
    """Up to where the log went when she was seen to belong here."""
    upto = membership.conversation.last_seq
    found = Message.objects.unread_by(membership).filter(seq__lte=upto)
    return found.counted_by_topic()
