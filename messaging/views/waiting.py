"""What she sends later, as it is shown: each with a form for another hour."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.http import QueryDict

from messaging.forms.moment import MomentForm, other_moment
from messaging.models import Conversation, ScheduledMessage
from messaging.scheduled import Waiting

# Forms that need another look, each by its message.
Tried = Mapping[int, MomentForm]
NONE: Tried = MappingProxyType({})


@dataclass(frozen=True)
class Sending:
    """A message that goes later, or could not go."""

    waiting: Waiting
    moment: MomentForm
    title: str = ""

    @property
    def conversation(self) -> Conversation:
        return self.waiting.row.membership.conversation


def sending_of(waiting: Waiting, tried: Tried, title: str = "") -> Sending:
    row = waiting.row
    return Sending(waiting, tried.get(row.pk) or hour_of(row), title)


def hour_of(row: ScheduledMessage, said: QueryDict | None = None) -> MomentForm:
    """Beginning with the one it has, unless that is over."""
    place = f"{row.membership.conversation.public_id}-{row.client_id}"
    return other_moment(place, None if row.refused else row.due_at, said)
