"""The log of what was shared: written in the transaction that shares it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from network.activity.actors import Actor
from network.activity.recorder import record
from network.clients.actions.lock import locked
from network.clients.actions.telling import owner_of
from network.clients.events import DisclosureEvent
from network.clients.models import Client, Consent, Disclosure
from network.clients.models.disclosure import DisclosureQuerySet
from network.clients.receiver import Receiver, receiver_of
from network.clients.wording import DataClass, Purpose
from network.clinicians.models import Clinician


@transaction.atomic
def note(  # noqa: PLR0913 a line of the log has so many parts
    who: Clinician,
    to: Clinician | Receiver,
    client: Client,
    what: Iterable[DataClass],
    consent: Consent | None,
    *,
    purpose: Purpose,
    thing: str = "",
) -> Disclosure:
    """Belongs to the transaction of an action that has required. `thing` names which
    one and which version, by codes: "packet:3f… v2".
    """
    client, receiver = locked(client), receiver_of(to)
    disclosure = Disclosure.objects.create(
        client=client,
        consent=consent,
        giver_name=who.display_name,
        **receiver.columns,
        purpose=purpose,
        data_classes=list(what),
        thing=thing,
    )

    actor = Actor.of(who.user) if who.user else Actor.system()
    by_which = str(consent.public_id) if consent else ""
    detail = {"to": str(receiver.id), "consent": by_which}
    told = owner_of(client)
    record(actor, DisclosureEvent.NOTED, client, audience=told, detail=detail)
    return disclosure


@transaction.atomic
def note_first(
    who: Clinician,
    to: Clinician | Receiver,
    client: Client,
    what: Iterable[DataClass],
    *,
    purpose: Purpose,
    thing: str,
) -> None:
    """What somebody may read again and again has one line: of the first time."""
    if _knows(client, to, thing) or _knows(locked(client), to, thing):
        return
    note(who, to, client, what, None, purpose=purpose, thing=thing)


def _knows(client: Client, to: Clinician | Receiver, thing: str) -> bool:
    return told_of(client, receiver_of(to), thing).exists()


def told_of(client: Client, to: Receiver, thing: str) -> DisclosureQuerySet:
    lines = client.disclosures.filter(thing=thing)
    return lines.filter(receiver_kind=to.kind, receiver_id=to.id)


def told_since(
    since: datetime, client: Client, to: Receiver, thing: str
) -> set[DataClass]:
    """Of this thing, to this receiver: what the log has already."""
    lines = told_of(client, to, thing).filter(at__gte=since)
    kept = lines.values_list("data_classes", flat=True)
    return {DataClass(one) for classes in kept for one in classes}
