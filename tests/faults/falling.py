"""What falls due at one moment in several rooms: made in the tables of an installation,
and told as JSON. Until a test says so that moment is a day away.
"""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db.models import F
from django.utils import timezone

from messaging.actions.conversations import close
from messaging.models import Conversation, ScheduledMessage
from network.accounts.actions.tokens import make_token
from network.accounts.models import Scope
from network.clinicians.actions.openings import go_away
from network.clinicians.models import Clinician
from tests.factories import a_conversation, a_member, a_user
from tests.messaging.reminding import remind
from tests.messaging.saying import her, place_of, say
from tests.messaging.scheduling import schedule

ROOMS, SAID = 3, 2
HOURS = (5, 2, 0, 3, 1, 4)  # in which the messages of a room are written
LAST = 6
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
MOMENT = timezone.now() + DAY
Told = tuple[str, int, int]  # the verb, the person, and what it is about


def begin(rounds: int) -> str:
    """Ana and Ben write and Dana reads; Ben is away, and Eli covers for him."""
    staff = a_user(f"staff-{uuid4()}@consilium.example", is_staff=True)
    ana, ben, dana, eli = (
        a_member(name, email=f"{uuid4()}@consilium.example", verified_by=staff)
        for name in ("Ana Heron", "Ben Sparrow", "Dana Finch", "Eli Swift")
    )
    today = timezone.localdate()
    go_away(ben, starts_on=today, ends_on=today + 7 * DAY, coverer=eli, by=her(ben))
    token = make_token(her(dana), name="reads", days=1, scope=Scope.WRITE)
    made = [_round(ana, ben, dana, eli) for _ in range(rounds)]
    return json.dumps([str(dana.public_id), token, made])


def _round(
    ana: Clinician, ben: Clinician, dana: Clinician, eli: Clinician
) -> dict[str, Any]:
    rooms = [a_conversation(ana, ben, dana, title="Falling") for _ in range(ROOMS)]
    due = [_at(hour, (ana, ben)[hour % 2], room) for hour in HOURS for room in rooms]
    due.sort(key=lambda row: (row.due_at, row.pk))
    closed = {one: a_conversation(one, dana, title="Closed") for one in (ana, ben)}
    for one, room in closed.items():
        _at(LAST, one, room)
        close(room, by=her(one))
    asking = a_conversation(ana, ben, dana, title="Asking")
    known = a_conversation(ana, ben, dana, title="Known")
    told = [("message.refused", her(one).pk, room.pk) for one, room in closed.items()]
    return {
        "keys": [room.pk for room in (*rooms, *closed.values(), asking, known)],
        "orders": {
            str(room.public_id): [
                str(row.client_id) for row in due if row.membership.conversation == room
            ]
            for room in rooms
        },
        "middle": due[len(due) // 2].pk,
        "told": [
            *told,
            *_asked(asking, ana, ben, dana, eli),
            *_known(known, ben, dana),
        ],
    }


def _at(hour: int, who: Clinician, room: Conversation) -> ScheduledMessage:
    return schedule(who, room, f"No. {hour}", at=MOMENT + hour * MINUTE)


def _asked(
    room: Conversation, ana: Clinician, ben: Clinician, dana: Clinician, eli: Clinician
) -> list[Told]:
    """Who is told what of messages that nobody confirms."""
    about, told = place_of(ben, room).pk, list[Told]()
    for _ in range(SAID):
        say(ana, room, confirm_in=3600)
        told.append(("confirmation.missed", her(ana).pk, room.pk))
        told.append(("confirmation.passed_on", her(eli).pk, about))
        for one in (ben, dana):
            told.append(("confirmation.asked", her(one).pk, room.pk))
    room.log.update(at=F("at") + DAY)
    room.memberships.update(joined_at=F("joined_at") - DAY)
    return told


def _known(room: Conversation, *readers: Clinician) -> list[Told]:
    """Of each message in it they want to be reminded."""
    told = list[Told]()
    for _ in range(SAID):
        seq = say(readers[0], room).seq
        for one in readers:
            remind(one, room, seq, hours=24)
            told.append(("reminder.told", her(one).pk, room.pk))
    return told
