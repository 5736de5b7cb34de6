"""The search in messages, for programs."""

from typing import Any

import pytest
from django.test import Client

from messaging.api.schema import HitsAnswer, SearchAsked
from network.accounts.models import Scope
from network.clinicians.models import Clinician
from tests.messaging.programs import Program, codes, program_of
from tests.messaging.test_api_docs import chapter

SEARCH = "/api/v1/messages/search"


def ask(program: Program, said: dict[str, object]) -> Any:
    return Client().post(
        SEARCH,
        said,
        content_type="application/json",
        headers={"Authorization": f"Bearer {program.token}"},
    )


def hits(program: Program, words: str, **more: object) -> Any:
    answer = ask(program, {"words": words, **more})
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_a_hit_names_its_place_its_sender_and_its_words(
    anas: Program, bens: Program, ana: Clinician, room: str
) -> None:
    seq = anas.send(room, "She sleeps since Tuesday")

    found = hits(bens, "sleeping")

    [hit] = found["hits"]
    assert HitsAnswer.model_validate(found).model_dump().keys() == found.keys()
    assert f"/{hit['conversation']}" == room
    assert (hit["seq"], hit["body"]) == (seq, "She sleeps since Tuesday")
    assert hit["sender"] == {"id": str(ana.public_id), "name": "Ana Heron"}
    assert hit["edited"] is False
    assert found["next"] is None
    assert found["back_to"] is None


def test_an_edited_message_is_found_by_its_words_of_today(
    anas: Program, bens: Program, room: str
) -> None:
    seq = anas.send(room, "a heron")
    anas.patch(f"{room}/messages/{seq}", {"body": "a sparrow"})

    assert hits(bens, "heron")["hits"] == []
    [hit] = hits(bens, "sparrow")["hits"]
    assert (hit["seq"], hit["edited"]) == (seq, True)


def test_the_first_and_the_last_day_there_are_may_be_asked_for(
    anas: Program, room: str
) -> None:
    anas.send(room, "a heron")
    first, last = "0001-01-01", "9999-12-31"

    assert len(hits(anas, "heron", **{"from": first, "until": last})["hits"]) == 1
    assert hits(anas, "heron", until=first)["hits"] == []
    assert hits(anas, "heron", **{"from": last})["hits"] == []


def test_page_by_page_every_hit_comes_once(
    anas: Program, bens: Program, room: str
) -> None:
    sent = [anas.send(room, f"heron {number}") for number in range(7)]

    found, cursor = [], ""
    while cursor is not None:
        page = hits(bens, "heron", limit=3, cursor=cursor)
        found += [hit["seq"] for hit in page["hits"]]
        cursor = page["next"]

    assert found == sent[::-1]


def test_a_token_that_reads_may_search(
    ben: Clinician, anas: Program, room: str
) -> None:
    anas.send(room, "a heron")

    assert len(hits(program_of(ben, Scope.READ), "heron")["hits"]) == 1


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"words": "and the"}, ("/words", "too_common")),
        ({"words": "heron", "cursor": "x"}, ("/cursor", "stale_cursor")),
        ({"words": "heron", "cursor": "x_1_1"}, ("/cursor", "stale_cursor")),
    ],
)
def test_what_cannot_be_searched_is_told(
    anas: Program, said: dict[str, object], fault: tuple[str, str]
) -> None:
    answer = ask(anas, said)

    assert answer.status_code == 422
    assert codes(answer) == [fault]


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"words": ""},
        {"words": "x" * 201},
        {"words": "heron", "limit": 101},
        {"words": "heron", "from": "soon"},
        {"words": "heron", "person": "ana"},
        {"words": "heron", "since": "2026-01-01"},
    ],
)
def test_faults_are_told_by_their_field(anas: Program, said: dict[str, object]) -> None:
    assert ask(anas, said).status_code == 422


def test_who_is_not_verified_may_not_ask(finn: Clinician) -> None:
    assert ask(program_of(finn), {"words": "heron"}).status_code == 403


def test_every_field_is_explained() -> None:
    text = chapter("Looking for words")
    fields = {one.alias or name for name, one in SearchAsked.model_fields.items()}

    assert {name for name in fields if f"`{name}`" not in text} == set()
