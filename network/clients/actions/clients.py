"""Adding a client under a handle, and changing what is known of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.recorder import record
from network.clients.actions.lock import locked
from network.clients.actions.telling import owner_of
from network.clients.events import ClientEvent
from network.clients.models import Client, Party
from network.clients.permissions import allowed, allowed_to, require
from network.clinicians.actions.lock import lock
from network.clinicians.models import Clinician
from network.privacy.handles import new_handle


class KeyUsedError(Exception):
    """The key was sent before, with something else."""


@dataclass(frozen=True)
class PartyDraft:
    role: Party.Role
    signs: Party.Signs


@dataclass(frozen=True)
class Draft:
    """What is known of a client, none of which tells who it is."""

    unit: Client.Unit
    age_band: str = ""
    state: str = ""
    zip3: str = ""
    year: int | None = None
    note: str = ""
    parties: tuple[PartyDraft, ...] = ()


FIELDS = ("unit", "age_band", "state", "zip3", "year", "note")
USUAL = {
    Client.Unit.INDIVIDUAL: (Party.Role.ADULT,),
    Client.Unit.COUPLE: (Party.Role.PARTNER, Party.Role.PARTNER),
    Client.Unit.FAMILY: (Party.Role.ADULT, Party.Role.ADULT),
    Client.Unit.MINOR: (Party.Role.MINOR, Party.Role.GUARDIAN, Party.Role.GUARDIAN),
}


def usual_parties(unit: Client.Unit) -> tuple[PartyDraft, ...]:
    return tuple(PartyDraft(role, signs_usually(role)) for role in USUAL[unit])


def signs_usually(role: Party.Role) -> Party.Signs:
    return Party.Signs.NOT if role == Party.Role.MINOR else Party.Signs.MUST


@transaction.atomic
def add_client(
    owner: Clinician, draft: Draft, *, by: User, key: UUID | None = None
) -> Client:
    """The same draft under the same key is one client, however often it comes."""
    lock(owner)
    require("add a client", allowed_to(by) if owner.user_id == by.pk else frozenset())
    if key and (
        known := Client.objects.filter(owner=owner, idempotency_key=key).first()
    ):
        return _same(known, draft)

    taken = set(Client.objects.filter(owner=owner).values_list("handle", flat=True))
    client = Client(owner=owner, handle=new_handle(taken), idempotency_key=key)
    _write(client, draft)
    client.save(force_insert=True)
    add_parties(client, draft.parties or usual_parties(draft.unit))

    detail: dict[str, str | int] = {"unit": draft.unit}
    record(Actor.of(by), ClientEvent.ADDED, client, audience=[by], detail=detail)
    return client


@transaction.atomic
def change_client(client: Client, draft: Draft, *, by: User) -> Client:
    """Its parties are changed by themselves: they may have signed."""
    client = locked(client)
    require("change", allowed(by, client))

    _write(client, draft)
    client.save(update_fields=FIELDS)

    record(Actor.of(by), ClientEvent.CHANGED, client, audience=owner_of(client))
    return client


def add_parties(client: Client, drafts: Iterable[PartyDraft]) -> None:
    count: dict[str, int] = {}
    for draft in drafts:
        count[draft.role] = count.get(draft.role, 0) + 1
        Party.objects.create(
            client=client, role=draft.role, number=count[draft.role], signs=draft.signs
        )


def _write(client: Client, draft: Draft) -> None:
    for name in FIELDS:
        setattr(client, name, getattr(draft, name))


def _same(known: Client, draft: Draft) -> Client:
    if any(getattr(known, name) != getattr(draft, name) for name in FIELDS):
        raise KeyUsedError
    return known
