"""A clinician's clients for programs: handles, choices, what was agreed to."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from ninja import Query, Router
from ninja.errors import HttpError
from ninja.params.functions import Header

from network.accounts.pace import PACE
from network.clients.actions.clients import KeyUsedError, add_client
from network.clients.api_schema import (
    ClientAnswer,
    ClientsAnswer,
    ClientsAsked,
    NewClient,
    OneClientAnswer,
)
from network.clients.forms.client import ClientForm
from network.clients.models import Client, Consent
from network.clinicians.api import ApiRequest, clinician_of, problems
from network.clinicians.api_schema import Problems
from network.clinicians.matching.faults import Fault
from network.clinicians.models import Clinician
from network.clinicians.requests import is_uuid

REFUSALS = {400: Problems, 401: Problems, 403: Problems, 404: Problems}
WRITES = {**REFUSALS, 409: Problems, 422: Problems, 429: Problems}
NO_KEY = "Send an Idempotency-Key: a UUID, written in the usual way."
STALE = "This cursor is not one of ours."
USED = "This key was sent before, with something else."
router = Router(tags=["clients"])


@router.get("", response={200: ClientsAnswer, 422: Problems, **REFUSALS})
def clients(request: ApiRequest, asked: Query[ClientsAsked]) -> HttpResponse:
    """Mine, by their handles."""
    mine = Client.objects.visible_to(_member(request))
    rows = mine.prefetch_related("parties").in_order()
    if asked.cursor:
        last = mine.filter(public_id=asked.cursor).first()
        if last is None:
            return problems([Fault("/cursor", "stale_cursor", STALE)])
        rows = rows.filter(handle__gt=last.handle)
    page = list(rows[: asked.limit + 1])
    shown = page[: asked.limit]
    following = str(shown[-1].public_id) if len(page) > asked.limit else None
    return JsonResponse({"clients": [*map(_shown, shown)], "next": following})


@router.post("", response={201: ClientAnswer, **WRITES})
def new_client(
    request: ApiRequest,
    said: NewClient,
    idempotency_key: str = Header("", alias="Idempotency-Key"),
) -> HttpResponse:
    """Under a handle that is drawn by lot. Sent again under the same key it is the
    same client.
    """
    member = _member(request)
    if not is_uuid(idempotency_key.lower()):
        return problems([Fault("", "unreadable_key", NO_KEY)])
    form = ClientForm({**said.model_dump(), "year": said.year or ""})
    if not form.is_valid():
        return problems(_faults(form))
    key = UUID(idempotency_key)
    try:
        made = add_client(member, form.draft(), by=request.auth, key=key)
    except KeyUsedError:
        return problems([Fault("", "key_used", USED)], 409)
    return JsonResponse(_shown(made), status=201)


@router.get("/{client}", response={200: OneClientAnswer, **REFUSALS})
def one_client(request: ApiRequest, client: str) -> HttpResponse:
    """With what was asked for and agreed to. Who it is, no program reads."""
    member = _member(request)
    if not is_uuid(client):
        raise Http404
    mine = Client.objects.visible_to(member)
    if (found := mine.filter(public_id=client).first()) is None:
        raise Http404
    consents = list(found.consents.newest_first())
    for consent in consents:
        consent.client = found
    return JsonResponse({**_shown(found), "consents": [*map(_consent, consents)]})


def _member(request: ApiRequest) -> Clinician:
    """A verified member. What she changes counts against what she may in a moment."""
    member = clinician_of(request)
    if member is None or not member.is_verified:
        raise HttpError(403, "Only verified members have clients here.")
    if request.method != "GET":
        PACE.spend(request.auth.pk)
    return member


def _faults(form: ClientForm) -> list[Fault]:
    return [
        Fault(f"/{field}", str(error.code or "invalid"), str(error.messages[0]))
        for field, errors in form.errors.as_data().items()
        for error in errors
    ]


def _shown(client: Client) -> dict[str, Any]:
    parties = sorted(client.parties.all(), key=lambda one: (one.role, one.number))
    return {
        "id": str(client.public_id),
        "handle": client.handle,
        "unit": client.unit,
        "age_band": client.age_band,
        "state": client.state,
        "zip3": client.zip3,
        "year": client.year,
        "parties": [
            {
                "id": str(one.public_id),
                "role": one.role,
                "label": one.label,
                "signs": one.signs,
            }
            for one in parties
        ],
    }


def _consent(consent: Consent) -> dict[str, Any]:
    return {
        "id": str(consent.public_id),
        "receiver": str(consent.receiver_id),
        "receiver_kind": consent.receiver_kind,
        "purpose": consent.purpose,
        "data_classes": consent.data_classes,
        "state": consent.state,
        "valid_from": consent.valid_from,
        "expires_on": consent.expires_on,
    }
