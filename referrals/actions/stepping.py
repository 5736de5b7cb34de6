"""The beats that every step shares: `begin` locks and requires, `finish` moves along
the table, saves and records. Between them stands what the step itself changes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from network.accounts.models import User
from network.activity.recorder import record
from network.clinicians.actions.lock import lock
from network.clinicians.models import Clinician
from network.clinicians.supervision.naming import supervision_of
from network.privacy.keys import ring
from referrals.acting import By
from referrals.actions import consequences
from referrals.actions.timers import wind
from referrals.events import OfferEvent, ReferralEvent
from referrals.guards import may_be_asked
from referrals.machine.moving import apply
from referrals.machine.standing import turn_of
from referrals.machine.table import Row
from referrals.machine.words import ASKING, HOLDING, OVER, UNSETTLED, O
from referrals.models import Offer, Referral, Step
from referrals.permissions import require

PURPOSE = "referral step"
# An opening is given away: her row is locked before anything else.
HOLDERS = frozenset({"accept", "confirm_acceptance", "promote"})
# Seen on the page, and no news that somebody is called for.
QUIET = frozenset({OfferEvent.OPENED, ReferralEvent.CHECKED})
# Whoever is chosen does not learn that she was looked up.
SENDERS_OWN = frozenset({ReferralEvent.CHECKED})
# What is kept of an arrival; whoever is asked next begins without it.
ARRIVAL: Mapping[str, int | None] = {
    "attempts": 0,
    "missed_at": None,
    "first_session_at": None,
    "released_at": None,
    "cancel_asked_at": None,
}
Detail = Mapping[str, str | int]
Verb = ReferralEvent | OfferEvent


@dataclass(frozen=True)
class Click:
    """What comes with a step: a key of its own, and the version that was seen."""

    key: UUID
    seen: int


class LostRaceError(Exception):
    """It is not any more as it was when she looked."""


class ReusedKeyError(Exception):
    """Something else was said under this key before."""


@dataclass
class Move:
    """A step that is being taken; everything in it is locked."""

    verb: str
    by: By
    row: Row
    referral: Referral
    offers: list[Offer]
    offer: Offer | None
    was: dict[int, str] = field(default_factory=dict)
    came_from: str = ""

    @property
    def its(self) -> Offer:
        """The offer of a step that is about one, or the one that is chosen."""
        found = self.offer or next(
            (one for one in self.offers if self.was[one.pk] == O.SELECTED), None
        )
        if found is None:
            raise LookupError(f"{self.verb} is about no offer")
        return found


def begin(
    verb: str,
    thing: Referral | Offer,
    by: By,
    click: Click | None,
    *,
    said: frozenset[str] = frozenset(),
    words: str = "",
) -> Move | None:
    """Nothing when this very step was taken before. The program itself has no click."""
    if not connection.in_atomic_block:
        raise TransactionManagementError(f"{verb} outside a transaction")
    referral, offers, offer = _locked(verb, thing)
    said_words = fingerprint(verb, thing.pk, words)
    if click and taken_before(by, click.key, said_words):
        return None
    if click and (offer or referral).version != click.seen:
        raise LostRaceError(verb)
    row = require(verb, by, offer or referral, said)

    if click:
        note_step(referral, verb, by, click.key, said_words)
    was = {one.pk: one.state for one in offers}
    return Move(verb, by, row, referral, offers, offer, was, referral.state)


def finish(
    move: Move, event: Verb, *, why: str = "", detail: Detail | None = None
) -> None:
    """Along the table; then what hangs on it: clocks, openings, releases, the room.
    All who belong to it but whoever acts are told, save of what is quiet.
    """
    referral, subject = move.referral, move.offer or move.referral
    apply(move.row, referral, move.offers, move.offer, may_be_asked=may_be_asked)
    _save(move)
    wind(referral, move.offers, anew=move.verb, about=move.offer)

    concerned = [] if event in SENDERS_OWN else _concerned(move)
    record(
        move.by.actor,
        event,
        subject,
        audience=_users([referral.sender, *concerned]),
        notify=() if event in QUIET else _users(_others(move)),
        why=why,
        detail=detail,
    )
    consequences.follow(move)


def lock_first(by: By) -> None:
    """Before her referrals, as wherever a clinician is locked: what she may do so many
    times a day is counted, also of two at once.
    """
    if by.clinician:
        lock(by.clinician)


def fingerprint(verb: str, about: int, words: str) -> str:
    """What is said under a key; kept is its keyed hash alone."""
    return f"{verb}\0{about}\0{words}"


def taken_before(by: By, key: UUID, said: str) -> Step | None:
    """Known again also by a key of the ring that was the first one then."""
    known = Step.objects.filter(actor=_name_of(by), key=key).first()
    if known is not None and not ring().matches(said, PURPOSE, known.said):
        raise ReusedKeyError
    return known


def note_step(referral: Referral, verb: str, by: By, key: UUID, said: str) -> None:
    """Of two referrals to which she gives one key at once, one has it."""
    kept = ring().keyed_hash(said, PURPOSE)
    step = Step(referral=referral, actor=_name_of(by), key=key, verb=verb, said=kept)
    try:
        with transaction.atomic():
            step.save(force_insert=True)
    except IntegrityError:
        raise ReusedKeyError from None


def _name_of(by: By) -> str:
    return f"{by.actor.kind}:{by.actor.id}"


def _locked(
    verb: str, thing: Referral | Offer
) -> tuple[Referral, list[Offer], Offer | None]:
    """Clinicians first, then the referral, then its offers in their order."""
    if verb in HOLDERS and isinstance(thing, Offer) and thing.receiver:
        lock(thing.receiver)
    key = thing.referral_id if isinstance(thing, Offer) else thing.pk
    rows = Referral.objects.select_for_update(of=("self",))
    if (referral := rows.filter(pk=key).first()) is None:
        raise LostRaceError(verb)
    parts = referral.offers.select_for_update(of=("self",)).in_order()
    offers = list(parts.select_related("receiver__user"))
    for one in offers:
        one.referral = referral
    if not isinstance(thing, Offer):
        return referral, offers, None
    if thing not in offers:
        raise LostRaceError(verb)
    return referral, offers, offers[offers.index(thing)]


def _save(move: Move) -> None:
    """A version counts the changes of its own thing alone."""
    referral, now = move.referral, timezone.now()
    for offer in move.offers:
        is_freed = offer.holds and referral.state in OVER
        is_same = move.was.get(offer.pk) == offer.state and not is_freed
        if offer is not move.offer and is_same:
            continue
        if offer.state not in HOLDING or is_freed:
            offer.holds = False
        if offer.sent_at is None and offer.state == O.SENT:
            offer.sent_at = now
        offer.version += 1
        offer.save()
    if move.offer is None or referral.state != move.came_from:
        referral.version += 1
    _begin_anew(referral)
    referral.turn, referral.changed_at = turn_of(referral, move.offers), now
    if referral.state in OVER and referral.closed_at is None:
        referral.closed_at = now
    referral.save()


def _begin_anew(referral: Referral) -> None:
    """Of what was said and done before nothing stands in the way of another choice."""
    if referral.state not in ASKING:
        referral.replied_at = None
    if referral.state in UNSETTLED:
        for name, nothing in ARRIVAL.items():
            setattr(referral, name, nothing)


def _concerned(move: Move) -> list[Clinician]:
    """Of one part its receiver; of the whole whoever is chosen, now or until now."""
    if move.offer is not None:
        return _people(move.offer, move.was[move.offer.pk])
    was = move.was
    ours = [one for one in move.offers if O.SELECTED in {one.state, was.get(one.pk)}]
    return [person for one in ours for person in _people(one, O.SELECTED)]


def _people(offer: Offer, was: str) -> list[Clinician]:
    """Whom it was sent to, and who confirms it."""
    if offer.receiver is None or offer.sent_at is None:
        return []
    waits = O.CONFIRMING in {offer.state, was}
    guide = supervision_of(offer.receiver) if waits else None
    return [offer.receiver, *([guide.supervisor] if guide else [])]


def _others(move: Move) -> list[Clinician]:
    people = [move.referral.sender, *_concerned(move)]
    mine = move.by.clinician
    return [one for one in people if mine is None or one.pk != mine.pk]


def _users(people: Iterable[Clinician]) -> list[User]:
    return [one.user for one in people if one.user]
