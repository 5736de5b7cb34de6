"""Clients are for verified members, each for its owner."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from network.clients.models import Client, Consent, Party
from network.clinicians.requests import ClinicianRequest, VisitorRequest

View = Callable[..., HttpResponse]
GONE = (Client.DoesNotExist, Consent.DoesNotExist, Party.DoesNotExist)


def for_members(view: View) -> View:
    """What she may no longer do since the page was made is missing to her."""

    @wraps(view)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        clinician = cast(VisitorRequest, request).clinician
        if clinician is None or not clinician.is_verified:
            return render(request, "clients/not_yet.html", status=403)
        try:
            return view(request, *args, **kwargs)
        except (*GONE, PermissionDenied) as gone:
            raise Http404("gone, or over, while it was being changed") from gone

    return gate


def client_of(request: ClinicianRequest, public_id: UUID) -> Client:
    hers = Client.objects.visible_to(request.clinician).select_related("owner")
    return get_object_or_404(hers, public_id=public_id)


def party_of(client: Client, public_id: UUID) -> Party:
    party = get_object_or_404(client.parties, public_id=public_id)
    party.client = client
    return party


def consent_of(client: Client, public_id: UUID) -> Consent:
    consents = client.consents.select_related("giver")
    consent = get_object_or_404(consents, public_id=public_id)
    consent.client = client
    return consent
