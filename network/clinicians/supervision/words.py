"""The limits of a supervision in words."""

from collections.abc import Iterable, Iterator

from network.clinicians import vocabulary
from network.clinicians.models import Supervision

HIGHEST = 4


def limits_in_words(supervision: Supervision) -> list[str]:
    return list(_limits(supervision)) or ["No limits beyond the associate's own."]


def _limits(one: Supervision) -> Iterator[str]:
    if one.acuity_max < HIGHEST:
        yield f"Acuity up to {one.acuity_max} of {HIGHEST}"
    if one.refused_ages:
        yield f"Not these ages: {_labels('age_groups', one.refused_ages)}"
    if one.refused_risks:
        yield f"Not with these risks: {_labels('risks', one.refused_risks)}"
    if one.clients_max is not None:
        yield f"Clients at a time: {one.clients_max} at most"
    if one.each_by_supervisor:
        yield "The supervisor confirms each client before an acceptance"


def _labels(list_name: str, slugs: Iterable[str]) -> str:
    return ", ".join(vocabulary.label(list_name, slug) for slug in slugs)
