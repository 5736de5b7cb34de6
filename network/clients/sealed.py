"""What the data keys of clients have sealed, and what the ring's keys have hashed."""

import json
from collections.abc import Iterator, Mapping
from functools import partial
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from network.clients.models import AccessLink, Client, Secret
from network.privacy.data_keys import DataKey, key_for, known_keys
from network.privacy.keys import Unreadable
from network.privacy.sealed import Box, Compared, Holding, in_batches
from network.privacy.sealed.data import keys_that_open

Content = dict[str, str]


def scope_of(client: Client) -> str:
    return f"client:{client.public_id}"


def seal(secret: Secret, content: Content) -> None:
    """By the one key that its client has; the row is not saved yet."""
    client = secret.party.client
    key = key_for(scope_of(client), client.added_at.date())
    secret.key_id, secret.body = key.id, key.seal(json.dumps(content), place(secret))


def opened(secret: Secret) -> Content:
    return _open(secret, known_keys([secret.key_id]))


def place(secret: Secret) -> str:
    return f"clients.secret.body:{secret.public_id}:{secret.party.public_id}"


def _open(secret: Secret, keys: Mapping[UUID, DataKey]) -> Content:
    if (key := keys.get(secret.key_id)) is None:
        raise Unreadable("its key is gone")
    content: Content = json.loads(key.open(bytes(secret.body), place(secret)))
    return content


def _boxes() -> Iterator[Box]:
    for batch in in_batches(Secret.objects.select_related("party")):
        keys = keys_that_open(row.key_id for row in batch)
        for row in batch:
            yield Box(str(row.pk), str(row.key_id), partial(_open, row, keys))


def _codes() -> QuerySet[AccessLink]:
    """Also of an owner who is held back: a suspension may end before the link does."""
    return AccessLink.objects.filter(ended_at=None, expires_at__gt=timezone.now())


HELD = (
    Holding("clients_secret", ("body", "key_id"), _boxes),
    Compared("code_hash", _codes),
)
