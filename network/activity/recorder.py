"""The one door to the trail: what an action did, and who is told of it."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from celery import current_app
from django.conf import settings
from django.db import connection, models, transaction
from django.db.transaction import TransactionManagementError
from django.utils import timezone
from kombu.exceptions import OperationalError

from network.activity import live
from network.activity.actors import Actor
from network.activity.chain import canonical, link_hash
from network.activity.context import origin
from network.activity.models import ChainHead, Event, Notification, Outbox
from network.activity.reasons import Reason

if TYPE_CHECKING:
    from network.accounts.models import User

DELIVER = "network.activity.tasks.deliver"
DETAIL_LIMIT = 2000
log = logging.getLogger(__name__)


def record(  # noqa: PLR0913 one wide door, so that every event says all of it
    actor: Actor,
    verb: str,
    subject: models.Model | type[models.Model],
    *,
    audience: Iterable["User"] = (),
    notify: Iterable["User"] = (),
    why: str | Reason = "",
    detail: Mapping[str, str | int] | None = None,
) -> Event:
    """Write the event, tell the people to notify, and owe them one mail each.

    The audience may know of it at once; those to notify belong to it. A class
    as subject stands for the whole kind. Locks the subject's chain.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError(f"{verb} was recorded outside a transaction")
    people = {person.pk: person for person in notify}
    circle = {person.pk: person for person in (*audience, *people.values())}
    told = {person.public_id for person in circle.values()}
    said = _said(verb, actor, why)
    said |= {"audience": sorted(told, key=str), "detail": _small(detail or {})}

    event = _append(subject, said)
    if people:
        _note(event, people.values())
    if circle:
        news = News(event.pk, _topics(event, subject), circle, people)
        transaction.on_commit(partial(_tell, news))
    return event


def _said(verb: str, actor: Actor, why: str | Reason) -> dict[str, object]:
    reason = why if isinstance(why, Reason) else Reason(why)
    return {
        "verb": str(verb),
        "actor_kind": actor.kind.value,
        "actor_id": actor.id,
        "where": origin().where,
        "request_id": origin().request_id,
        "why": str(reason.code),
        "why_hash": reason.words_hash,
    }


def _small(detail: Mapping[str, str | int]) -> dict[str, str | int]:
    kept = {key: _exact(value) for key, value in detail.items()}
    if len(canonical(kept)) > DETAIL_LIMIT:
        raise ValueError("an event's detail is a few codes and numbers, not a text")
    return kept


def _exact(value: str | int) -> str | int:
    """Enumerations become their values; what has no one written form is refused."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int):
        return int(value)
    raise TypeError(f"an event's detail holds words and whole numbers, not {value!r}")


def _append(
    subject: models.Model | type[models.Model], said: dict[str, object]
) -> Event:
    head = _locked_head(subject)
    event = Event(
        subject_type=head.subject_type,
        subject_id=head.subject_id,
        seq=head.seq + 1,
        prev_hash=head.hash,
        at=timezone.now(),
        **said,
    )
    event.hash = link_hash(vars(event))
    event.save(force_insert=True)
    head.seq, head.hash = event.seq, event.hash
    head.save(update_fields=["seq", "hash"])
    return event


def _locked_head(subject: models.Model | type[models.Model]) -> ChainHead:
    """Writers about one subject queue here: no fork and no gap."""
    key = {
        "subject_type": subject._meta.label_lower,
        "subject_id": "" if isinstance(subject, type) else _key_of(subject),
    }
    heads = ChainHead.objects.select_for_update().filter(**key)
    if head := heads.first():
        return head
    ChainHead.objects.bulk_create([ChainHead(**key)], ignore_conflicts=True)
    return heads.get()


def _key_of(subject: models.Model) -> str:
    if subject.pk is None:
        raise ValueError("an event needs a subject that has been saved")
    return str(subject.pk)


def _note(event: Event, people: Iterable["User"]) -> None:
    at = event.at if settings.VAPID_PRIVATE_KEY else None
    Notification.objects.bulk_create(
        [Notification(event=event, person=person, push_at=at) for person in people]
    )
    Outbox.objects.create(event=event)


@dataclass(frozen=True)
class News:
    """What is told once it is true, and to whom; `notified` belong to the circle."""

    event_id: int
    topics: tuple[str, ...]
    circle: Mapping[int, "User"]
    notified: Mapping[int, "User"]


def _topics(
    event: Event, subject: models.Model | type[models.Model]
) -> tuple[str, ...]:
    """What the verb speaks of: `referral`, and `referral:<its public id>`."""
    noun = event.verb.partition(".")[0]
    public_id = None if isinstance(subject, type) else getattr(subject, "public_id", "")
    return (noun, f"{noun}:{public_id}") if public_id else (noun,)


def _tell(news: News) -> None:
    """A Valkey that is away is waited for once: the sweep finds what is owed, and a
    page fetches anew.
    """
    others = [news.circle[pk] for pk in news.circle.keys() - news.notified.keys()]
    is_told = live.nudge(others, news.topics) if others else True
    if not news.notified:
        return
    topics = (*news.topics, live.NOTIFICATIONS)
    if is_told and live.nudge(news.notified.values(), topics):
        _hand_over(news.event_id)
    else:
        log.warning("deliver_not_enqueued", extra={"event": news.event_id})


def _hand_over(event_id: int) -> None:
    """A broker that is down costs nothing: the sweep finds what is owed."""
    try:
        current_app.send_task(DELIVER, [event_id])
    except OperationalError:
        log.warning("deliver_not_enqueued", extra={"event": event_id})
