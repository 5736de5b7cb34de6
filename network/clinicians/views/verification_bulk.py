"""Verifying several people at once: first shown, then done."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from network.accounts.models import User
from network.clinicians.actions.decisions import Finding, NpiTakenError, decide
from network.clinicians.actions.reviews import open_file
from network.clinicians.forms.verification import CheckForm
from network.clinicians.models import Clinician
from network.clinicians.models.clinician import ClinicianQuerySet
from network.clinicians.requests import ClinicianRequest, is_uuid
from network.clinicians.verification.claims import claims_of, key_of, title_of
from network.clinicians.verification.comparison import (
    differences,
    entry_of,
    same_npi,
)
from network.clinicians.verification.permissions import OvertakenError, allowed_claim
from network.clinicians.views.verifiers import verifiers_only

MOST = 50


@dataclass(frozen=True)
class Candidate:
    """What would be verified of one person, and what speaks against it."""

    clinician: Clinician
    claims: list[tuple[str, str]]
    has_entry: bool
    differs: list[str]
    is_npi_taken: bool

    @property
    def values(self) -> list[str]:
        return [f"{self.clinician.public_id} {key}" for key, _ in self.claims]


@verifiers_only
@require_POST
def preview(request: ClinicianRequest) -> HttpResponse:
    people = _people(request.POST.getlist("person"), request.user)
    found = [_candidate(one, request.user) for one in people]
    for one in found:
        open_file(one.clinician, by=request.user)
    return _preview(request, found, CheckForm())


@verifiers_only
@require_POST
def bulk(request: ClinicianRequest) -> HttpResponse:
    """Exactly what was shown; whatever has changed meanwhile stays as it is."""
    form, wanted = CheckForm(request.POST), _wanted(request.POST.getlist("claim"))
    people = list(_people(wanted, request.user))
    if not form.is_valid():
        found = [_candidate(one, request.user) for one in people]
        return _preview(request, found, form, status=422)
    done = 0
    for one in people:
        refusal = _verify(one, wanted[str(one.public_id)], form.finding(), request.user)
        if refusal:
            messages.warning(request, f"{one}: {refusal}")
        done += not refusal
    messages.success(request, f"Verified: {done}.")
    return redirect("clinicians:verification")


def _preview(
    request: ClinicianRequest,
    found: list[Candidate],
    form: CheckForm,
    status: int = 200,
) -> HttpResponse:
    context = {"candidates": [one for one in found if one.claims], "form": form}
    name = "clinicians/verification/preview.html"
    return render(request, name, context, status=status)


def _verify(clinician: Clinician, keys: list[str], finding: Finding, by: User) -> str:
    try:
        decide(clinician, keys, finding, by=by)
    except OvertakenError:
        return "somebody was quicker, or it stands differently now."
    except NpiTakenError:
        return "the NPI is bound to another member."
    return ""


def _people(ids: Iterable[str], user: User) -> ClinicianQuerySet:
    known = [one for one in ids if is_uuid(one)][:MOST]
    rows = Clinician.objects.with_profile().filter(public_id__in=known)
    return rows.exclude(user=user).order_by("name", "pk")


def _wanted(values: Iterable[str]) -> dict[str, list[str]]:
    wanted: defaultdict[str, list[str]] = defaultdict(list)
    for value in values:
        who, _, key = value.partition(" ")
        wanted[who].append(key)
    return dict(wanted)


def _candidate(clinician: Clinician, user: User) -> Candidate:
    entry = entry_of(clinician)
    return Candidate(
        clinician,
        list(_verifiable(clinician, user)),
        entry is not None,
        differences(clinician, entry),
        any(one.npi_bound_at for one in same_npi(clinician)),
    )


def _verifiable(clinician: Clinician, user: User) -> Iterator[tuple[str, str]]:
    now = timezone.now()
    for claim in claims_of(clinician):
        if "verify" in allowed_claim(user, claim, now):
            yield key_of(claim), title_of(claim)
