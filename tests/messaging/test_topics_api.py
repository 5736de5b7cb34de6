"""Topics for programs: each is as loud as its member says, and for her alone."""

import pytest

from messaging.models import TopicLevel
from network.accounts.models import Scope
from network.clinicians.models import Clinician
from tests.messaging.programs import Program, codes, program_of

DOORS = (
    ("PUT", "level", {"level": "follow"}),
    ("PUT", "mute", {"span": "hour"}),
    ("DELETE", "mute", None),
)
doors = pytest.mark.parametrize(("method", "door", "said"), DOORS)


def level_of(program: Program, room: str) -> tuple[str, str | None]:
    [topic] = program.get(f"{room}/topics").json()["topics"]
    return topic["level"], topic["muted_until"]


def test_a_topic_is_followed_and_muted_for_one_alone(
    anas: Program, bens: Program, room: str
) -> None:
    topic = f"{room}/topics/{anas.topic(room)}"

    assert bens.put(f"{topic}/level", {"level": "follow"}).status_code == 204
    assert bens.put(f"{topic}/mute", {"span": "good"}).status_code == 204

    assert level_of(bens, room) == ("follow", "9999-12-31T00:00:00Z")
    assert level_of(anas, room) == ("usual", None)
    assert bens.delete(f"{topic}/mute").status_code == 204
    assert level_of(bens, room) == ("follow", None)
    bens.put(f"{topic}/level", {"level": "usual"})
    assert level_of(bens, room) == ("usual", None)


@pytest.mark.parametrize("level", ["mute", "loud", "", None])
def test_a_level_is_one_of_two(anas: Program, room: str, level: str | None) -> None:
    answer = anas.put(f"{room}/topics/{anas.topic(room)}/level", {"level": level})

    assert answer.status_code == 422
    assert codes(answer)[0][0] == "/level"


@doors
def test_an_outsider_finds_no_topic(
    anas: Program,
    cleos: Program,
    room: str,
    method: str,
    door: str,
    said: dict[str, object] | None,
) -> None:
    path = f"{room}/topics/{anas.topic(room)}/{door}"

    assert cleos.ask(method, path, said).status_code == 404
    assert not TopicLevel.objects.exists()


@doors
def test_a_topic_is_found_in_its_conversation_alone(
    anas: Program,
    room: str,
    cleo: Clinician,
    method: str,
    door: str,
    said: dict[str, object] | None,
) -> None:
    for topic in (anas.topic(anas.begin(cleo)), "x"):
        path = f"{room}/topics/{topic}/{door}"

        assert anas.ask(method, path, said).status_code == 404
    assert not TopicLevel.objects.exists()


@doors
def test_a_reading_token_sets_no_level(
    anas: Program,
    ana: Clinician,
    room: str,
    method: str,
    door: str,
    said: dict[str, object] | None,
) -> None:
    path = f"{room}/topics/{anas.topic(room)}/{door}"

    answer = program_of(ana, Scope.READ).ask(method, path, said)

    assert answer.status_code == 403
    assert not TopicLevel.objects.exists()
