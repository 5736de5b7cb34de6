"""Who can see a conversation, and what the trail says of it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from messaging.seeing import acts, files_seen, named, readers
from messaging.views.gate import for_members, membership_of
from messaging.views.thread import who
from network.clinicians.requests import ClinicianRequest

MOST = 100


@for_members
@require_safe
def seeing(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    membership = membership_of(request, public_id)
    now, before = readers(membership)
    told = acts(membership, MOST + 1)
    page = {
        **who(membership),
        "now": now,
        "before": before,
        "acts": told[:MOST],
        "named": named(membership, MOST),
        "files": files_seen(membership, MOST),
        "has_more": len(told) > MOST,
    }
    return render(request, "messaging/seeing/page.html", page)
