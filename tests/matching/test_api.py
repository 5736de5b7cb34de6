"""The search for programs: who may ask, what comes back, what a fault looks like."""

import json
from typing import Any

import pytest
from django.test import Client

from network.accounts.models import User
from network.clinicians.models import Clinician
from tests.conftest import signed_in
from tests.factories import a_colleague

MATCHES = "/api/v1/matches"


def ask(client: Client, need: Any, url: str = MATCHES) -> Any:
    return client.post(url, json.dumps(need), content_type="application/json")


def test_a_member_finds_a_colleague_with_parts_that_add_up(ana: Clinician) -> None:
    wren = a_colleague()
    need = {"specialties": [{"term": "ocd", "wish": "must"}], "openings": {}}

    answer = ask(signed_in(ana), need)

    assert answer.status_code == 200
    found = answer.json()
    assert found["total"] == {"value": 1, "exact": True}
    one = found["results"][0]
    assert one["clinician"]["id"] == str(wren.public_id)
    assert one["clinician"]["card"]["name"] == wren.name
    assert one["score"] == sum(part["points"] for part in one["parts"])
    assert one["weight_total"] == 5000
    assert one["parts"][0]["why"] == "Certified in OCD"
    assert found["reach_checked"] is False
    assert found["next"] is None


@pytest.mark.parametrize(
    ("need", "path", "code"),
    [
        (
            {"specialties": [{"term": "nonsense"}]},
            "/specialties/0/term",
            "unknown_term",
        ),
        ({"colour": "blue"}, "/colour", "extra_forbidden"),
        ({"acuity": {"level": 9}}, "/acuity/level", "less_than_equal"),
        ({"limit": 0}, "/limit", "greater_than_equal"),
        ({"limit": 101}, "/limit", "less_than_equal"),
        ({"limit": "many"}, "/limit", "int_type"),
        ({"text": "a" * 201}, "/text", "too_long"),
        ({"text": "a\x00b"}, "/text", "unprintable"),
        ({"text": "\ud800"}, "/text", "unprintable"),
        ({"place": {"zip": "00000"}}, "/place/zip", "unknown_zip"),
        ({"payment": {"superbill": "yes"}}, "/payment/superbill", "bool_type"),
        ({"include_unclaimed": 1}, "/include_unclaimed", "bool_type"),
        ({"place": {"zip": "1058"}}, "/place/zip", "string_pattern_mismatch"),
        ({"weights": {"specialties": 11}}, "/weights/specialties", "less_than_equal"),
        ({"weights": {"looks": 1}}, "/weights/looks", "unknown_criterion"),
        ({"gender": {"term": "woman", "wish": "maybe"}}, "/gender/wish", "enum"),
        (
            {"approaches": [{"term": "eclectic", "wish": "must"}]},
            "/approaches/0",
            "not_a_must",
        ),
        (
            {"approaches": [{"term": "cbt"}, {"term": "cbt", "wish": "avoid"}]},
            "/approaches/1/term",
            "contradiction",
        ),
        (
            {"specialties": [{"term": "ocd"}, {"term": "ocd"}]},
            "/specialties/1/term",
            "repeated_term",
        ),
        ({"exclude": {"clinicians": ["me"]}}, "/exclude/clinicians/0", None),
        (
            {"exclude": {"clinicians": ["-" * 34]}},
            "/exclude/clinicians/0",
            "uuid_parsing",
        ),
        ({"cursor": "made up"}, "/cursor", "stale_cursor"),
        ({"specialties": [{"term": "ocd"}] * 51}, "/specialties", "too_long"),
    ],
)
def test_a_fault_is_named_by_its_field(
    ana: Clinician, need: dict[str, Any], path: str, code: str | None
) -> None:
    answer = ask(signed_in(ana), need)

    assert answer.status_code == 422
    fault = answer.json()["errors"][0]
    assert fault["path"] == path
    assert code is None or fault["code"] == code
    assert fault["message"].endswith(".") or code is None


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[" * 100_000,
        b'{"text": ' + b"9" * 5000 + b"}",
        b"\xff\xfe",
        b'"' + b"a" * 1_200_000 + b'"',
    ],
)
def test_what_is_no_json_is_refused_without_a_crash(
    ana: Clinician, body: bytes
) -> None:
    answer = signed_in(ana).post(MATCHES, body, content_type="application/json")

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "unreadable"


@pytest.mark.parametrize("body", ["[]", "null", "7", '"need"', '{"need": {}}'])
def test_json_that_is_no_need_is_refused(ana: Clinician, body: str) -> None:
    answer = signed_in(ana).post(MATCHES, body, content_type="application/json")

    assert answer.status_code == 422
    assert answer.json()["errors"]


def test_a_stranger_gets_nothing(db: None) -> None:
    stranger = Client()

    assert ask(stranger, {}).status_code == 401
    assert stranger.get("/api/v1/vocabulary").status_code == 401
    assert stranger.get("/api/v1/openapi.json").status_code == 401
    assert ask(stranger, {"text": "OCD"}, "/api/v1/needs/parse").status_code == 401


def test_a_wrong_token_gets_nothing_even_beside_a_session(ana: Clinician) -> None:
    answer = signed_in(ana).post(
        MATCHES,
        "{}",
        content_type="application/json",
        headers={"Authorization": "Bearer x"},
    )

    assert answer.status_code == 401


def test_somebody_unverified_is_told_so(finn: Clinician) -> None:
    answer = ask(signed_in(finn), {})

    assert answer.status_code == 403
    assert "verified" in answer.json()["errors"][0]["message"]


def test_staff_without_a_profession_cannot_search(staff: User) -> None:
    assert ask(signed_in(staff), {}).status_code == 403


def test_a_session_needs_the_proof_that_the_page_was_ours(ana: Clinician) -> None:
    careful = Client(enforce_csrf_checks=True)
    assert ana.user is not None
    careful.force_login(ana.user)

    assert ask(careful, {}).status_code == 403


def test_the_vocabulary_lists_every_slug(ana: Clinician) -> None:
    lists = signed_in(ana).get("/api/v1/vocabulary").json()

    ocd = next(term for term in lists["specialties"] if term["slug"] == "ocd")
    assert ocd["label"] == "OCD"
    assert "slots" in lists


def test_the_description_names_every_answer(ana: Clinician) -> None:
    described = signed_in(ana).get("/api/v1/openapi.json").json()

    codes = set(described["paths"][MATCHES]["post"]["responses"])
    assert codes == {"200", "400", "401", "403", "422"}
