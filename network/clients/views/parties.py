"""Who belongs to a client: her signature, her link, what is noted of custody."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods, require_POST

from network.clients.actions.identity import custody_of, keep_custody
from network.clients.actions.links import end_link, make_link
from network.clients.actions.parties import add_party, remove_party, say_who_signs
from network.clients.forms.client import PartyForm, SignsForm
from network.clients.models import AccessLink, Party
from network.clients.views.gate import client_of, for_members, party_of
from network.clinicians.requests import ClinicianRequest

ADULTS = (Party.Role.ADULT, Party.Role.PARTNER)
HAS_SIGNED = "Somebody who has signed stays: the signature is part of what was agreed."


@for_members
@require_POST
def parties(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    client, form = client_of(request, public_id), PartyForm(request.POST)
    if form.is_valid():
        party = add_party(client, form.draft(), by=request.user)
        messages.success(request, f"{party.label} belongs to it.")
    return redirect(client)


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def party(request: ClinicianRequest, public_id: UUID, pk: UUID) -> HttpResponse:
    client = client_of(request, public_id)
    found = party_of(client, pk)
    held = {"signs": found.signs, "custody": custody_of(found)}
    form = SignsForm(request.POST or None, initial=held)
    if found.role in ADULTS:
        del form.fields["signs"]
    if form.is_valid():
        if "signs" in form.cleaned_data:
            signs = Party.Signs(form.cleaned_data["signs"])
            say_who_signs(found, signs, by=request.user)
        if form.cleaned_data["custody"] != held["custody"]:
            keep_custody(found, form.cleaned_data["custody"], by=request.user)
        messages.success(request, "Kept.")
        return redirect(client)
    page = {"client": client, "party": found, "form": form}
    status = 422 if form.errors else 200
    return render(request, "clients/party.html", page, status=status)


@for_members
@require_POST
def removal(request: ClinicianRequest, public_id: UUID, pk: UUID) -> HttpResponse:
    client = client_of(request, public_id)
    if remove_party(party_of(client, pk), by=request.user):
        messages.success(request, "Taken off.")
    else:
        messages.warning(request, HAS_SIGNED)
    return redirect(client)


@for_members
@require_POST
def link(request: ClinicianRequest, public_id: UUID, pk: UUID) -> HttpResponse:
    """Shown in the answer itself and nowhere again: no redirect could carry it."""
    client = client_of(request, public_id)
    made = make_link(party_of(client, pk), by=request.user)
    path = reverse("client_link:arrival", args=[made.token])
    address = request.build_absolute_uri(path)
    page = {"client": client, "made": made, "address": address}
    answer = render(request, "clients/link.html", page)
    add_never_cache_headers(answer)
    return answer


@for_members
@require_POST
def link_ending(request: ClinicianRequest, public_id: UUID, pk: UUID) -> HttpResponse:
    client = client_of(request, public_id)
    party = party_of(client, pk)
    open_ones = AccessLink.objects.filter(party=party, ended_at=None)
    for found in open_ones.select_related("party__client"):
        end_link(found, by=request.user)
    messages.success(request, "The link is over.")
    return redirect(client)
