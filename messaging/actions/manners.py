"""How somebody wishes to be seen in conversations."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction

from messaging.events import NoticeEvent
from messaging.models import Manners
from network.accounts.models import User
from network.activity import live
from network.activity.actors import Actor
from network.activity.recorder import record
from network.clinicians.models import Clinician


@transaction.atomic
def show_presence(clinician: Clinician, *, is_shown: bool, by: User) -> None:
    """Both ways: her sockets say and hear it from the next look on, or neither."""
    if clinician.user_id != by.pk:
        raise PermissionDenied("another's manners")
    Manners.objects.get_or_create(clinician=clinician)
    manners = Manners.objects.select_for_update().get(clinician=clinician)
    if manners.shows_presence == is_shown:
        return
    manners.shows_presence = is_shown
    manners.save(update_fields=["shows_presence"])

    shown = "shown" if is_shown else "hidden"
    record(Actor.of(by), NoticeEvent.PRESENCE_SET, clinician, detail={"what": shown})
    transaction.on_commit(partial(live.recheck, [by]))
