"""Asking by mail whether openings still hold, and the answer by its link."""

from collections.abc import Callable
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from network.activity.actors import Actor
from network.activity.recorder import record
from network.activity.sweeping import one_by_one
from network.clinicians.actions.lock import lock
from network.clinicians.events import OpeningsEvent
from network.clinicians.models import Clinician, OpeningsLink
from network.clinicians.models.openings_link import VALID_FOR, to_be_asked

# What she says of her openings: confirmed, so many, paused.
Say = Callable[..., None]


def ask_about_openings() -> int:
    """Everybody who is due, each in a transaction of her own; twice is once."""
    today = timezone.localdate()
    due = list(to_be_asked(today).values_list("pk", flat=True))

    def ask(pk: int) -> bool:
        return _ask(pk, today)

    return one_by_one(due, ask)


@transaction.atomic
def _ask(clinician_id: int, today: date) -> bool:
    """The day is looked at again under the lock: two workers at once ask once."""
    clinician = Clinician.objects.select_related("user").get(pk=clinician_id)
    lock(clinician)
    if clinician.user is None or not to_be_asked(today).filter(pk=clinician_id):
        return False

    now = timezone.now()
    clinician.openings_links.filter(ended_at=None).update(ended_at=now)
    link = OpeningsLink.objects.create(
        clinician=clinician, sent_on=today, expires_at=now + VALID_FOR
    )

    record(
        Actor.system(),
        OpeningsEvent.ASKED,
        clinician,
        notify=[clinician.user],
        detail={"link": str(link.public_id)},
    )
    return True


@transaction.atomic
def answer_by_link(link: OpeningsLink, say: Say) -> None:
    """Her own word, as if she had signed in; any number of times while it is valid."""
    clinician, her = link.clinician, link.clinician.user
    lock(clinician)
    valid = OpeningsLink.objects.valid(timezone.now()).filter(pk=link.pk)
    if her is None or not valid.exists():
        raise PermissionDenied("the link is over")
    say(clinician, by=her, actor=Actor.by_link(her))
