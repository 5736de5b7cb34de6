"""Clients under their handles: who is one, what they agreed to, what was shared."""

from network.clients.models.client import Client, Party
from network.clients.models.consent import Consent, Release, Signature
from network.clients.models.disclosure import Disclosure
from network.clients.models.link import AccessLink
from network.clients.models.secret import Secret

__all__ = [
    "AccessLink",
    "Client",
    "Consent",
    "Disclosure",
    "Party",
    "Release",
    "Secret",
    "Signature",
]
