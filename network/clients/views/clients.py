"""A clinician's clients: the list of handles, a new one, one of them, its end."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from network.accounts.fresh import fresh_sign_in_required
from network.clients import page
from network.clients.actions.clients import add_client, change_client
from network.clients.actions.erasure import erase_client
from network.clients.forms.client import ClientForm, PartyForm
from network.clients.forms.identity import WhyForm
from network.clients.forms.wishes import in_words as wishes_in_words
from network.clients.matters import matters_of
from network.clients.models import AccessLink, Client, Secret
from network.clients.modes import identity_is_on
from network.clients.views.gate import client_of, for_members
from network.clinicians.requests import ClinicianRequest
from network.clinicians.town import town_of
from network.privacy.guard import guard
from network.privacy.small_cells import small_cells


@for_members
@require_safe
def clients(request: ClinicianRequest) -> HttpResponse:
    """And those that are erased, of which what was shared is kept."""
    mine = list(Client.objects.accounted_by(request.clinician).in_order())
    rows = [(one, page.in_words(one)) for one in mine if one.erased_at is None]
    erased = [one for one in mine if one.erased_at is not None]
    found = {"rows": rows, "erased": erased}
    return render(request, "clients/clients.html", found)


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ClinicianRequest) -> HttpResponse:
    form = ClientForm(request.POST or None)
    if form.is_valid():
        client = add_client(request.clinician, form.draft(), by=request.user)
        messages.success(
            request, f"{client.handle} is the handle. Note it in your file."
        )
        return redirect(client)
    return _form(request, form)


@for_members
@require_safe
def client(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    """The page; an open one asks for the piece that changes when there is news."""
    found = client_of(request, public_id)
    piece = "clients/_state.html" if request.htmx else "clients/client.html"
    return render(request, piece, _context(found))


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def facts(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    found = client_of(request, public_id)
    form = ClientForm(request.POST or None, found)
    if form.is_valid():
        change_client(found, form.draft(), by=request.user)
        messages.success(request, "Kept.")
        return redirect(found)
    return _form(request, form, found)


@for_members
@require_POST
def warning(request: ClinicianRequest) -> HttpResponse:
    """What the fields and the line tell together, while they are filled in; nothing is
    kept.
    """
    note = request.POST.get("note", "")[:1000]
    cells = small_cells(
        note,
        has_age=bool(request.POST.get("age_band")),
        is_local=bool(request.POST.get("zip3")),
        place=town_of(request.clinician),
    )
    found = {"cells": list(cells), "spans": _spans(note)}
    return render(request, "clients/_warning.html", found)


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def erasure(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    return _erasure(request, client_of(request, public_id))


@fresh_sign_in_required
def _erasure(request: ClinicianRequest, found: Client) -> HttpResponse:
    if request.method != "POST":
        return render(request, "clients/erasure.html", {"client": found})
    erase_client(found, by=request.user)
    messages.success(request, f"{found.handle} is erased.")
    return redirect("clients:clients")


def _context(found: Client) -> dict[str, Any]:
    links = AccessLink.objects.valid(timezone.now()).filter(party__client=found)
    parties = page.parties(found, list(links))
    for row in parties:
        row.wishes.extend(wishes_in_words(row.party.wishes))
    kept = Secret.objects.filter(party__client=found, kind=Secret.Kind.IDENTITY)
    return {
        "client": found,
        "facts": page.in_words(found),
        "cells": page.warnings(found),
        "parties": parties,
        "matters": matters_of(found),
        "consents": page.consents(found, parties),
        "disclosures": page.disclosures(found),
        "has_identities": identity_is_on(),
        "known": set(kept.values_list("party_id", flat=True)),
        "party_form": PartyForm(),
        "why_form": WhyForm(),
    }


def _form(
    request: ClinicianRequest, form: ClientForm, found: Client | None = None
) -> HttpResponse:
    context = {"form": form, "client": found}
    status = 422 if form.errors else 200
    return render(request, "clients/facts.html", context, status=status)


def _spans(note: str) -> list[tuple[str, str, str]]:
    """The words, why, and what could stand there."""
    return [
        (note[one.start : one.end], one.reason, one.rewrite)
        for one in guard(note)
        if one.label != "COMBINATION"
    ]
