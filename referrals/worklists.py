"""What waits, and for whom: every list is a query, and its count is its length.

All of them are asked in one statement, so that no count differs from its rows.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from network.clinicians.models import Clinician, Supervision
from referrals.machine.standing import responsible
from referrals.machine.words import (
    ASKING,
    LIVE,
    OVER,
    Kind,
    O,
    Responsible,
    S,
    Turn,
)
from referrals.models import Offer, Referral

STALE = timedelta(days=7)
WEEK = timedelta(days=7)
HERS = frozenset({O.SELECTED, O.WAITLISTED})
Key = tuple[type[Referral] | type[Offer], int]


def sent_my_turn(me: Clinician) -> QuerySet[Referral]:
    """And where one colleague asks something while others are being chosen from, or
    an associate of hers waits for her word.
    """
    mine = Offer.objects.filter(referral=OuterRef("pk"))
    calls = mine.filter(Q(state=O.NEEDS_INFO) | _for_my_associate(me))
    called = Q(Exists(calls), state__in=ASKING)
    return _sent(me).filter(Q(turn=Turn.SENDER) | called)


def received_my_turn(me: Clinician) -> QuerySet[Offer]:
    """To be answered; and what she was chosen for, when it is her turn in it."""
    asked = Q(receiver=me, state__in=[O.SENT, O.VIEWED])
    chosen = Q(receiver=me, state__in=HERS, referral__turn=Turn.RECEIVER)
    guided = _for_my_associate(me) & ~Q(referral__sender=me)
    mine = Offer.objects.visible_to(me).filter(asked | chosen | guided)
    return mine.exclude(referral__state__in=[*OVER, S.PAUSED]).order_by("sent_at", "pk")


def sent_waiting(me: Clinician) -> QuerySet[Referral]:
    return _sent(me).exclude(pk__in=sent_my_turn(me).values("pk"))


def received_waiting(me: Clinician) -> QuerySet[Offer]:
    """Hers, and somebody else's turn."""
    going = _received(me).filter(_goes_on())
    mine = received_my_turn(me).values("pk")
    return going.exclude(pk__in=mine).order_by("sent_at", "pk")


def between(me: Clinician) -> QuerySet[Referral]:
    """On the way to a colleague, and still the sender's to hold."""
    return _sent(me).filter(_held_by_the_sender(), sent_at__isnull=False)


def stale(me: Clinician) -> QuerySet[Referral]:
    """Nothing has happened for a week, and it is not over."""
    return _sent(me).filter(changed_at__lt=timezone.now() - STALE)


def first_sessions(me: Clinician) -> QuerySet[Referral]:
    """Booked within the week, sent by her or received; what is past lacks its
    outcome.
    """
    now = timezone.now()
    soon = Q(first_session_at__gte=now, first_session_at__lte=now + WEEK)
    return booked(me).filter(soon)


def booked(me: Clinician) -> QuerySet[Referral]:
    mine = Referral.objects.visible_to(me).filter(_involves(me), state=S.SCHEDULED)
    return mine.order_by("first_session_at", "pk")


def outcome_missing(me: Clinician) -> QuerySet[Referral]:
    """The session is past, or the client came: how it ended is not said yet."""
    past = Q(state=S.SCHEDULED, first_session_at__lt=timezone.now())
    came = Q(state=S.ENGAGED)
    mine = Referral.objects.visible_to(me).filter(_involves(me))
    return mine.filter(past | came).order_by("first_session_at", "pk")


def asked_back(me: Clinician) -> QuerySet[Referral]:
    """After 30 and after 90 days: did it hold?"""
    closed = Referral.objects.sent_by(me).filter(state=S.CLOSED)
    return closed.exclude(asked_back=None).order_by("closed_at", "pk")


def over(me: Clinician) -> QuerySet[Referral]:
    return Referral.objects.sent_by(me).filter(state__in=OVER).newest_first()


def received_over(me: Clinician) -> QuerySet[Offer]:
    """Closed to her, courteously: of most she may not read anything any more."""
    ended = _received(me).exclude(_goes_on())
    return ended.order_by("-referral__changed_at", "-pk")


def _sent(me: Clinician) -> QuerySet[Referral]:
    return Referral.objects.sent_by(me).going_on().order_by("changed_at", "pk")


def _received(me: Clinician) -> QuerySet[Offer]:
    return Offer.objects.visible_to(me).filter(receiver=me)


