"""A consent in the words that are signed: for both sides the same."""

from dataclasses import dataclass

from network.clients.models import Consent
from network.clients.wording import DataClass, Purpose


@dataclass(frozen=True)
class Terms:
    giver: str
    receiver: str
    purpose: str
    what: list[str]
    has_substance_use: bool
    consent: Consent


def terms_of(consent: Consent) -> Terms:
    return Terms(
        consent.giver.display_name,
        consent.receiver_name,
        str(Purpose(consent.purpose).label),
        [str(DataClass(one).label) for one in consent.data_classes],
        DataClass.SUBSTANCE_USE in consent.data_classes,
        consent,
    )
