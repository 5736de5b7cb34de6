"""What the world says to the guards of the table; the referral itself says the rest."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum
from django.utils import timezone

from network.clients import consents
from network.clients.modes import identity_is_on
from network.clients.permissions import release_to
from network.clients.wording import DataClass, Purpose
from network.clinicians.models import Clinician, Opening
from network.clinicians.reach import reach
from referrals.machine.moving import facts_of
from referrals.machine.table import Row
from referrals.machine.words import Mode, O, Role
from referrals.models import Conflict, Offer, Passage, Referral

# Said with the step itself, not before: a button does not wait for them.
SAID = frozenset(
    {
        "attested",
        "guarded",
        "no_fee",
        "opening",
        "outcome",
        "arrived",
        "not_arrived",
        "continuity",
    }
)
# By these a row is told from another of the same verb: nobody can make up for them.
DECIDING = frozenset(
    {"alone", "guided", "first", "collected", "arrived", "not_arrived", "together"}
)
LOOKED_AT = ("absences", "licences", "privileges")
SETTLED = frozenset(Conflict) - {Conflict.UNCHECKED, Conflict.POSSIBLE}


@dataclass(frozen=True)
class Situation:
    referral: Referral
    offer: Offer | None
    roles: frozenset[Role]

    @property
    def receiver(self) -> Clinician | None:
        return self.offer.receiver if self.offer else None

    @property
    def queued(self) -> list[Offer]:
        return [one for one in self.referral.offers.all() if one.state == O.QUEUED]


Check = Callable[[Situation], bool]


def facts(rows: Iterable[Row], now: Situation, said: frozenset[str]) -> set[str]:
    """Of all the guards of these rows those that hold; asks no more than they need."""
    named = {name for row in rows for name in row.guards}
    known = facts_of(now.referral) | said
    asked = (name for name in named - known if name in CHECKS)
    return known | {name for name in asked if CHECKS[name](now)}


def _complete(now: Situation) -> bool:
    one = now.referral
    said = one.reason and one.jurisdiction and one.acuity is not None
    planned = one.urgency != "planned" or one.planned_on is not None
    written = one.passages.filter(kind=Passage.Kind.NEED).exists()
    return bool(said and planned and written)


def _guarded(now: Situation) -> bool:
    return not now.referral.tells or bool(now.referral.guard_reason)


def _agreed(now: Situation) -> bool:
    return not now.referral.tells or now.referral.client_agreed_at is not None


def _in_reach(now: Situation) -> bool:
    return not out_of_reach(now.queued)


def out_of_reach(offers: Sequence[Offer]) -> set[int]:
    """Of one referral, by their keys: who is away, gone, or may not treat the client.
    Of whoever is no member the sender knows it herself.
    """
    asked = {one.receiver_id: one for one in offers if one.receiver_id}
    if not asked:
        return set()
    referral, today = next(iter(asked.values())).referral, timezone.localdate()
    seen = Clinician.objects.visible_to(referral.sender).verified()
    known = seen.filter(pk__in=asked).prefetch_related(*LOOKED_AT)
    there = {
        one.pk
        for one in known
        if not one.is_away(today) and reaches(one, referral.jurisdiction, today)
    }
    return {one.pk for who, one in asked.items() if who not in there}


def may_be_asked(offer: Offer) -> bool:
    """When it comes to her, later than when it was sent."""
    return offer.conflict in SETTLED and not out_of_reach([offer])


def reaches(clinician: Clinician, state: str, on: date) -> bool:
    found = reach(clinician, on)
    return state in found.telehealth | found.in_person


def _licensed(now: Situation) -> bool:
    if now.receiver is None:
        return now.offer is not None
    return reaches(now.receiver, now.referral.jurisdiction, timezone.localdate())


def _opening(now: Situation) -> bool:
    """Who is no member keeps no openings here."""
    if now.receiver is None:
        return True
    openings = Opening.objects.filter(clinician=now.receiver)
    places = openings.aggregate(all=Sum("count"))["all"] or 0
    return Offer.objects.holding(now.receiver).count() < places


def _consent(now: Situation) -> bool:
    """It names this colleague, for this purpose, and tells who the client is."""
    if now.offer is None:
        return False
    named = now.offer.named
    found = consents.active_for(
        now.referral.client, named, Purpose.REFERRAL, DataClass.IDENTITY
    )
    return found is not None


def _unreleased(now: Situation) -> bool:
    """Taken back meanwhile, by a consent that is over or by the sender."""
    if now.receiver is None:
        return True
    return release_to(now.receiver, now.referral.client) is None


def _may_choose(now: Situation) -> bool:
    return Role.SENDER in now.roles or now.referral.mode == Mode.CLIENT


CHECKS: dict[str, Check] = {
    "complete": _complete,
    "guarded": _guarded,
    "unsent": lambda now: now.referral.sent_at is None,
    "once_asked": lambda now: now.referral.sent_at is not None,
    "attested": lambda now: now.referral.attested_at is not None,
    "candidates": lambda now: bool(now.queued),
    "in_reach": _in_reach,
    "checked": lambda now: all(one.conflict in SETTLED for one in now.queued),
    "agreed": _agreed,
    "licensed": _licensed,
    "member": lambda now: now.receiver is not None and now.receiver.is_verified,
    "alone": lambda now: now.receiver is None or not now.receiver.is_associate,
    "guided": lambda now: now.receiver is not None and now.receiver.is_associate,
    "opening": _opening,
    "may_choose": _may_choose,
    "identity_mode": lambda now: identity_is_on(),
    "consent": _consent,
    "unreleased": _unreleased,
    "no_conflict": lambda now: now.offer is not None and now.offer.conflict in SETTLED,
    "guest": lambda now: now.offer is not None and now.offer.receiver_id is None,
    "linked": lambda now: now.offer is not None and now.offer.has_link,
    "client_kept": lambda now: now.referral.client.erased_at is None,
    "asked_back": lambda now: now.referral.asked_back is not None,
}