def _goes_on() -> Q:
    return Q(state__in=LIVE) & ~Q(referral__state__in=OVER)


def _for_my_associate(me: Clinician) -> Q:
    guided = Supervision.objects.confirmed().filter(supervisor=me)
    return Q(state=O.CONFIRMING, receiver__in=guided.values("associate"))


def _involves(me: Clinician) -> Q:
    chosen = Offer.objects.filter(receiver=me, state=O.SELECTED)
    return Q(sender=me) | Q(pk__in=chosen.values("referral"))


def _held_by_the_sender() -> Q:
    """As the one function says that knows who is responsible."""
    held = Q()
    for kind in Kind:
        states = [one for one in S if responsible(kind, one) == Responsible.SENDER]
        held |= Q(kind=kind, state__in=states)
    return held


@dataclass(frozen=True)
class WorkList:
    slug: str
    title: str
    lead: str
    empty: str
    sent: Callable[[Clinician], QuerySet[Referral]] | None = None
    received: Callable[[Clinician], QuerySet[Offer]] | None = None
    # Whose rows stand in other lists too: a page of its own, not a part of the first.
    is_aside: bool = False

    def columns(self, me: Clinician) -> dict[str, ArraySubquery]:
        found: dict[str, Any] = {"received": self.received, "sent": self.sent}
        return {
            f"{self.slug}_{name}": ArraySubquery(query(me).values("pk"))
            for name, query in found.items()
            if query is not None
        }


LISTS = (
    WorkList(
        "mine",
        "My turn",
        "What you do next, the longest waiting first.",
        "Nothing waits for you.",
        sent_my_turn,
        received_my_turn,
    ),
    WorkList(
        "sessions",
        "First sessions this week",
        "In the next seven days: of clients you sent, and of those sent to you.",
        "No first session is booked for the next seven days.",
        first_sessions,
    ),
    WorkList(
        "outcomes",
        "Outcome missing",
        "A first session is past, or the client came: how it went is not said yet.",
        "Of every first session that is past it is said how it went.",
        outcome_missing,
    ),
    WorkList(
        "held",
        "Did it hold?",
        "One question after 30 days, and one after 90.",
        "No answer is open. It is asked 30 and 90 days after a referral is closed.",
        asked_back,
    ),
    WorkList(
        "between",
        "In between",
        "On the way to a colleague: until they have arrived, you hold it.",
        "No client of yours is on the way to a colleague.",
        between,
        is_aside=True,
    ),
    WorkList(
        "waiting",
        "Waiting for others",
        "The next step is somebody else’s.",
        "Nothing waits for a colleague or a client.",
        sent_waiting,
        received_waiting,
    ),
    WorkList(
        "stale",
        "Nothing for a week",
        "Nobody has done anything in these for seven days.",
        "In every referral something has happened this week.",
        stale,
        is_aside=True,
    ),
    WorkList(
        "over",
        "Over",
        "Closed, withdrawn or expired.",
        "No referral has ended yet.",
        over,
        received_over,
    ),
)


@dataclass(frozen=True)
class Held:
    """A list as it stands for somebody: received first, then sent."""

    what: WorkList
    keys: Sequence[Key]

    @property
    def count(self) -> int:
        return len(self.keys)


def held_by(me: Clinician) -> dict[str, Held]:
    """Every list, in one statement."""
    columns: dict[str, Any] = {}
    for one in LISTS if me.is_verified else ():
        columns |= one.columns(me)
    own = Clinician.objects.filter(pk=me.pk)
    row: Any = own.values(**columns).get() if columns else {}
    return {one.slug: Held(one, _keys(one, row)) for one in LISTS}


def _keys(one: WorkList, row: dict[str, Any]) -> list[Key]:
    received = [(Offer, pk) for pk in row.get(f"{one.slug}_received", ())]
    return [*received, *((Referral, pk) for pk in row.get(f"{one.slug}_sent", ()))]


def things(me: Clinician, keys: Iterable[Key]) -> dict[Key, Referral | Offer]:
    """Those of them that she still sees, with what a row tells of them."""
    wanted = set(keys)
    found: dict[Key, Referral | Offer] = {}
    for model in (Referral, Offer):
        pks = [pk for kind, pk in wanted if kind is model]
        if pks:
            seen: Any = model.objects.visible_to(me).filter(pk__in=pks)
            found |= {(model, one.pk): one for one in seen}
    return found
