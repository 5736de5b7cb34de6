"""A new conversation: colleagues are looked up by name and put together."""

from collections.abc import Iterable

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from messaging.actions.conversations import start_conversation, start_direct
from messaging.forms.people import StartForm, named_like
from messaging.models import Conversation
from messaging.views.gate import for_members
from network.clinicians.models import Clinician
from network.clinicians.requests import ClinicianRequest

PAGE = "messaging/start.html"


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: ClinicianRequest) -> HttpResponse:
    """Every button of the form comes here: look, add, take off, start."""
    said = _without(request.POST, request.POST.get("off", ""))
    form = StartForm(request.clinician, said or None)
    if not form.is_valid():
        return _page(request, form, [])
    chosen = form.cleaned_data["members"]
    if "start" in said and chosen:
        return redirect(_start(request, chosen, form.cleaned_data["title"]))
    if "start" in said:
        form.add_error("name", "Choose a colleague first.")
    return _page(request, form, chosen)


@for_members
@require_POST
def suggestions(request: ClinicianRequest) -> HttpResponse:
    """While one types."""
    found = named_like(request.clinician, request.POST.get("name", ""))
    page = {"found": found, "box": "id_name"}
    return render(request, "messaging/_suggestions.html", page)


def _without(posted: QueryDict, person: str) -> QueryDict:
    if not person:
        return posted
    said = posted.copy()
    left = [one for one in said.getlist("members") if one != person]
    said.setlist("members", left)
    return said


def _start(
    request: ClinicianRequest, members: list[Clinician], title: str
) -> Conversation:
    """With one and without a title it is the one between the two."""
    me, by = request.clinician, request.user
    if len(members) == 1 and not title:
        return start_direct(me, members[0], by=by)
    return start_conversation(me, members, title=title, by=by)


def _page(
    request: ClinicianRequest, form: StartForm, chosen: Iterable[Clinician]
) -> HttpResponse:
    members = list(chosen)
    typed = form.data.get("name", "") if form.is_bound else ""
    is_looking = form.is_bound and "look" in form.data
    found = named_like(request.clinician, typed) if is_looking else []
    context = {
        "form": form,
        "chosen": members,
        "found": [one for one in found if one not in members],
        "is_looking": is_looking,
    }
    status = 422 if form.errors else 200
    return render(request, PAGE, context, status=status)
