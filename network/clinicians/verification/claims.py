"""What somebody claims: who she is, her licences, her privileges."""

from collections.abc import Collection

from network.clinicians import vocabulary
from network.clinicians.models import Clinician, Licence, Privilege, Review
from network.clinicians.verification.life_cycle import Claim


def claims_of(clinician: Clinician) -> list[Claim]:
    """Herself first."""
    rights: list[Claim] = [*clinician.licences.all(), *clinician.privileges.all()]
    for right in rights:
        right.clinician = clinician
    return [Review.of(clinician), *rights]


def named(clinician: Clinician, keys: Collection[str]) -> list[Claim]:
    """Those of hers that are still there."""
    return [claim for claim in claims_of(clinician) if key_of(claim) in keys]


def key_of(claim: Claim) -> str:
    """How forms and the trail name it."""
    return "person" if isinstance(claim, Review) else f"{kind_of(claim)}:{claim.pk}"


def state_of(right: Licence | Privilege) -> str:
    return right.state if isinstance(right, Licence) else right.home_state


def title_of(claim: Claim) -> str:
    """On a page; the trail has no more than the key."""
    if isinstance(claim, Licence):
        return f"{claim} {claim.number}".strip()
    if isinstance(claim, Privilege):
        compact = vocabulary.label("compacts", claim.compact)
        return f"{compact} from {claim.home_state}"
    return "Name and profession"


def kind_of(claim: Claim) -> str:
    return _KINDS[type(claim)]


_KINDS: dict[type, str] = {Review: "person", Licence: "licence", Privilege: "privilege"}
