"""The engine finds whom a plain reading of the rules finds, and scores alike."""

import json
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from network.clinicians.matching import Need, match
from network.clinicians.matching.listing import rebuild_listings
from network.clinicians.models import Clinician
from tests.matching import oracle
from tests.matching.population import TODAY, a_need, populate, supervise

SEARCHES = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture(params=[1, 2])
def people(db: None, request: pytest.FixtureRequest) -> list[Clinician]:
    """Everybody as an outsider reads them, the searcher first."""
    made = supervise(request.param, populate(request.param, 90))
    rebuild_listings([one.pk for one in made], TODAY)
    return sorted(oracle.everybody(), key=lambda one: one.pk)


def needs() -> st.SearchStrategy[dict[str, Any]]:
    return st.integers(0, 2**32).map(lambda seed: a_need(Random(seed)))  # noqa: S311


@SEARCHES
@given(need=needs())
def test_everybody_who_fits_is_found_with_her_exact_parts(
    people: list[Clinician], need: dict[str, Any]
) -> None:
    expected = {
        verdict.clinician.public_id: verdict
        for verdict in oracle.search(need, people[0], TODAY, people)
    }

    found = match(
        Need.model_validate({**need, "limit": 100}), searcher=people[0], today=TODAY
    )

    assert {one.clinician_id for one in found.results} == set(expected), json.dumps(
        need
    )
    assert found.total.value == len(expected)
    for one in found.results:
        verdict = expected[one.clinician_id]
        assert [(p.weight, p.value) for p in one.parts] == [
            (weight, value) for _, weight, value in verdict.parts
        ], json.dumps(need)
        assert one.score == verdict.score == sum(part.points for part in one.parts)
