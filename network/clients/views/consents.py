"""Asking for a consent, and what becomes of it, from the clinician's side."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from network.accounts.fresh import fresh_sign_in_required
from network.clients.actions.consents import (
    decline_consent,
    record_consent,
    revoke_consent,
    sign,
)
from network.clients.actions.identity import end_release, release_identity
from network.clients.consents import missing
from network.clients.forms.consent import ConsentForm, SignatureForm
from network.clients.models import Consent
from network.clients.modes import identity_is_on
from network.clients.permissions import allowed_on_consent
from network.clients.terms import terms_of
from network.clients.views.gate import client_of, consent_of, for_members
from network.clients.wording import DataClass, Purpose
from network.clinicians.models import Clinician
from network.clinicians.requests import ClinicianRequest, is_uuid

ENDINGS = {"decline": decline_consent, "revoke": revoke_consent}
ENDED = {
    "decline": "Noted: it was declined.",
    "revoke": "Taken back. Nobody reads by it any more.",
}


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    client = client_of(request, public_id)
    form = ConsentForm(request.clinician, request.POST or None, _named_in(request))
    if form.is_valid():
        consent = record_consent(client, form.terms(), by=request.user)
        messages.success(request, "Written down. It holds once everybody has signed.")
        return redirect("clients:consent", client.public_id, consent.public_id)
    page = {"client": client, "form": form}
    status = 422 if form.errors else 200
    return render(request, "clients/consent_new.html", page, status=status)


def _named_in(request: ClinicianRequest) -> Clinician | None:
    """From the page of a referral."""
    asked = request.GET.get("to", "")
    seen = Clinician.objects.visible_to(request.clinician).verified()
    return seen.filter(public_id=asked).first() if is_uuid(asked) else None


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: ClinicianRequest, public_id: UUID, pk: UUID) -> HttpResponse:
    """Read, and noted what somebody said or signed on paper."""
    client = client_of(request, public_id)
    found = consent_of(client, pk)
    may = allowed_on_consent(request.user, found)
    form = SignatureForm(missing(found), request.POST or None)
    if request.method == "POST" and "sign" in may and form.is_valid():
        sign(found, form.party_chosen(), form.how_chosen(), by=request.user)
        messages.success(request, "Noted.")
        return redirect("clients:consent", client.public_id, found.public_id)
    page = {
        "client": client,
        "consent": found,
        "terms": terms_of(found),
        "signatures": found.signatures.select_related("party").order_by("signed_at"),
        "waiting": missing(found) if "sign" in may else [],
        "allowed": may,
        "form": form,
        "may_release": identity_is_on() and DataClass.IDENTITY in found.data_classes,
        "by_referral": found.purpose == Purpose.REFERRAL,
        "release": found.releases.filter(ended_at=None).first(),
    }
    status = 422 if form.errors else 200
    return render(request, "clients/consent.html", page, status=status)


@for_members
@require_POST
def ending(request: ClinicianRequest, public_id: UUID, pk: UUID) -> HttpResponse:
    client, verb = client_of(request, public_id), request.POST.get("verb", "")
    if verb not in ENDINGS:
        raise Http404
    ENDINGS[verb](consent_of(client, pk), by=request.user)
    messages.success(request, ENDED[verb])
    return redirect(client)


@for_members
@require_POST
def release(request: ClinicianRequest, public_id: UUID, pk: UUID) -> HttpResponse:
    """Opens the identity to the receiver, or closes it again."""
    client = client_of(request, public_id)
    found = consent_of(client, pk)
    if request.POST.get("verb") == "end":
        end_release(client, found.receiver, by=request.user)
        messages.success(request, "Closed.")
        return redirect("clients:consent", client.public_id, found.public_id)
    return _released(request, found)


@fresh_sign_in_required
def _released(request: ClinicianRequest, found: Consent) -> HttpResponse:
    release_identity(found, by=request.user)
    messages.success(request, f"{found.receiver_name} can read who it is.")
    return redirect("clients:consent", found.client.public_id, found.public_id)
