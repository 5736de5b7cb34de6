"""The signed link of a mail about openings: what it says, and whose it is.

Its signature knows her address and her password, as they are kept: when either
changes, every link that was sent before is dead.
"""

from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.utils import timezone

from network.clinicians.models import OpeningsLink
from network.clinicians.requests import is_uuid

PURPOSE = "network.clinicians.openings"
SEPARATOR = "."


def token_of(link: OpeningsLink) -> str:
    return _signer(link).sign(str(link.public_id))


def link_of(token: str) -> OpeningsLink | None:
    """While it is valid and the signature is ours; which one fails is not said."""
    named = token.partition(SEPARATOR)[0]
    if not is_uuid(named):
        return None
    valid = OpeningsLink.objects.valid(timezone.now())
    link = valid.filter(public_id=UUID(named)).first()
    return link if link is not None and _is_signed(link, token) else None


def _is_signed(link: OpeningsLink, token: str) -> bool:
    try:
        _signer(link).unsign(token)
    except BadSignature:
        return False
    return True


def _signer(link: OpeningsLink) -> Signer:
    her = link.clinician.user
    known = (her.email, her.password) if her else ()
    return Signer(sep=SEPARATOR, salt=":".join((PURPOSE, *known)))
