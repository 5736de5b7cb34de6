"""The work lists: whose turn, what waits, and what ended."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from network.clinicians.models import Clinician
from network.clinicians.requests import ClinicianRequest
from referrals.models import Offer, Referral
from referrals.views.gate import for_members
from referrals.worklists import LISTS, WorkList

MOST = 50


@dataclass(frozen=True)
class Shown:
    what: WorkList
    sent: list[Referral]
    received: list[Offer]
    count: int


@for_members
@require_safe
def referrals(request: ClinicianRequest) -> HttpResponse:
    """The page; an open one asks for the lists when there is news."""
    piece = "_lists" if request.htmx else "referrals"
    page = {"lists": [_shown(one, request.clinician) for one in LISTS]}
    return render(request, f"referrals/{piece}.html", page)


def _shown(which: WorkList, me: Clinician) -> Shown:
    """Counted anew only where there are more than are shown."""
    sent = list(which.sent(me)[:MOST]) if which.sent else []
    received = list(which.received(me)[:MOST]) if which.received else []
    count = len(sent) + len(received)
    if which.sent and len(sent) == MOST:
        count += which.sent(me).count() - MOST
    if which.received and len(received) == MOST:
        count += which.received(me).count() - MOST
    return Shown(which, sent, received, count)
