"""Legal holds as staff see them: of whom and since when, never what was written."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime

from home.staff.facts import Fact
from messaging.holds import conversations_of, hidden_in
from messaging.models import Conversation, Hold
from network.accounts.models import User
from network.clinicians.models import Clinician


def name_of(hold: Hold) -> str:
    if hold.clinician:
        return f"All conversations of {hold.clinician.display_name}"
    assert hold.conversation  # noqa: S101 the database says so
    return named(hold.conversation)


def named(conversation: Conversation) -> str:
    """By whoever is or was in it; its title is nobody's business."""
    people = Clinician.objects.filter(
        conversation_memberships__conversation=conversation
    )
    names = people.order_by("name", "pk").distinct().values_list("name", flat=True)
    begun = date_format(conversation.created_at, "j F Y")
    return f"A conversation of {', '.join(names) or 'nobody'}, begun on {begun}"


def facts(hold: Hold) -> Iterator[Fact]:
    rooms = conversations_of(hold)
    yield "On what", name_of(hold)
    yield "Ground", str(Hold.Ground(hold.ground).label)
    yield "Matter", str(hold.matter)
    yield "Set", _said(hold.set_at, hold.set_by)
    yield "Conversations", str(rooms.count())
    if hold.lifted_at:
        yield "Lifted", _said(hold.lifted_at, hold.lifted_by)
    else:
        yield "Messages that only the hold keeps", str(hidden_in(rooms))


def rows(holds: Iterable[Hold]) -> list[tuple[Hold, str]]:
    return [(hold, name_of(hold)) for hold in holds]


def _said(at: datetime, by: User | None) -> str:
    who = by.email if by else "somebody who has left"
    return f"{date_format(localtime(at), 'j F Y, H:i')} by {who}"
