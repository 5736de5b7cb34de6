"""One's own profile: read as a whole, changed a section at a time."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from network.clinicians.actions.identity import hide_field, show_field
from network.clinicians.actions.openings import (
    cancel_absence,
    confirm_openings,
    count_openings,
)
from network.clinicians.completeness import completeness
from network.clinicians.forms.profile_sections import (
    BY_SLUG,
    SECTION_OF,
    SECTIONS,
    ProfileSection,
)
from network.clinicians.models import Absence, Clinician
from network.clinicians.portrait import Portrait
from network.clinicians.requests import ClinicianRequest, VisitorRequest
from network.clinicians.supervision.bounds import in_force
from network.clinicians.supervision.naming import supervision_of
from network.clinicians.views.own import own_profile, with_profile


@require_safe
def profile(request: VisitorRequest) -> HttpResponse:
    if request.clinician is None:
        return redirect("clinicians:welcome")
    portrait = _portrait(request.clinician)
    context = {
        "clinician": portrait.clinician,
        "sections": [_shown(one, portrait) for one in SECTIONS],
        "is_guided": _is_guided(portrait),
        **_progress(portrait),
    }
    return render(request, "clinicians/profile/profile.html", context)


@with_profile
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: ClinicianRequest, slug: str) -> HttpResponse:
    if slug not in BY_SLUG:
        raise Http404
    here, clinician = BY_SLUG[slug], own_profile(request)
    if request.method != "POST":
        return _form(request, here, here.make(clinician))
    form = here.make(clinician, request.POST)
    if not form.is_valid():
        return _form(request, here, form, status=422)
    here.keep(clinician, form, clinician.user)  # type: ignore[arg-type]
    return _kept(request, here)


@with_profile
@require_POST
def confirmation(request: ClinicianRequest) -> HttpResponse:
    """Still so many."""
    confirm_openings(request.clinician, by=request.user)
    return _kept(request, BY_SLUG["openings"])


@with_profile
@require_POST
def closure(request: ClinicianRequest) -> HttpResponse:
    """None just now."""
    count_openings(request.clinician, 0, by=request.user)
    return _kept(request, BY_SLUG["openings"])


@with_profile
@require_POST
def return_(request: ClinicianRequest, pk: int) -> HttpResponse:
    """She stays after all."""
    absence = get_object_or_404(Absence, pk=pk, clinician=request.clinician)
    cancel_absence(absence, by=request.user)
    return _kept(request, BY_SLUG["away"])


@with_profile
@require_POST
def visibility(request: ClinicianRequest, field: str) -> HttpResponse:
    """Colleagues see it, or only she: one field, one tap."""
    here = SECTION_OF.get(field)
    if here is None:
        raise Http404
    is_shown = request.POST.get("seen_by") == "colleagues"
    change = show_field if is_shown else hide_field
    change(request.clinician, field, by=request.user)
    return _kept(request, BY_SLUG[here])


def _form(
    request: ClinicianRequest, here: ProfileSection, form: Any, status: int = 200
) -> HttpResponse:
    name = "_edit" if request.htmx else "edit"
    context = {"section": here, "form": form}
    return render(request, f"clinicians/profile/{name}.html", context, status=status)


def _kept(request: ClinicianRequest, here: ProfileSection) -> HttpResponse:
    if not request.htmx:
        return redirect(f"/profile/#section-{here.slug}")
    portrait = _portrait(request.clinician)
    context = {"shown": _shown(here, portrait), "is_new": True, **_progress(portrait)}
    return render(request, "clinicians/profile/_kept.html", context)


def _portrait(clinician: Clinician) -> Portrait:
    fresh = Clinician.objects.with_profile().get(pk=clinician.pk)
    return Portrait.of(fresh, timezone.localdate(), for_colleagues=False)


def _is_guided(portrait: Portrait) -> bool:
    """An associate's supervision is in force; nobody else needs one."""
    one = portrait.clinician
    return not one.is_associate or in_force(one, supervision_of(one), portrait.on)


def _shown(here: ProfileSection, portrait: Portrait) -> dict[str, Any]:
    return {
        "section": here,
        "facts": portrait.sections[here.slug],
        "clinician": portrait.clinician,
        "today": portrait.on,
    }


def _progress(portrait: Portrait) -> dict[str, Any]:
    done = completeness(portrait.clinician)
    return {"done": done, "next": BY_SLUG[done.next.section] if done.next else None}
