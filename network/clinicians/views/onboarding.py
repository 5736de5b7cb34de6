"""The first steps: a question at a time, kept as one goes, left and taken up again."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from network.clinicians.actions.claims import begin_profile
from network.clinicians.completeness import completeness
from network.clinicians.forms.onboarding import (
    BY_STEP,
    STEPS,
    Step,
    after,
    before,
    problems,
)
from network.clinicians.forms.profile_rows import Rows
from network.clinicians.forms.profile_sections import SECTIONS
from network.clinicians.models import Clinician
from network.clinicians.portrait import Portrait
from network.clinicians.requests import ClinicianRequest, NewcomerRequest
from network.clinicians.views.onboarding_claim import typed_npi
from network.clinicians.views.own import own_profile, with_profile
from network.clinicians.waiting import usual_wait


@require_safe
def welcome(request: NewcomerRequest) -> HttpResponse:
    """To wherever she left off."""
    if request.clinician is not None:
        return redirect(_unfinished(request.clinician))
    if Clinician.objects.waiting_for(request.user.email).exists():
        return redirect("clinicians:welcome_invitation")
    return redirect("clinicians:welcome_npi")


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: NewcomerRequest, slug: str) -> HttpResponse:
    if slug not in BY_STEP:
        raise Http404
    here, clinician = BY_STEP[slug], request.clinician
    if clinician is None and here is not STEPS[0]:
        return redirect("clinicians:welcome")
    if clinician is not None and clinician.is_verified and here.is_vouched_for:
        return redirect("clinicians:profile_section", here.section.slug)
    draft = _draft(request)
    if request.method != "POST":
        return _page(request, here, _asked(request, here.section.make(draft)))
    form = here.section.make(draft, request.POST)
    is_kept = _keep(request, here, form)
    if request.htmx:
        return _kept(request, form, is_kept=is_kept)
    return _go_on(request, here) if form.is_valid() else _page(request, here, form)


@with_profile
@require_safe
def review(request: ClinicianRequest) -> HttpResponse:
    """What colleagues will see, what staff look at, and what to do meanwhile."""
    clinician = own_profile(request)
    portrait = Portrait.of(clinician, timezone.localdate(), for_colleagues=True)
    context = {
        "clinician": clinician,
        "done": completeness(clinician),
        "usual_wait": usual_wait(),
        "shown": [
            (section, portrait.sections[section.slug])
            for section in SECTIONS
            if portrait.sections[section.slug] and section.slug != "visibility"
        ],
    }
    return render(request, "clinicians/onboarding/review.html", context)


def _unfinished(clinician: Clinician) -> str:
    missing = {part.slug for part in completeness(clinician).missing}
    first = next((step for step in STEPS if step.slug in missing), None)
    return _address(first)


def _address(step: Step | None) -> str:
    if step is None:
        return reverse("clinicians:welcome_review")
    return reverse("clinicians:welcome_step", args=[step.slug])


def _draft(request: NewcomerRequest) -> Clinician:
    """Hers; before it begins, one that is nowhere, with the number she has typed."""
    return request.clinician or Clinician(npi=typed_npi(request))


def _asked(request: NewcomerRequest, form: Any) -> Any:
    """Another row where one is asked for; the first one unasked."""
    if isinstance(form, Rows) and form.initial and "more" not in request.GET:
        form.extra = 0
    return form


def _keep(request: NewcomerRequest, here: Step, form: Any) -> bool:
    """Whether anything of it is kept: all, or what is right where that can stand."""
    if not (form.is_valid() or here.keeps_a_part):
        return False
    clinician = request.clinician or _begun(request, form)
    if clinician is None:
        return False
    here.section.keep(clinician, form, request.user)
    return True


def _begun(request: NewcomerRequest, form: Any) -> Clinician | None:
    """A profile begins once it has a name and a profession."""
    who = {name: form.cleaned_data.get(name, "") for name in ("name", "profession")}
    return begin_profile(by=request.user, **who) if all(who.values()) else None


def _kept(request: NewcomerRequest, form: Any, *, is_kept: bool) -> HttpResponse:
    """Nothing on the page is changed but the line that says so, and the meter."""
    found = Clinician.objects.filter(user=request.user).first()
    context = {
        "is_kept": is_kept,
        "problems": problems(form),
        "done": completeness(found) if found else None,
        "is_new": True,
    }
    return render(request, "clinicians/onboarding/_kept.html", context)


def _go_on(request: NewcomerRequest, here: Step) -> HttpResponse:
    is_change = request.GET.get("from") == "review"
    if "more" in request.POST:
        back = "&from=review" if is_change else ""
        return redirect(f"{_address(here)}?more=yes{back}")
    return redirect(_address(None if is_change else after(here)))


def _page(request: NewcomerRequest, here: Step, form: Any) -> HttpResponse:
    context = {
        "step": here,
        "section": here.section,
        "form": form,
        "number": STEPS.index(here) + 1,
        "total": len(STEPS),
        "done": completeness(request.clinician) if request.clinician else None,
        "back": _back(request, here),
        "skip": _address(after(here)),
        "has_errors": form.is_bound and not form.is_valid(),
    }
    status = 422 if context["has_errors"] else 200
    return render(request, "clinicians/onboarding/step.html", context, status=status)


def _back(request: NewcomerRequest, here: Step) -> str:
    if request.GET.get("from") == "review":
        return _address(None)
    earlier = before(here)
    if earlier is not None:
        return _address(earlier)
    return "" if request.clinician else reverse("clinicians:welcome_npi")
