"""What a box offers while one types: terms, colleagues, practices."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from network.clinicians import vocabulary
from network.clinicians.forms.find_criteria import MANY
from network.clinicians.models import Clinician, Practice
from network.clinicians.requests import ClinicianRequest
from network.clinicians.views.find_exclusion import named_like
from network.clinicians.views.find_gate import for_searchers

MOST = 8
SHORTEST = 2


@for_searchers
@require_POST
def terms(request: ClinicianRequest) -> HttpResponse:
    """The words of whichever box “add a …” was sent."""
    for criterion in MANY:
        if typed := request.POST.get(f"{criterion.name}-add", "").strip():
            found = _terms_like(typed, criterion.vocabulary)
            options = [(criterion.name, term.slug, term.label, "") for term in found]
            return _options(request, f"{criterion.name}-add", options)
    return HttpResponse()


def _terms_like(typed: str, list_name: str) -> list[vocabulary.Term]:
    """Names that begin so, names that hold it, then what else it may mean."""
    words = typed.lower()
    every = [one for one in vocabulary.terms(list_name) if one.status == "active"]
    ranked = sorted((_rank(one, words), one.number, one) for one in every)
    near = [one for rank, _, one in ranked if rank < 3]
    meant = [one.term for one in vocabulary.resolve(typed, (list_name,)).choices]
    return list({one.slug: one for one in (*near, *meant)}.values())[:MOST]


def _rank(term: vocabulary.Term, words: str) -> int:
    names = [term.label, *term.abbreviations, *term.synonyms]
    if term.label.lower().startswith(words):
        return 0
    if any(name.lower().startswith(words) for name in names):
        return 1
    return 2 if words in term.label.lower() else 3


@for_searchers
@require_POST
def people(request: ClinicianRequest) -> HttpResponse:
    """Colleagues and practices by name, for leaving them out."""
    typed = request.POST.get("exclude-add", "").strip()
    if len(typed) < SHORTEST:
        return HttpResponse()
    people, practices = named_like(typed, request.clinician)
    options = [
        *(_person(one) for one in people[:MOST]),
        *(_practice(one) for one in practices[:MOST]),
    ]
    return _options(request, "exclude-add", options)


def _person(one: Clinician) -> tuple[str, str, str, str]:
    profession = vocabulary.label("professions", one.profession)
    return "exclude-clinicians", str(one.public_id), one.display_name, profession


def _practice(one: Practice) -> tuple[str, str, str, str]:
    town = f"practice, {one.city} {one.state}".strip(", ")
    return "exclude-practices", str(one.public_id), str(one), town


def _options(
    request: ClinicianRequest, box: str, options: list[tuple[str, str, str, str]]
) -> HttpResponse:
    return render(
        request, "clinicians/find/_options.html", {"box": box, "options": options}
    )
