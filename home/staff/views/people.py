"""Finding people, opening somebody's page with a reason, and what is done there."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from home.staff.acts import Act, acts
from home.staff.facts import facts
from home.staff.forms import SearchForm, WhyForm
from home.staff.people import Person, find_person, search
from network.accounts.actions.staffing import (
    LastAdministratorError,
    open_account_as_staff,
)
from network.accounts.permissions import powers
from network.accounts.staff import staff_only
from network.activity.requests import UserRequest
from network.clinicians.actions.oversight import open_profile_as_staff

LAST = "Nobody would be left to appoint anybody. Make somebody else an administrator."


@staff_only
@require_http_methods(["GET", "POST"])
def people(request: UserRequest) -> HttpResponse:
    """Whom one looks for is posted: an address stays out of the address."""
    form = SearchForm(request.POST or None)
    words = form.cleaned_data["words"].strip() if form.is_valid() else ""
    page = {"form": form, "people": search(words), "words": words}
    return render(request, "staff/people.html", page)


@staff_only
@require_safe
def person(request: UserRequest, public_id: UUID) -> HttpResponse:
    found = _find(public_id)
    if not found.is_open_to(request.user):
        page = {"person": found, "form": WhyForm()}
        return render(request, "staff/why.html", page)
    page = {
        "person": found,
        "facts": facts(found, request.user),
        "acts": list(acts(request.user, found)),
        "powers": powers(request.user),
    }
    return render(request, "staff/person.html", page)


@staff_only
@require_POST
def opening(request: UserRequest, public_id: UUID) -> HttpResponse:
    found = _find(public_id)
    form = WhyForm(request.POST)
    if not form.is_valid():
        return render(request, "staff/why.html", {"person": found, "form": form})
    why = form.cleaned_data["why"]
    if found.clinician:
        open_profile_as_staff(found.clinician, by=request.user, why=why)
    elif found.user:
        open_account_as_staff(found.user, by=request.user, why=why)
    return redirect("staff:person", public_id)


@staff_only
@require_http_methods(["GET", "POST"])
def act(request: UserRequest, public_id: UUID, slug: str) -> HttpResponse:
    found = _find(public_id)
    if not found.is_open_to(request.user):
        return redirect("staff:person", public_id)
    what = _act(request, found, slug)
    form = what.form(request.POST or None, initial=_initial(found))
    if form.is_valid() and _done(request, what, found, form.cleaned_data):
        messages.success(request, f"{what.label}: done, and recorded.")
        return redirect("staff:person", public_id)
    page = {"person": found, "act": what, "form": form}
    return render(request, "staff/act.html", page)


def _find(public_id: UUID) -> Person:
    if (found := find_person(public_id)) is None:
        raise Http404
    return found


def _act(request: UserRequest, found: Person, slug: str) -> Act:
    for one in acts(request.user, found):
        if one.slug == slug:
            return one
    raise Http404


def _initial(found: Person) -> dict[str, object]:
    return {"roles": found.user.roles} if found.user else {}


def _done(
    request: UserRequest, what: Act, found: Person, said: dict[str, object]
) -> bool:
    try:
        what.do(request, found, request.user, said)
    except LastAdministratorError:
        messages.error(request, LAST)
        return False
    return True
