"""What other parts of the house put before a client, behind her link."""

from typing import NamedTuple

from django.conf import settings
from django.utils.module_loading import import_string

from network.clients.models import AccessLink


class Question(NamedTuple):
    title: str
    lead: str
    address: str  # under the path of her cookie


def asked_of(link: AccessLink) -> list[Question]:
    """By whoever is named in the settings: they stand above, and are not known here."""
    askers = map(import_string, settings.CLIENT_QUESTIONS)
    return [question for ask in askers for question in ask(link)]
