"""What comes back to her later, the soonest first: a section a kind."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from messaging.forms.moment import MomentForm, other_moment
from messaging.models import Conversation, Kind, Message, Reminder
from messaging.scheduled import scheduled_by
from messaging.thread.bodies import Bodies
from messaging.thread.lines import Line
from messaging.views.gate import for_members
from messaging.views.rows import members_of, title_of
from messaging.views.waiting import NONE, Sending, Tried, sending_of
from network.clinicians.models import Clinician
from network.clinicians.requests import ClinicianRequest

PAGE = "messaging/later.html"
Place = tuple[int, int]


@dataclass(frozen=True)
class Remembered:
    """A message of which she will hear again."""

    reminder: Reminder
    conversation: Conversation
    title: str
    line: Line

    @property
    def moment(self) -> MomentForm:
        place = f"{self.conversation.public_id}-{self.reminder.seq}"
        return other_moment(place, self.reminder.due_at)

    @property
    def address(self) -> str:
        return self.conversation.address_of(self.reminder.seq)

    @property
    def whence(self) -> str:
        if not self.conversation.is_direct:
            return f"{self.line.said_by}, in {self.title}"
        return f"You, to {self.title}" if self.line.is_own else self.line.said_by


@for_members
@require_safe
def later(request: ClinicianRequest) -> HttpResponse:
    return show_later(request)


def show_later(request: ClinicianRequest, tried: Tried = NONE) -> HttpResponse:
    """With a form that needs another look, if there is one."""
    me = request.clinician
    page = {"scheduled": _scheduled(me, tried), "reminders": _reminders(me)}
    status = 422 if tried else 200
    return render(request, PAGE, page | {"tried": tried}, status=status)


def _scheduled(me: Clinician, tried: Tried) -> list[Sending]:
    found = scheduled_by(me)
    members = members_of(one.row.membership for one in found)
    return [
        sending_of(one, tried, title_of(room, members[room.pk], me))
        for one in found
        for room in [one.row.membership.conversation]
    ]


def _reminders(me: Clinician) -> list[Remembered]:
    rows = list(Reminder.objects.visible_to(me).soonest_first())
    members = members_of(row.membership for row in rows)
    lines = _lines({(row.membership.conversation_id, row.seq) for row in rows}, me)
    found = []
    for row in rows:
        room = row.membership.conversation
        title = title_of(room, members[room.pk], me)
        found.append(Remembered(row, room, title, lines[room.pk, row.seq]))
    return found


def _lines(places: Iterable[Place], me: Clinician) -> dict[Place, Line]:
    """Of several conversations, in which she was seen to be."""
    rows = Message.objects.whole().filter(kind=Kind.MESSAGE, pk__in=list(places))
    messages = list(rows)
    bodies = Bodies.of(messages)
    return {
        (one.conversation_id, one.seq): Line(one, me, bodies.text(one))
        for one in messages
    }
