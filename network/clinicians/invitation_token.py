"""The link of an invitation: signed, of one mail, good once and for two weeks."""

from datetime import timedelta

from django.core.signing import BadSignature, Signer

from network.clinicians.models import Invitation

VALID_FOR = timedelta(days=14)
_signer = Signer(salt="invitation")


def token(invitation: Invitation) -> str:
    signed = _signer.sign(f"{invitation.public_id}.{invitation.round}")
    return signed.replace(":", ".")


def invited(token: str) -> Invitation | None:
    """While it is open; a newer mail, a revocation or its use ends it."""
    head, _, seal = token.rpartition(".")
    try:
        public_id, _, round_ = _signer.unsign(f"{head}:{seal}").partition(".")
    except BadSignature:
        return None
    found = Invitation.objects.filter(public_id=public_id, round=int(round_)).first()
    return found if found and found.is_open else None
