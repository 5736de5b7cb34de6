"""Licences and privileges end by themselves; their holders are told before."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from network.activity.actors import Actor
from network.activity.recorder import record
from network.activity.sweeping import one_by_one
from network.clinicians.actions.lock import lock
from network.clinicians.models import Licence, Privilege
from network.clinicians.verification.claims import key_of, state_of
from network.clinicians.verification.events import ClaimEvent
from network.clinicians.verification.life_cycle import SOON, notice_due


def tell_of_expiry() -> int:
    """Each notice once. After days without a worker only the nearest one is sent."""
    today = localdate()

    def tell(right: Licence | Privilege) -> bool:
        return _tell(right, today)

    return one_by_one(_ending(today), tell)


def _ending(today: date) -> Iterator[Licence | Privilege]:
    """Only of people who have an account to be told by."""
    last = today + timedelta(days=SOON)
    claimed = {"verified_at__isnull": False, "clinician__user__isnull": False}
    yield from Licence.objects.filter(expires_on__lte=last, **claimed).exclude(
        told_days=0
    )
    yield from Privilege.objects.filter(valid_to__lte=last, **claimed).exclude(
        told_days=0
    )


@transaction.atomic
def _tell(right: Licence | Privilege, today: date) -> bool:
    lock(right.clinician)
    kept = type(right)._default_manager.filter(pk=right.pk, verified_at__isnull=False)
    fresh = kept.first()
    due = notice_due(fresh.ends_on, today) if fresh else None
    if fresh is None or due is None or _is_told(fresh.told_days, due):
        return False

    fresh.told_days = due
    fresh.save(update_fields=["told_days"])

    her = right.clinician.user
    record(
        Actor.system(),
        ClaimEvent.EXPIRING if due else ClaimEvent.EXPIRED,
        right.clinician,
        notify=[her] if her else [],
        detail={"claims": key_of(fresh), "days": due, "state": state_of(fresh)},
    )
    return True


def _is_told(before: int | None, due: int) -> bool:
    return before is not None and before <= due
