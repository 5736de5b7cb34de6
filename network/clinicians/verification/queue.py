"""What waits for the staff: people with something to look at, the oldest first."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from network.accounts.models import User
from network.clinicians.models import Clinician, Licence, Privilege, Review
from network.clinicians.models.licence import Pending
from network.clinicians.models.review import TAKEN_FOR
from network.clinicians.verification.claims import claims_of
from network.clinicians.verification.life_cycle import Claim, Standing, standing_of

KINDS = ("person", "licence", "privilege")
# Of the table of standings, those that somebody has to do something about.
STANDINGS = (
    Standing.SUBMITTED,
    Standing.IN_REVIEW,
    Standing.ASKED,
    Standing.HELD,
    Standing.REJECTED,
)
# Whether somebody has it in hand.
_BY_HAND = {Standing.SUBMITTED: False, Standing.IN_REVIEW: True}
_PENDING = {
    Standing.ASKED: Pending.ASKED,
    Standing.HELD: Pending.HELD,
    Standing.REJECTED: Pending.REJECTED,
}
_HERS = Q(
    clinician__user__isnull=False,
    clinician__suspended_at__isnull=True,
    clinician__left_at__isnull=True,
)


@dataclass(frozen=True)
class Waiting:
    """One person and what of her stands so, since when, and in whose hands."""

    clinician: Clinician
    claims: list[Claim]
    since: datetime
    holder: User | None


def people(standing: Standing, kind: str = "") -> list[int]:
    """Their keys in the order in which they began to wait."""
    since: defaultdict[int, list[datetime]] = defaultdict(list)
    for who, when in _found(_PENDING.get(standing, Pending.SUBMITTED), kind):
        since[who].append(when)
    taken = _taken(since)
    return [
        who
        for who in sorted(since, key=lambda one: (min(since[one]), one))
        if standing not in _BY_HAND or (who in taken) == _BY_HAND[standing]
    ]


def waiting_count() -> int:
    return len(people(Standing.SUBMITTED))


def waiting(keys: list[int], standing: Standing) -> list[Waiting]:
    """In a few queries, however many they are."""
    rows = Clinician.objects.select_related("user", "review__taken_by")
    found = rows.prefetch_related("licences", "privileges").in_bulk(keys)
    return [_waiting(found[key], standing) for key in keys if key in found]


def _waiting(clinician: Clinician, standing: Standing) -> Waiting:
    now = timezone.now()
    holder = Review.of(clinician).holder(now)
    today = timezone.localdate(now)
    claims = [
        one
        for one in claims_of(clinician)
        if standing_of(one, today, is_taken=holder is not None) == standing
    ]
    since = min((one.submitted_at for one in claims), default=clinician.created_at)
    return Waiting(clinician, claims, since, holder)


def _found(pending: Pending, kind: str) -> Iterator[tuple[int, datetime]]:
    if kind in ("", "licence"):
        yield from _rights(Licence, pending)
    if kind in ("", "privilege"):
        yield from _rights(Privilege, pending)
    if kind in ("", "person"):
        yield from _persons(pending)


def _rights(
    model: type[Licence | Privilege], pending: Pending
) -> Iterator[tuple[int, datetime]]:
    rows = model._default_manager.filter(
        _HERS, verified_at__isnull=True, pending=pending
    )
    yield from rows.values_list("clinician_id", "submitted_at")


def _persons(pending: Pending) -> Iterator[tuple[int, datetime]]:
    """Who has said nothing that could be looked up does not wait yet."""
    hers = {"clinician": OuterRef("pk")}
    has_right = Exists(Licence.objects.filter(**hers)) | Exists(
        Privilege.objects.filter(**hers)
    )
    stands = Q(review__pending=pending)
    if pending == Pending.SUBMITTED:
        stands |= Q(review__isnull=True)
    rows = Clinician.objects.filter(
        stands,
        has_right,
        verified_at__isnull=True,
        suspended_at__isnull=True,
        left_at__isnull=True,
        user__isnull=False,
    )
    columns = rows.values_list("pk", "review__submitted_at", "created_at")
    yield from ((pk, since or began) for pk, since, began in columns)


def _taken(keys: Collection[int]) -> set[int]:
    after = timezone.now() - TAKEN_FOR
    rows = Clinician.objects.filter(
        pk__in=keys, review__taken_at__gt=after, review__taken_by__isnull=False
    )
    return set(rows.values_list("pk", flat=True))
