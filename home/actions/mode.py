"""Setting the mode in which the network runs."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from network.accounts.agreements import PRIVACY, TERMS
from network.accounts.models import User
from network.accounts.permissions import require_power
from network.activity.actors import Actor
from network.activity.recorder import record
from network.privacy.events import ModeEvent
from network.privacy.mode import current_mode
from network.privacy.models import Mode, ModeSwitch


@dataclass(frozen=True)
class AssociateAgreement:
    """The business associate agreement without which no identity is kept."""

    with_whom: str
    signed_on: date


@transaction.atomic
def switch_mode(mode: Mode, *, agreement: AssociateAgreement | None, by: User) -> bool:
    """Whether it changed. Identity mode stands on the agreements recorded with it."""
    list(User.objects.select_for_update(no_key=True).filter(pk=by.pk))
    require_power("set the mode", by)
    if mode == current_mode():
        return False

    switch = ModeSwitch.objects.create(
        mode=mode,
        switched_by=by,
        terms=TERMS.version,
        privacy_notice=PRIVACY.version,
        agreement_with=agreement.with_whom if agreement else "",
        agreement_signed_on=agreement.signed_on if agreement else None,
    )

    detail = {"mode": mode.value, "terms": TERMS.version, "privacy": PRIVACY.version}
    record(Actor.staff(by), ModeEvent.SWITCHED, switch, detail=detail)
    return True
