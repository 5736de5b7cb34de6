"""The staff's queue: who waits to be verified, one file at a time or several."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from network.accounts.models import User
from network.clinicians.actions.decisions import NpiTakenError, decide, reopen
from network.clinicians.actions.reviews import open_file, release_file, take_file
from network.clinicians.forms.verification import DecisionForm
from network.clinicians.models import Clinician, Review
from network.clinicians.permissions import allowed
from network.clinicians.requests import ClinicianRequest
from network.clinicians.verification import queue
from network.clinicians.verification.claims import claims_of, key_of, title_of
from network.clinicians.verification.comparison import compare, entry_of, same_npi
from network.clinicians.verification.history import history
from network.clinicians.verification.life_cycle import Claim, Standing, standing_of
from network.clinicians.verification.permissions import OvertakenError, allowed_claim
from network.clinicians.views.verifiers import verifiers_only

PAGE = 25
TOO_LATE = "Somebody was quicker, or it stands differently now. This is how it stands."
TAKEN = "This NPI is bound to another member already: see who else claims it."


@verifiers_only
@require_safe
def verification(request: HttpRequest) -> HttpResponse:
    standing = _standing(request.GET.get("standing", ""))
    kind = request.GET.get("kind", "")
    keys = queue.people(standing, kind if kind in queue.KINDS else "")
    page: Page[int] = Paginator(keys, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "waiting": queue.waiting(list(page.object_list), standing),
        "standing": standing,
        "standings": queue.STANDINGS,
        "kind": kind,
        "kinds": queue.KINDS,
        "now": timezone.now(),
    }
    return render(request, "clinicians/verification/queue.html", context)


@verifiers_only
@require_safe
def file(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    clinician = _clinician(request.user, public_id)
    open_file(clinician, by=request.user)
    return _file(request, clinician, _form(request.user, clinician))


@verifiers_only
@require_POST
def take(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    clinician = _clinician(request.user, public_id)
    try:
        take_file(clinician, by=request.user)
    except OvertakenError:
        messages.warning(request, TOO_LATE)
    return redirect("clinicians:verification_file", public_id)


@verifiers_only
@require_POST
def release(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    clinician = _clinician(request.user, public_id)
    try:
        release_file(clinician, by=request.user)
    except OvertakenError:
        messages.warning(request, TOO_LATE)
    return redirect("clinicians:verification")


@verifiers_only
@require_POST
def decision(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    clinician = _clinician(request.user, public_id)
    form = _form(request.user, clinician, request.POST)
    if not form.is_valid():
        return _file(request, clinician, form, status=422)
    try:
        decide(clinician, form.cleaned_data["keys"], form.finding(), by=request.user)
    except OvertakenError:
        messages.warning(request, TOO_LATE)
    except NpiTakenError:
        messages.error(request, TAKEN)
    else:
        messages.success(request, "Decided. The person is told.")
    return redirect("clinicians:verification_file", public_id)


@verifiers_only
@require_POST
def reopening(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    clinician = _clinician(request.user, public_id)
    try:
        reopen(clinician, request.POST.get("key", ""), by=request.user)
    except OvertakenError:
        messages.warning(request, TOO_LATE)
    return redirect("clinicians:verification_file", public_id)


def _clinician(user: User, public_id: UUID) -> Clinician:
    """Nobody opens her own file: she has her own page of it."""
    found = get_object_or_404(
        Clinician.objects.with_profile().select_related("review__taken_by"),
        public_id=public_id,
    )
    if found.user_id == user.pk or "see" not in allowed(user, found):
        raise Http404
    return found


def _standing(word: str) -> Standing:
    return next((one for one in queue.STANDINGS if one == word), Standing.SUBMITTED)


def _form(user: User, clinician: Clinician, data: Any = None) -> DecisionForm:
    """Only of what there is to decide now, unless it comes with what was chosen."""
    claims = claims_of(clinician)
    now = timezone.now()
    open_ = [one for one in claims if data or _is_open(user, one, now)]
    form = DecisionForm([(key_of(one), title_of(one)) for one in open_], data)
    form.initial["keys"] = [key_of(one) for one in open_ if one.verified_at is None]
    return form


def _is_open(user: User, claim: Claim, now: Any) -> bool:
    return bool(allowed_claim(user, claim, now) & {"verify", "reject", "ask", "hold"})


def _file(
    request: ClinicianRequest,
    clinician: Clinician,
    form: DecisionForm,
    status: int = 200,
) -> HttpResponse:
    review, entry = Review.of(clinician), entry_of(clinician)
    context = {
        "clinician": clinician,
        "review": review,
        "holder": review.holder(timezone.now()),
        "claims": list(shown(request.user, clinician)),
        "entry": entry,
        "lines": compare(clinician, entry) if entry else [],
        "others": same_npi(clinician),
        "history": history(clinician),
        "form": form,
    }
    name = "clinicians/verification/file.html"
    return render(request, name, context, status=status)


def shown(user: User, clinician: Clinician) -> Iterator[dict[str, Any]]:
    """Each claim with its standing, what one may do, and what shows it."""
    now = timezone.now()
    is_taken = Review.of(clinician).holder(now) is not None
    told = history(clinician)
    evidence = list(clinician.evidence.select_related("file").defer("file__content"))
    for claim in claims_of(clinician):
        key = key_of(claim)
        yield {
            "claim": claim,
            "key": key,
            "title": title_of(claim),
            "standing": standing_of(claim, timezone.localdate(now), is_taken=is_taken),
            "allowed": allowed_claim(user, claim, now),
            "evidence": [one for one in evidence if _shows(one, key)],
            "last": next((one for one in told if key in one.keys), None),
        }


def _shows(evidence: Any, key: str) -> bool:
    return key in {
        f"licence:{evidence.licence_id}",
        f"privilege:{evidence.privilege_id}",
    }
