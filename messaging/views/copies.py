"""A copy of a conversation, for one of its members."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from messaging.actions.copies import take_copy
from messaging.copies import Part, parts
from messaging.copies.copy import Copy
from messaging.copies.lines import as_json, as_pdf
from messaging.copies.parts import Format
from messaging.forms.copies import CopyForm
from messaging.models import Membership
from messaging.views.gate import for_members, membership_of
from messaging.views.thread import who
from network.accounts.fresh import fresh_sign_in_required
from network.clinicians import pdf
from network.clinicians.requests import ClinicianRequest

PAGE = "messaging/copy/page.html"
TYPES = {Format.PDF: "application/pdf", Format.JSON: "application/json"}


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    return _page(request, membership_of(request, public_id))


@fresh_sign_in_required
def _page(request: ClinicianRequest, membership: Membership) -> HttpResponse:
    form = CopyForm(_possible(membership), request.POST or None)
    if form.is_valid():
        return _file(request, membership, form.chosen())
    page = {**who(membership), "form": form, "has_errors": bool(form.errors)}
    return render(request, PAGE, page, status=422 if form.errors else 200)


def _file(
    request: ClinicianRequest, membership: Membership, part: Part
) -> HttpResponse:
    """Its name says nothing: it stands in lists of downloads, and in mails."""
    take_copy(membership.conversation, part, by=request.user)
    made = Copy.of(membership, part, who(membership)["title"])
    file = as_pdf(made) if part.format == Format.PDF else "".join(as_json(made))
    answer = HttpResponse(file, content_type=TYPES[part.format])
    name = f'attachment; filename="conversation.{part.format}"'
    answer["Content-Disposition"] = name
    return answer


def _possible(membership: Membership) -> list[Part]:
    """There is no PDF where the machine cannot make one."""
    found = parts(membership)
    if pdf.is_possible():
        return found
    return [part for part in found if part.format != Format.PDF]
