"""What stands behind every read: whether a permission is in force, and who must sign.

Asked on each read and decided by rows alone, so that what is taken back is over with
the next question.
"""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from network.clients.models import Client, Consent, Party
from network.clients.receiver import Receiver, receiver_of
from network.clients.wording import DataClass, Purpose
from network.clinicians.models import Clinician


def today() -> date:
    """By the clock of the house, whatever zone somebody has chosen."""
    return timezone.localdate(None, timezone.get_default_timezone())


def active_for(
    client: Client,
    receiver: Clinician | Receiver,
    purpose: Purpose,
    data_class: DataClass,
    on: date | None = None,
) -> Consent | None:
    """The one that lets the receiver know this today, or on another day."""
    named = Consent.objects.in_force(on or today())
    named = named.filter(client=client, purpose=purpose)
    named = named.naming(receiver_of(receiver))
    return named.filter(data_classes__contains=[data_class]).order_by("pk").first()


def required(parties: Iterable[Party]) -> list[Party]:
    """Whose signatures are needed: where somebody decides alone for a minor, no other
    guardian's is.
    """
    everybody = list(parties)
    alone = [one for one in everybody if one.signs == Party.Signs.ALONE]
    must = [one for one in everybody if one.signs == Party.Signs.MUST]
    if alone:
        must = [
            one for one in must if one.role in (Party.Role.ADULT, Party.Role.PARTNER)
        ]
    return [*alone, *must]


def is_agreed(consent: Consent) -> bool:
    """Where nobody has to sign, nobody has agreed."""
    parties = consent.client.parties.all()
    return bool(required(parties)) and not missing(consent)


def missing(consent: Consent) -> list[Party]:
    """Who has to sign it still."""
    signed = set(consent.signatures.values_list("party_id", flat=True))
    parties = consent.client.parties.in_order()
    return [party for party in required(parties) if party.pk not in signed]
