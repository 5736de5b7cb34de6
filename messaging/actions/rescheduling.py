"""Another hour for what is sent later."""

from datetime import datetime

from django.db import transaction

from messaging.actions.due import Prepared, appended, prepared
from messaging.actions.scheduling import held_by, nudge_writer, settle_refused
from messaging.log import Refusal, Refused
from messaging.models import ScheduledMessage
from network.accounts.models import User


@transaction.atomic
def reschedule_message(
    scheduled: ScheduledMessage, at: datetime, *, by: User
) -> ScheduledMessage | Refused:
    """What the log would not take now keeps its hour; what it had refused and would
    take now waits anew. A DoesNotExist when it was sent or taken back meanwhile.
    """
    # Whoever waits for the keystore or for the guard holds up nobody meanwhile.
    ready = prepared(scheduled)
    held = held_by(scheduled, by)
    if refusal := _refusal(ready):
        return refusal

    held.due_at, held.refused = at, ""
    held.save(update_fields=["due_at", "refused"])

    settle_refused(held.membership)
    nudge_writer(held)
    return held


def _refusal(ready: Prepared | None) -> Refused | None:
    """What would come of it now: it is tried, and nothing of it stays."""
    if ready is None:
        return Refused(Refusal.GONE)
    with transaction.atomic():
        outcome = appended(*ready)
        transaction.set_rollback(True)
    return outcome if isinstance(outcome, Refused) else None
