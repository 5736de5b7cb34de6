"""The link itself: signed, so that it can be written into a mail at any time."""

from django.core.signing import BadSignature, Signer
from django.utils import timezone

from network.clinicians.requests import is_uuid
from referrals.models import GuestLink

_signer = Signer(sep=".", salt="referrals.guest")


def token_of(link: GuestLink) -> str:
    return _signer.sign(str(link.public_id))


def link_of(token: str) -> GuestLink | None:
    """While it holds; whether it was ever true, or is over, is not said."""
    try:
        named = _signer.unsign(token)
    except BadSignature:
        return None
    return valid_link(named)


def valid_link(public_id: str) -> GuestLink | None:
    if not is_uuid(public_id):
        return None
    valid = GuestLink.objects.valid(timezone.now())
    return valid.filter(public_id=public_id).first()
