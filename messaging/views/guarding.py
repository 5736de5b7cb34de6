"""While somebody writes: what in it could tell who a client is."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from messaging.guarding import findings
from messaging.views.gate import for_members, membership_of
from network.clinicians.requests import ClinicianRequest


@for_members
@sensitive_post_parameters("body")
@require_POST
def findings_piece(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    """Asked for by the page's script. Line breaks count as one, as in the box."""
    membership_of(request, public_id)
    text = request.POST.get("body", "").replace("\r\n", "\n")
    found = findings(text, request.clinician)
    return render(request, "messaging/_findings.html", {"findings": found})
