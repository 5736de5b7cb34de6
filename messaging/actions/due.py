"""Messages whose hour has come go into the log, by its one way and with the time at
which they are sent.
"""

from contextlib import suppress
from functools import partial

from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from messaging.actions.lock import locked
from messaging.actions.scheduling import nudge_writer, take_off
from messaging.bodies import is_same, key_now, keys_of, sealed
from messaging.events import ScheduleEvent
from messaging.guarding import looked_through
from messaging.log import Kept, Outcome, Refusal, Refused, Submission, append
from messaging.models import Kind, Membership, ScheduledMessage
from messaging.models.scheduled import ScheduledMessageQuerySet
from messaging.permissions import require
from messaging.scheduled import opened
from messaging.telling import tell
from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.recorder import record
from network.activity.sweeping import one_by_one
from network.privacy.data_keys import known_keys
from network.privacy.keys import Unreadable

Prepared = tuple[Submission, str]


def send_scheduled(limit: int) -> int:
    """How many are settled; any number of times, by any number of workers. While the
    keystore is away all of them stay due; what a torn key seals stays so alone. Where
    a database left in the middle, nothing overtakes what stays due there.
    """
    rows = ScheduledMessage.objects.due(timezone.now()).select_related("membership")
    due = list(rows[:limit])
    with suppress(Unreadable):
        known_keys(row.key_id for row in due)
    left: set[int] = set()

    def send(row: ScheduledMessage) -> int:
        room = row.membership.conversation_id
        if room in left:
            return 0
        try:
            return _send_due(row.pk)
        except (OperationalError, InterfaceError):
            left.add(room)
            raise

    return one_by_one(due, send)


@transaction.atomic
def send_now(scheduled: ScheduledMessage, *, by: User) -> Outcome:
    """A DoesNotExist when it was sent or taken back meanwhile."""
    who = require("read", by, scheduled.membership.conversation)
    hers = ScheduledMessage.objects.filter(membership__clinician=who)
    outcome = _send(hers.filter(pk=scheduled.pk))
    if outcome is None:
        raise ScheduledMessage.DoesNotExist
    return outcome


@transaction.atomic
def _send_due(key: int) -> int:
    """She is elsewhere: what she has not read is not read by it."""
    due = ScheduledMessage.objects.due(timezone.now()).filter(pk=key)
    outcome = _send(due, is_present=False)
    place = Membership.objects.filter(scheduled=key).first()
    if isinstance(outcome, Refused) and place:
        told = [place.clinician.user] if place.clinician.user else []
        record(Actor.system(), ScheduleEvent.REFUSED, place.conversation, notify=told)
    return int(outcome is not None)


def _send(rows: ScheduledMessageQuerySet, *, is_present: bool = True) -> Outcome | None:
    """Nothing when somebody else was faster. Whoever waits for the keystore or for the
    guard holds up nobody meanwhile.
    """
    if (row := rows.whole().first()) is None:
        return None
    ready = prepared(row)
    conversation = locked(row.membership.conversation)
    places = Membership.objects.select_for_update(no_key=True)
    place = places.get(pk=row.membership_id)
    held = rows.whole().select_for_update(of=("self",)).first()
    if held is None:
        return None

    outcome = _outcome(held, ready)
    if not is_present and place.read_ordinal < conversation.last_ordinal:
        place.save(update_fields=["read_seq", "read_ordinal"])
    if isinstance(outcome, Refused):
        _refuse(held, outcome)
        return outcome
    take_off(held)

    room, entries = conversation.public_id, [outcome.entry]
    transaction.on_commit(partial(tell, room, entries))
    return outcome


def _outcome(held: ScheduledMessage, ready: Prepared | None) -> Outcome:
    """Nothing of whoever has left is sent, also where she has come back."""
    if held.membership.left_at is not None:
        return Refused(Refusal.NOT_FOUND)
    return appended(*ready) if ready else Refused(Refusal.GONE)


def _refuse(held: ScheduledMessage, why: Refused) -> None:
    """It waits for its writer. Whoever has left would find it nowhere: it goes, as it
    would have gone with her, had the server that let her go known of it.
    """
    if held.membership.left_at is not None:
        take_off(held)
        return
    held.refused = why.code
    held.save(update_fields=["refused"])
    nudge_writer(held)


def prepared(row: ScheduledMessage) -> Prepared | None:
    """Nothing when its words, or whoever wrote them, are gone."""
    [waiting] = opened([row])
    member = row.membership
    if waiting.text is None or member.clinician.user is None:
        return None
    asked = Submission(
        conversation=member.conversation.public_id,
        person=member.clinician.user.public_id,
        kind=Kind.MESSAGE,
        client_id=row.client_id,
        reply_to=row.reply_to,
        topic=row.topic.public_id if row.topic else None,
        mentions=tuple(row.mentions),
        expires_in=row.expires_in,
        confirm_in=row.confirm_in,
    )
    asked = sealed(asked, waiting.text, key_now(asked.conversation))
    return looked_through(asked, waiting.text, row.guard_reason), waiting.text


def appended(asked: Submission, text: str) -> Outcome:
    """What was sent before under its client_id is sent; other words are not."""
    with connection.cursor() as cursor:
        [outcome] = append(cursor, [asked])
    if not isinstance(outcome, Kept) or outcome.is_new:
        return outcome
    entry = outcome.entry
    same = is_same(text, entry, keys_of([entry]))
    return outcome if same else Refused(Refusal.CLIENT_ID_REUSED)
