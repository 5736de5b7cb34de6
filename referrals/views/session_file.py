"""The first session, to be put into a calendar."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from network.clinicians.requests import ClinicianRequest
from referrals.session_file import session_file
from referrals.views.gate import for_members
from referrals.worklists import booked


@for_members
@require_safe
def session(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    """While it is booked, for the two whose it is."""
    found = booked(request.clinician).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    answer = HttpResponse(session_file(found, request.clinician), "text/calendar")
    answer["Content-Disposition"] = 'attachment; filename="first-session.ics"'
    answer["Cache-Control"] = "no-store"
    return answer
