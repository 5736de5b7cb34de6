"""The search for programs: the same need, the same engine, the same explanation."""

from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from typing import Any

from django.http import HttpResponse, JsonResponse
from ninja import Router
from ninja.errors import HttpError

from network.accounts.models import User
from network.clinicians import vocabulary
from network.clinicians.api_schema import (
    FreeText,
    MatchesAnswer,
    Problems,
    ReadingAnswer,
    TermAnswer,
)
from network.clinicians.matching import Match, Matches, Need, Unclaimed, match
from network.clinicians.matching.cursor import StaleCursorError
from network.clinicians.matching.faults import Fault
from network.clinicians.matching.unclaimed import NOTE
from network.clinicians.models import Clinician
from network.clinicians.permissions import allowed
from network.clinicians.reading import read
from network.clinicians.requests import VisitorRequest


class ApiRequest(VisitorRequest):
    """Somebody signed in, by a session or a token."""

    auth: User


REFUSALS = {400: Problems, 401: Problems, 403: Problems, 422: Problems}
router = Router(tags=["search"])


@router.post("/matches", response={200: MatchesAnswer, **REFUSALS})
def matches(request: ApiRequest, need: Need) -> HttpResponse:
    """Colleagues who fit a need, best first, each score as parts that add up."""
    try:
        found = match(need, searcher=_searcher(request))
    except StaleCursorError:
        return problems(
            [Fault("/cursor", "stale_cursor", "This search has ended: begin again.")]
        )
    return JsonResponse(_matches(found))


@router.get("/vocabulary", response={200: dict[str, list[TermAnswer]], 401: Problems})
def terms(request: ApiRequest) -> HttpResponse:
    """Every list with its slugs, labels and synonyms."""
    return JsonResponse(_vocabulary())


@router.post("/needs/parse", response={200: ReadingAnswer, **REFUSALS})
def parse(request: ApiRequest, text: FreeText) -> HttpResponse:
    """What a sentence asks for, as a need. The sentence is not kept."""
    _searcher(request)
    return JsonResponse(asdict(read(text.text)))


def problems(faults: list[Fault], status: int = 422) -> JsonResponse:
    return JsonResponse({"errors": [asdict(one) for one in faults]}, status=status)


def clinician_of(request: ApiRequest) -> Clinician | None:
    """The middleware knows who has a session; of a token it knows nothing."""
    if "Authorization" in request.headers:
        return Clinician.objects.filter(user=request.auth).first()
    return request.clinician


def _searcher(request: ApiRequest) -> Clinician:
    searcher = clinician_of(request)
    if searcher is None or "search" not in allowed(request.auth, searcher):
        raise HttpError(403, "Only verified members can search.")
    return searcher


@cache
def _vocabulary() -> dict[str, list[dict[str, Any]]]:
    shown = TermAnswer.model_fields
    return {
        name: [
            {field: getattr(term, field) for field in shown}
            for term in vocabulary.terms(name)
        ]
        for name in vocabulary.LISTS
    }


def _matches(found: Matches) -> dict[str, Any]:
    return {
        "total": asdict(found.total),
        "results": [
            *map(_match, found.results),
            *map(_unclaimed, found.unclaimed),
        ],
        "relaxations": [asdict(one) for one in found.relaxations],
        "facets": {
            name: [{"term": one.term, "count": one.count} for one in counts]
            for name, counts in found.facets.items()
        },
        "reach_checked": found.reach_checked,
        "next": found.next,
    }


def _match(one: Match) -> dict[str, Any]:
    return {
        "clinician": _person(one),
        "score": one.score,
        "weight_total": one.weight_total,
        "parts": [
            {
                "criterion": part.criterion,
                "term": part.term,
                "weight": part.weight,
                "value": part.value,
                "points": part.points,
                "why": part.why,
            }
            for part in one.parts
        ],
    }


def _unclaimed(one: Unclaimed) -> dict[str, Any]:
    return {"clinician": _person(one), "unclaimed": True, "note": NOTE}


def _person(one: Match | Unclaimed) -> Mapping[str, Any]:
    return {
        "id": str(one.clinician_id),
        "external_id": one.external_id,
        "npi": one.npi,
        "name": one.name,
        "card": one.card,
    }
