"""Reporting somebody from a conversation, and blocking her with it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from messaging.actions.reports import report_member
from messaging.forms.report import MemberReportForm
from messaging.models import Membership
from messaging.thread.page import one
from messaging.views.gate import for_members, membership_of
from messaging.views.thread import who
from network.clinicians.actions.blocks import block_colleague
from network.clinicians.actions.reports import TooManyReportsError
from network.clinicians.models import Clinician
from network.clinicians.permissions import allowed as allowed_with
from network.clinicians.requests import ClinicianRequest
from network.clinicians.views.report import ENOUGH, THANKS

PAGE = "messaging/report.html"


@for_members
@require_http_methods(["GET", "POST"])
def report(
    request: ClinicianRequest, public_id: UUID, seq: int | None = None
) -> HttpResponse:
    """Of a message its sender; else whoever is in it besides her."""
    membership = membership_of(request, public_id)
    people = _people(membership, seq)
    form = MemberReportForm(people, request.POST or None)
    if form.is_valid() and _is_filed(request, membership, seq, form):
        messages.success(request, THANKS)
        return redirect(membership.conversation)
    about = {**who(membership), "form": form, "seq": seq, "reported": people}
    status = 422 if form.errors else 200
    return render(request, PAGE, about, status=status)


def _people(membership: Membership, seq: int | None) -> list[Clinician]:
    if seq is None:
        people = who(membership)["people"]
    else:
        people = [one(membership, seq)[0].message.sender]
    others = [each for each in people if each not in (None, membership.clinician)]
    if not others:
        raise Http404("nobody to report")
    return others


def _is_filed(
    request: ClinicianRequest,
    membership: Membership,
    seq: int | None,
    form: MemberReportForm,
) -> bool:
    said, reported = form.cleaned_data, form.reported()
    what = {"ground": said["ground"], "words": said["words"]}
    try:
        report_member(membership.conversation, reported, seq, **what, by=request.user)
    except TooManyReportsError:
        form.add_error(None, ENOUGH)
        return False
    if said["block"] and "block" in allowed_with(request.user, reported):
        block_colleague(request.clinician, reported, by=request.user)
    return True
