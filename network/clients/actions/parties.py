"""Who belongs to a client, and who signs."""

from django.db import transaction

from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.recorder import record
from network.clients.actions.clients import PartyDraft
from network.clients.actions.lock import locked
from network.clients.actions.telling import owner_of
from network.clients.events import ClientEvent
from network.clients.models import Client, Party
from network.clients.permissions import allowed, require


@transaction.atomic
def add_party(client: Client, draft: PartyDraft, *, by: User) -> Party:
    client = locked(client)
    require("change", allowed(by, client))

    last = client.parties.filter(role=draft.role).order_by("-number").first()
    party = Party.objects.create(
        client=client,
        role=draft.role,
        number=last.number + 1 if last else 1,
        signs=draft.signs,
    )

    _told(client, by)
    return party


@transaction.atomic
def say_who_signs(party: Party, signs: Party.Signs, *, by: User) -> None:
    """What is signed stays signed; what waits is asked of others from now on."""
    client = locked(party.client)
    require("change", allowed(by, client))

    party.signs = signs
    party.save(update_fields=["signs"])

    _told(client, by)


@transaction.atomic
def remove_party(party: Party, *, by: User) -> bool:
    """Not somebody who has signed: her signature is part of what was agreed."""
    client = locked(party.client)
    require("change", allowed(by, client))
    if party.signatures.exists() or client.parties.count() == 1:
        return False

    party.delete()

    _told(client, by)
    return True


def _told(client: Client, by: User) -> None:
    record(Actor.of(by), ClientEvent.CHANGED, client, audience=owner_of(client))
