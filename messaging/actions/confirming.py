"""Who is asked to confirm a message is told, and who asks for it, when nobody did.

Each message once, in a transaction of its own: while its conversation is locked nobody
confirms it, recalls it, comes or goes.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from messaging import confirming
from messaging.actions.lock import locked
from messaging.events import ConfirmationEvent
from messaging.models import Conversation, Membership, Message
from messaging.permissions import allowed
from network.activity.actions import settle_these
from network.activity.actors import Actor
from network.activity.recorder import record
from network.activity.sweeping import one_by_one
from network.clinicians.models import Absence, Clinician

Place = tuple[int, int]
Detail = dict[str, str | int]


def settle_confirmed() -> int:
    """The notices of whoever has confirmed meanwhile are read."""
    return settle_these(confirming.over())


def tell_asked(limit: int) -> int:
    """How many messages; muted or not, their readers hear that they are waited for."""
    due = confirming.untold(timezone.now()).order_by("conversation", "seq")
    return one_by_one(list(due.values_list("conversation", "seq")[:limit]), _tell_asked)


@transaction.atomic
def _tell_asked(place: Place) -> int:
    conversation = locked(Conversation(pk=place[0]))
    now = timezone.now()
    message = _only(confirming.untold(now), place)
    if message is None:
        return 0
    conversation.log.filter(seq=message.seq).update(asked_at=now)

    people = [one.user for one in _readers(message) if one.user]
    if people:
        detail = _where(conversation, message)
        asked = ConfirmationEvent.ASKED
        record(Actor.system(), asked, conversation, notify=people, detail=detail)
    return 1


def pass_on_missed(limit: int) -> int:
    """How many messages whose time is over were looked at."""
    due = confirming.overdue(timezone.now()).order_by("confirm_by")
    return one_by_one(list(due.values_list("conversation", "seq")[:limit]), _pass_on)


@transaction.atomic
def _pass_on(place: Place) -> int:
    """Whoever covers for somebody hears who needs an answer, and no word of it."""
    conversation = locked(Conversation(pk=place[0]))
    now = timezone.now()
    message = _only(confirming.overdue(now), place)
    if message is None:
        return 0
    conversation.log.filter(seq=message.seq).update(missed_at=now)

    late, writer = _readers(message), _writer(message, conversation)
    if late and writer and writer.user:
        absences = list(_covered(late, writer))
        detail = _where(conversation, message) | _who(late, absences)
        missed = ConfirmationEvent.MISSED
        record(
            Actor.system(), missed, conversation, notify=[writer.user], detail=detail
        )
        for absence in absences:
            _ask_coverer(absence, message, writer)
    return 1


def put_away_settled(limit: int) -> int:
    """How many: nobody looks at those again who looks for what waits."""
    due = confirming.settled(timezone.now()).values_list("conversation", "seq")
    return one_by_one(list(due[:limit]), _put_away)


@transaction.atomic
def _put_away(place: Place) -> int:
    conversation = locked(Conversation(pk=place[0]))
    now = timezone.now()
    message = _only(confirming.settled(now), place)
    if message is None:
        return 0
    conversation.log.filter(seq=message.seq).update(settled_at=now)
    return 1


def _ask_coverer(absence: Absence, message: Message, writer: Clinician) -> None:
    """About the place of whoever is away: the conversation stays out of it."""
    coverer = absence.coverer
    if coverer is None or coverer.user is None:
        return
    about = Membership.objects.of(absence.clinician)
    place = about.get(conversation=message.conversation_id)
    record(
        Actor.system(),
        ConfirmationEvent.PASSED_ON,
        place,
        notify=[coverer.user],
        detail={
            "asks": str(writer.public_id),
            "away": str(absence.clinician.public_id),
        },
    )


def _only(due: QuerySet[Message], place: Place) -> Message | None:
    return due.filter(conversation=place[0], seq=place[1]).first()


def _readers(message: Message) -> list[Clinician]:
    """Who has not confirmed it, and may still read it."""
    waited_for = confirming.waited_for(message).values("clinician")
    readers = Clinician.objects.verified().filter(user__isnull=False)
    found = readers.filter(pk__in=waited_for).select_related("user")
    return list(found.order_by("name", "pk"))


def _writer(message: Message, conversation: Conversation) -> Clinician | None:
    """While she may write there herself."""
    members = Clinician.objects.verified().select_related("user")
    writer = members.filter(pk=message.sender_id or 0).first()
    return writer if writer and "write" in allowed(writer, conversation) else None


def _covered(late: Iterable[Clinician], writer: Clinician) -> QuerySet[Absence]:
    covered = confirming.covered_today(late, writer)
    once = covered.order_by("clinician", "coverer", "pk")
    return once.distinct("clinician", "coverer")


def _where(conversation: Conversation, message: Message) -> Detail:
    return {"conversation": str(conversation.public_id), "seq": message.seq}


def _who(late: list[Clinician], absences: list[Absence]) -> Detail:
    """One of them, with who covers for her where somebody does; and how many."""
    first = absences[0].clinician if absences else late[0]
    said: Detail = {"late": str(first.public_id), "count": len(late)}
    coverers = {one.coverer.public_id for one in absences if one.coverer}
    if absences and absences[0].coverer:
        cover = absences[0].coverer.public_id
        said |= {"cover": str(cover), "covers": len(coverers)}
    return said
