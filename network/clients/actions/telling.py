"""Whom an event about a client concerns."""

from network.accounts.models import User
from network.clients.models import Client
from network.clients.receiver import Receiver, ReceiverKind
from network.clinicians.models import Clinician


def owner_of(client: Client) -> list[User]:
    return [client.owner.user] if client.owner.user else []


def receiving(receiver: Receiver) -> list[User]:
    """Nobody of a guest: there is no account to tell."""
    if receiver.kind != ReceiverKind.CLINICIAN:
        return []
    people = Clinician.objects.filter(public_id=receiver.id, user__isnull=False)
    return [one.user for one in people.select_related("user") if one.user]
