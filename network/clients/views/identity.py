"""Who a client is: shown for a reason, after a fresh sign-in, kept by no browser."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods

from network.accounts.fresh import fresh_sign_in_required
from network.clients.actions.identity import (
    Revealed,
    keep_identity,
    reveal_identity,
)
from network.clients.forms.identity import IdentityForm, WhyForm
from network.clients.models import Client
from network.clients.permissions import allowed
from network.clients.views.gate import client_of, for_members, party_of
from network.clinicians.requests import ClinicianRequest


@require_http_methods(["GET", "HEAD", "POST"])
def identity(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    """The owner's, and a colleague's to whom it is released. An open page asks every
    few seconds whether it still is.
    """
    return _still(request, public_id) if request.htmx else _page(request, public_id)


def _still(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    """Nothing new; or, of whatever else, in its place that it is closed."""
    is_open = request.clinician is not None and _open_to(request, public_id) is not None
    if is_open and request.method == "GET":
        return HttpResponse(status=204)
    return render(request, "clients/_closed.html")


@for_members
def _page(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    if (client := _open_to(request, public_id)) is None:
        raise Http404
    return _shown(request, client)


def _open_to(request: ClinicianRequest, public_id: UUID) -> Client | None:
    known = Client.objects.known_to(request.clinician)
    client = known.filter(public_id=public_id).first()
    may = allowed(request.user, client) if client else frozenset()
    return client if "reveal the identity" in may else None


@fresh_sign_in_required
def _shown(request: ClinicianRequest, client: Client) -> HttpResponse:
    form = WhyForm(request.POST or None)
    revealed: list[Revealed] = []
    if form.is_valid():
        revealed = reveal_identity(client, by=request.user, why=form.chosen())
    page = {
        "client": client,
        "form": form,
        "revealed": revealed,
        "is_revealed": form.is_valid(),
        "is_owner": client.owner_id == request.clinician.pk,
    }
    status = 422 if form.errors else 200
    answer = render(request, "clients/identity.html", page, status=status)
    add_never_cache_headers(answer)
    return answer


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def keeping(request: ClinicianRequest, public_id: UUID, pk: UUID) -> HttpResponse:
    """Written anew as a whole: what stands there is shown on the other page alone."""
    client = client_of(request, public_id)
    party = party_of(client, pk)
    if "keep the identity" not in allowed(request.user, client):
        raise Http404
    form = IdentityForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        keep_identity(party, form.identity(), by=request.user)
        messages.success(request, "Kept, under this client's own key.")
        return redirect(client)
    page = {"client": client, "party": party, "form": form}
    status = 422 if form.errors else 200
    return render(request, "clients/keeping.html", page, status=status)
