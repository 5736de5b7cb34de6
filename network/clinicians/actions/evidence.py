"""What shows that a claim is true: attached, opened, taken away, forgotten."""

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Iterable
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.recorder import record
from network.clinicians.actions.lock import lock
from network.clinicians.models import (
    Clinician,
    Evidence,
    EvidenceFile,
    Licence,
    Privilege,
)
from network.clinicians.models.review import EvidenceQuerySet
from network.clinicians.verification.claims import key_of, named, state_of
from network.clinicians.verification.events import EvidenceEvent
from network.clinicians.verification.life_cycle import Claim
from network.clinicians.verification.permissions import OvertakenError, require_claim
from network.privacy.files import Screened

KEPT_FOR = timedelta(days=30)
MOST = 5


class EnoughError(Exception):
    """More than anybody would look at."""


@transaction.atomic
def attach_evidence(
    clinician: Clinician, key: str, link: str, file: Screened | None, *, by: User
) -> Evidence:
    lock(clinician)
    claim = _claim(clinician, key)
    require_claim("attach", by, claim)
    if _of(claim).count() >= MOST:
        raise EnoughError

    evidence = Evidence(clinician=clinician, link=link, **_whose(claim))
    if file is not None:
        evidence.media_type = file.kind.media_type
        evidence.size = len(file.content)
        evidence.sha256 = hashlib.sha256(file.content).hexdigest()
    evidence.save()
    if file is not None:
        content = b64encode(file.content).decode()
        EvidenceFile.objects.create(evidence=evidence, content=content)

    _record(EvidenceEvent.ATTACHED, evidence, Actor.of(by))
    return evidence


@transaction.atomic
def open_evidence(evidence: Evidence, *, by: User) -> bytes:
    """Staff who look leave their line; its owner may look as she likes."""
    if evidence.clinician.user_id != by.pk:
        _record(EvidenceEvent.OPENED, evidence, Actor.staff(by), why="verification")
    return b64decode(evidence.file.content)


@transaction.atomic
def remove_evidence(evidence: Evidence, *, by: User) -> None:
    """While it is still hers to add: what staff have decided by stays."""
    lock(evidence.clinician)
    if evidence.clinician.user_id != by.pk or evidence.decided_at is not None:
        raise PermissionDenied("may not remove")
    _record(EvidenceEvent.REMOVED, evidence, Actor.of(by))
    evidence.delete()


def hand_on_evidence(
    right: Licence | Privilege, new: Iterable[Licence | Privilege]
) -> None:
    """To what she says instead of it: a corrected number or date, of that state.

    What staff have decided by stays where it was.
    """
    same = [one for one in new if state_of(one) == state_of(right)]
    if same:
        nearest = min(same, key=lambda one: str(one) != str(right))
        waiting = right.evidence.filter(decided_at__isnull=True)
        waiting.update(**_whose(nearest))


def discard_old_evidence() -> int:
    """Thirty days after the decision the file goes; its hash stays."""
    day = timezone.now() - KEPT_FOR
    decided = Q(decided_at__lt=day)
    orphaned = Q(licence=None, privilege=None, attached_at__lt=day)
    old = Evidence.objects.with_file().filter(decided | orphaned)
    found = list(old.values_list("pk", flat=True))
    for pk in found:
        _discard(pk)
    return len(found)


@transaction.atomic
def _discard(pk: int) -> None:
    rows = EvidenceFile.objects.select_for_update().filter(pk=pk)
    if (file := rows.defer("content").first()) is None:
        return
    evidence = file.evidence
    file.delete()
    _record(EvidenceEvent.DISCARDED, evidence, Actor.system())


def _claim(clinician: Clinician, key: str) -> Claim:
    for claim in named(clinician, [key]):
        return claim
    raise OvertakenError


def _whose(claim: Claim) -> dict[str, Licence | Privilege]:
    if isinstance(claim, Licence):
        return {"licence": claim}
    return {"privilege": claim} if isinstance(claim, Privilege) else {}


def _of(claim: Claim) -> EvidenceQuerySet:
    return Evidence.objects.filter(clinician=claim.clinician, **_whose(claim))


def _record(
    verb: EvidenceEvent, evidence: Evidence, actor: Actor, why: str = ""
) -> None:
    right = evidence.licence or evidence.privilege
    detail = {
        "evidence": str(evidence.public_id),
        "claims": key_of(right) if right else "",
        "sha256": evidence.sha256,
    }
    record(actor, verb, evidence.clinician, why=why, detail=detail)
