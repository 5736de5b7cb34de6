"""One's own register of conflicts: nobody else has a way to it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from network.clinicians.actions.conflicts import (
    MOST_ENTRIES,
    FullRegisterError,
    keep_conflict,
    remove_conflict,
)
from network.clinicians.forms.conflicts import ConflictForm
from network.clinicians.models import ConflictEntry
from network.clinicians.requests import ClinicianRequest
from network.clinicians.views.own import with_profile

FULL = f"A register has {MOST_ENTRIES} entries at most: remove one first."


@with_profile
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def conflicts(request: ClinicianRequest) -> HttpResponse:
    form = ConflictForm(request.POST or None)
    if form.is_valid() and _is_kept(request, form):
        messages.success(request, "Kept. Only you can read it.")
        return redirect("clinicians:conflicts")
    entries = ConflictEntry.objects.visible_to(request.clinician)
    page = {"form": form, "entries": list(entries)}
    status = 422 if form.errors else 200
    return render(request, "clinicians/conflicts/conflicts.html", page, status=status)


@with_profile
@require_POST
def removal(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    mine = ConflictEntry.objects.visible_to(request.clinician).select_related("owner")
    remove_conflict(get_object_or_404(mine, public_id=public_id), by=request.user)
    messages.success(request, "Removed.")
    return redirect("clinicians:conflicts")


def _is_kept(request: ClinicianRequest, form: ConflictForm) -> bool:
    try:
        keep_conflict(request.clinician, form.draft(), by=request.user)
    except FullRegisterError:
        form.add_error(None, FULL)
        return False
    return True
