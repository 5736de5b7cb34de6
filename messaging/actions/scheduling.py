"""Messages that are sent later. Until its hour one is its writer's alone, and the trail
knows nothing of it, as of any draft.
"""

from dataclasses import replace
from datetime import datetime
from functools import partial

from django.db import connection, transaction

from messaging.actions.drafts import save_draft
from messaging.actions.lock import locked, place_locked
from messaging.actions.notices import settle_in
from messaging.bodies import key_now, tidy
from messaging.drafts import draft_of
from messaging.events import ScheduleEvent
from messaging.guarding import looked_through
from messaging.limits import MOST_SCHEDULED, FullError
from messaging.log import Kept, Refusal, Refused, Submission, append
from messaging.models import Conversation, Membership, ScheduledMessage, Topic
from messaging.permissions import require
from messaging.scheduled import opened, seal_scheduled
from messaging.telling import SCHEDULED
from network.accounts.models import User
from network.activity import live
from network.clinicians.actions.lock import lock
from network.clinicians.models import Clinician


@transaction.atomic
def schedule_message(
    asked: Submission, text: str, *, at: datetime, reason: str = "", by: User
) -> ScheduledMessage | Refused:
    """Twice is once, and the first hour stands. What the log would not take now is
    refused now.
    """
    conversation = Conversation.objects.get(public_id=asked.conversation)
    who = require("read", by, conversation)
    text = tidy(text)
    # Whoever waits for the keystore or for the guard holds up nobody meanwhile.
    key = key_now(conversation.public_id)
    asked = looked_through(asked, text, reason)
    lock(who)
    conversation = locked(conversation)
    made = _made(asked, place_locked(who, conversation), at, reason)
    seal_scheduled(made, text, key)
    known = made.membership.scheduled.whole().filter(client_id=made.client_id).first()
    if known:
        return known if _is_same(known, made) else Refused(Refusal.CLIENT_ID_REUSED)
    if refusal := _refusal(replace(asked, key_id=key.id, body=bytes(made.body))):
        return refusal
    if _waiting_of(who) >= MOST_SCHEDULED:
        raise FullError

    made.save(force_insert=True)

    nudge_writer(made)
    return made


@transaction.atomic
def drop_scheduled(scheduled: ScheduledMessage, *, by: User) -> None:
    """Its words are gone."""
    take_off(held_by(scheduled, by))


@transaction.atomic
def take_back_scheduled(scheduled: ScheduledMessage, *, by: User) -> None:
    """Its words are what she has begun to write, below what stands there. Where that
    would be more than a message may be it waits on.
    """
    [waiting] = opened([scheduled])
    conversation, topic = scheduled.membership.conversation, scheduled.topic
    # Whoever waits for the keystore holds up nobody meanwhile.
    key_now(conversation.public_id)
    draft_of(scheduled.membership.clinician, conversation, topic)
    held = held_by(scheduled, by)
    begun = draft_of(held.membership.clinician, conversation, topic)

    words = "\n".join(filter(None, [begun.rstrip(), waiting.text]))
    save_draft(conversation, words, by=by, topic=topic)
    take_off(held)


def take_off(held: ScheduledMessage) -> None:
    """It waits no more, and unless others were refused the notice of it is read.
    Belongs to the transaction of an action that has locked its conversation.
    """
    place = held.membership
    held.delete()
    nudge_writer(held)
    settle_refused(place)


def settle_refused(place: Membership) -> None:
    """The notice is read once nothing of hers here is refused any more."""
    if not place.scheduled.exclude(refused="").exists():
        settle_in(place, ScheduleEvent.REFUSED)


def nudge_writer(held: ScheduledMessage) -> None:
    people = [person] if (person := held.membership.clinician.user) else []
    transaction.on_commit(partial(live.nudge, people, [SCHEDULED]))


def held_by(scheduled: ScheduledMessage, by: User) -> ScheduledMessage:
    """A DoesNotExist when it was sent or taken back meanwhile."""
    who = require("read", by, scheduled.membership.conversation)
    place_locked(who, locked(scheduled.membership.conversation))
    hers = ScheduledMessage.objects.whole().filter(membership__clinician=who)
    return hers.select_for_update(of=("self",)).get(pk=scheduled.pk)


def _made(
    asked: Submission, membership: Membership, at: datetime, reason: str
) -> ScheduledMessage:
    return ScheduledMessage(
        membership=membership,
        client_id=asked.client_id,
        topic=_topic_of(asked, membership),
        reply_to=asked.reply_to,
        expires_in=asked.expires_in,
        confirm_in=asked.confirm_in,
        mentions=list(asked.mentions),
        guard_reason=reason,
        due_at=at,
    )


def _topic_of(asked: Submission, membership: Membership) -> Topic | None:
    if asked.topic is None:
        return None
    return membership.conversation.topics.filter(public_id=asked.topic).first()


def _is_same(known: ScheduledMessage, made: ScheduledMessage) -> bool:
    """The same client_id with other words is no retry."""
    before, now = opened([known, made])
    about = (known.reply_to, known.topic_id) == (made.reply_to, made.topic_id)
    return about and before.text in (now.text, None)


def _refusal(asked: Submission) -> Refused | None:
    """What the log would say: it is tried, and nothing of it stays."""
    with transaction.atomic(), connection.cursor() as cursor:
        [outcome] = append(cursor, [asked])
        transaction.set_rollback(True)
    if isinstance(outcome, Kept):
        return None if outcome.is_new else Refused(Refusal.CLIENT_ID_REUSED)
    return outcome


def _waiting_of(who: Clinician) -> int:
    return ScheduledMessage.objects.visible_to(who).count()
