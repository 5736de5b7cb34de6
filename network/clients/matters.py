"""What goes on for a client in other parts of the house, as its owner sees it."""

from collections.abc import Sequence
from typing import NamedTuple

from django.conf import settings
from django.utils.module_loading import import_string

from network.clients.models import Client


class Matter(NamedTuple):
    title: str
    standing: str
    address: str
    inside: Sequence[tuple[str, str]] = ()  # in words, and the address
    is_over: bool = False


def matters_of(client: Client) -> list[Matter]:
    """By whoever is named in the settings; what is over comes last."""
    tellers = map(import_string, settings.CLIENT_MATTERS)
    found: list[Matter] = [one for tell in tellers for one in tell(client)]
    return sorted(found, key=lambda one: one.is_over)
