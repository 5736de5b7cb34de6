"""What staff decide of what somebody claims, and what she says to that."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.recorder import record
from network.clinicians.actions.lock import lock
from network.clinicians.actions.membership import bind_npi, vouch_for
from network.clinicians.actions.renewals import drop_renewed
from network.clinicians.events import ClinicianEvent
from network.clinicians.matching.listing import rebuild_listings
from network.clinicians.models import Clinician, Evidence, Licence, Review
from network.clinicians.models.licence import Pending
from network.clinicians.models.review import EvidenceQuerySet
from network.clinicians.verification.claims import key_of, kind_of, named
from network.clinicians.verification.events import ClaimEvent
from network.clinicians.verification.life_cycle import Claim
from network.clinicians.verification.permissions import OvertakenError, require_claim
from network.privacy.actions import keep_words
from network.privacy.reasons import reason


class NpiTakenError(Exception):
    """Bound to another member: one of the two is not who she says."""


@dataclass(frozen=True)
class Finding:
    """What was decided and why, what was looked at and where: in codes but words."""

    verb: str
    ground: str = ""
    checked: tuple[str, ...] = ()
    source: str = ""
    words: str = ""


@transaction.atomic
def decide(
    clinician: Clinician, keys: Collection[str], finding: Finding, *, by: User
) -> None:
    """Several claims of one person, all or none; she is told once."""
    claims = _locked(clinician, keys)
    for claim in claims:
        require_claim(finding.verb, by, claim)

    for claim in claims:
        _CHANGES[finding.verb](claim, by)
    _close(clinician, claims)

    _record(clinician, claims, finding, by)
    rebuild_listings([clinician.pk])


@transaction.atomic
def reopen(clinician: Clinician, key: str, *, by: User) -> None:
    """Staff look again at what they have held, rejected or asked about."""
    [claim] = _locked(clinician, [key])
    require_claim("reopen", by, claim)
    _submit_anew(claim)
    told = [clinician.user] if clinician.user else []
    detail = {"claims": key}
    record(Actor.staff(by), ClaimEvent.REOPENED, clinician, notify=told, detail=detail)


@transaction.atomic
def reply(clinician: Clinician, key: str, words: str, *, by: User) -> None:
    """She answers what was asked, or appeals: it goes back to the staff."""
    [claim] = _locked(clinician, [key])
    verb, event = _REPLIES.get(claim.pending, _APPEAL)
    require_claim(verb, by, claim)
    _submit_anew(claim)
    said = record(
        Actor.of(by), event, clinician, why=reason(verb, words), detail={"claims": key}
    )
    if words:
        keep_words(said, words)


def _locked(clinician: Clinician, keys: Collection[str]) -> list[Claim]:
    lock(clinician)
    claims = named(clinician, keys)
    if not claims or len(claims) < len(set(keys)):
        raise OvertakenError
    return claims


def _verify(claim: Claim, by: User) -> None:
    if isinstance(claim, Review):
        if not bind_npi(claim.clinician):
            raise NpiTakenError
        vouch_for(claim.clinician, by=by)
        return
    claim.verified_at, claim.pending = timezone.now(), Pending.SUBMITTED
    if isinstance(claim, Licence):
        claim.verified_by = by
    claim.told_days = None
    claim.save()


def _put(pending: Pending) -> Callable[[Claim, User], None]:
    def put(claim: Claim, by: User) -> None:
        claim.pending = pending
        if not isinstance(claim, Review):
            claim.verified_at = None
        if isinstance(claim, Licence):
            claim.verified_by = None
        claim.save()

    return put


_CHANGES: dict[str, Callable[[Claim, User], None]] = {
    "verify": _verify,
    "reject": _put(Pending.REJECTED),
    "hold": _put(Pending.HELD),
    "ask": _put(Pending.ASKED),
}
_ANSWER = ("answer", ClaimEvent.ANSWERED)
_APPEAL = ("appeal", ClaimEvent.APPEALED)
_REPLIES: dict[str, tuple[str, ClaimEvent]] = {Pending.ASKED: _ANSWER}
_EVENTS = {
    "reject": ClaimEvent.REJECTED,
    "hold": ClaimEvent.HELD,
    "ask": ClaimEvent.QUESTIONED,
}
_VERIFIED = {
    "person": ClinicianEvent.VERIFIED,
    "licence": ClinicianEvent.LICENCE_VERIFIED,
    "privilege": ClaimEvent.PRIVILEGE_VERIFIED,
}


def _submit_anew(claim: Claim) -> None:
    claim.pending, claim.submitted_at = Pending.SUBMITTED, timezone.now()
    claim.save()
    _evidence([claim]).update(decided_at=None)


def _close(clinician: Clinician, claims: Sequence[Claim]) -> None:
    """What shows it is no longer needed; what has been renewed neither."""
    _evidence(claims).update(decided_at=timezone.now())
    drop_renewed(clinician)


def _evidence(claims: Sequence[Claim]) -> EvidenceQuerySet:
    licences = [one.pk for one in claims if kind_of(one) == "licence"]
    privileges = [one.pk for one in claims if kind_of(one) == "privilege"]
    return Evidence.objects.filter(
        Q(licence__in=licences) | Q(privilege__in=privileges)
    )


def _record(
    clinician: Clinician, claims: Sequence[Claim], finding: Finding, by: User
) -> None:
    said = record(
        Actor.staff(by),
        _EVENTS.get(finding.verb) or _VERIFIED[kind_of(claims[0])],
        clinician,
        notify=[clinician.user] if clinician.user else [],
        why=reason(finding.ground, finding.words),
        detail={
            "claims": " ".join(map(key_of, claims)),
            "checked": " ".join(finding.checked),
            "source": finding.source,
        },
    )
    if finding.words:
        keep_words(said, finding.words)
