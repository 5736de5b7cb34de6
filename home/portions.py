"""All that is kept about a person, of every app."""

from collections.abc import Callable

from django.db import models

from messaging import export as messaging
from network.accounts import export as accounts
from network.accounts.models import User
from network.activity.models import Event
from network.clients import export as clients
from network.clinicians import export as clinicians
from network.privacy.portions import Line, Portion, Table, portion_of
from referrals import export as referrals

OWN = (
    Table("preferences", "activity.Preferences", "person"),
    Table("exports", "home.Export", "owner", without=frozenset({"owner", "content"})),
)
LEFT_OUT = {
    **accounts.LEFT_OUT,
    **clinicians.LEFT_OUT,
    **clients.LEFT_OUT,
    **messaging.LEFT_OUT,
    **referrals.LEFT_OUT,
    "activity.Notification.person": "told with the trail, which has their events",
    "privacy.ModeSwitch.switched_by": "staff's work on the whole network",
}
TABLES = (
    *accounts.TABLES,
    *clinicians.TABLES,
    *clients.TABLES,
    *messaging.TABLES,
    *referrals.TABLES,
    *OWN,
)
TOLD = ("verb", "subject_type", "at", "why", "detail")
# From where somebody else acted is nobody's but hers.
DONE = (*TOLD, "where")


def trail(user_id: int) -> Portion:
    """What she did, and what she was told of, as the trail has it."""
    public_id = User.objects.values_list("public_id", flat=True).get(pk=user_id)
    done = Event.objects.filter(actor_id=str(public_id))
    told = Event.objects.filter(audience__contains=[public_id])
    others = told.exclude(pk__in=done)
    return {"done": _events(done, DONE), "told": _events(others, TOLD)}


def _events(events: models.QuerySet[Event], fields: tuple[str, ...]) -> list[Line]:
    return [dict(line) for line in events.order_by("at", "pk").values(*fields)]


def own(user_id: int) -> Portion:
    return portion_of(user_id, OWN)


PORTIONS: tuple[Callable[[int], Portion], ...] = (
    accounts.portion,
    clinicians.portion,
    clients.portion,
    messaging.portion,
    referrals.portion,
    own,
    trail,
)
