"""Conversations for programs: who finds which, who is in them, what they are told."""

from uuid import uuid4

import pytest

from messaging.actions.holds import hold_person
from messaging.actions.members import leave
from messaging.api.answers import shown
from network.accounts.actions.tokens import revoke_token
from network.accounts.models import ApiToken, Scope, User
from network.clinicians.actions.blocks import block_colleague
from network.clinicians.models import Clinician
from tests.conftest import signed_in
from tests.factories import a_conversation
from tests.messaging.programs import (
    ROOT,
    WORDS,
    Program,
    a_message,
    codes,
    program_of,
)
from tests.messaging.saying import her, place_of


def test_two_people_have_one_conversation(
    anas: Program, bens: Program, ana: Clinician, ben: Clinician
) -> None:
    first = anas.post("", {"members": [str(ben.public_id)]})
    again = anas.post("", {"members": [str(ben.public_id)]})
    back = bens.post("", {"members": [str(ana.public_id)]})

    assert (first.status_code, again.status_code, back.status_code) == (201, 200, 200)
    assert first.json()["id"] == again.json()["id"] == back.json()["id"]
    assert first.json()["kind"] == "direct"
    names = {member["name"] for member in first.json()["members"]}
    assert names == {"Ana Heron", "Ben Sparrow"}
    assert (first.json()["me"], back.json()["me"]) == (
        str(ana.public_id),
        str(ben.public_id),
    )


def test_a_title_makes_it_one_of_many(anas: Program, ben: Clinician) -> None:
    said = {"members": [str(ben.public_id)], "title": "The Tuesday circle"}

    begun, again = anas.post("", said), anas.post("", said)

    assert begun.status_code == again.status_code == 201
    assert begun.json()["kind"] == "many"
    assert begun.json()["title"] == "The Tuesday circle"
    assert begun.json()["id"] != again.json()["id"]


def test_the_list_shows_the_last_active_first_page_by_page(
    anas: Program, ben: Clinician, cleo: Clinician, dana: Clinician
) -> None:
    rooms = [anas.begin(one) for one in (ben, cleo, dana)]
    for room in (rooms[1], rooms[0], rooms[2]):
        anas.send(room)

    first = anas.get("?limit=2").json()
    rest = anas.get(f"?limit=2&cursor={first['next']}").json()

    found = [
        f"/{one['id']}" for one in (*first["conversations"], *rest["conversations"])
    ]
    assert found == [rooms[2], rooms[0], rooms[1]]
    assert rest["next"] is None


@pytest.mark.parametrize("cursor", ["x", "2026_1", "2026-01-01T00:00:00Z_", "%00", "_"])
def test_a_cursor_that_is_made_up_is_refused(anas: Program, cursor: str) -> None:
    answer = anas.get(f"?cursor={cursor}")

    assert answer.status_code == 422
    assert codes(answer)[0][0] == "/cursor"


def test_what_is_unread_is_counted_until_it_is_read(
    anas: Program, bens: Program, room: str
) -> None:
    last = anas.send(room)
    assert bens.get(room).json()["unread"] == 2
    assert anas.get(room).json()["unread"] == 0

    assert bens.put(f"{room}/position", {"seq": last}).status_code == 204
    assert bens.put(f"{room}/position", {"seq": 1}).status_code == 204

    seen = bens.get(room).json()
    assert (seen["unread"], seen["read_seq"]) == (0, last)


def test_a_mute_lasts_until_it_is_over(bens: Program, room: str) -> None:
    assert bens.get(room).json()["muted_until"] is None

    for span, year in (("good", "9999"), ("hour", "20")):
        assert bens.put(f"{room}/mute", {"span": span}).status_code == 204
        assert bens.get(room).json()["muted_until"].startswith(year)

    assert bens.delete(f"{room}/mute").status_code == 204
    assert bens.get(room).json()["muted_until"] is None


def test_a_member_is_added_and_removed(
    anas: Program, cleos: Program, ben: Clinician, cleo: Clinician
) -> None:
    room = anas.begin(ben, title="Tuesdays")
    before = anas.send(room, WORDS)
    new = {"clinician": str(cleo.public_id)}

    assert anas.post(f"{room}/members", new).status_code == 201
    assert anas.post(f"{room}/members", new).status_code == 200
    after = anas.send(room)
    assert [event["seq"] for event in cleos.log(room)][-1] == after
    assert before == cleos.get(room).json()["from_seq"]
    assert WORDS not in str(cleos.log(room))

    assert anas.delete(f"{room}/members/{cleo.public_id}").status_code == 204
    assert cleos.get(room).status_code == 404
    assert [event["kind"] for event in anas.log(room)][-2:] == ["message", "removed"]
    assert anas.log(room)[-1]["person"]["id"] == str(cleo.public_id)


def test_with_its_history_she_reads_what_was_before(
    anas: Program, cleos: Program, ben: Clinician, cleo: Clinician
) -> None:
    room = anas.begin(ben, title="Tuesdays")
    anas.send(room, WORDS)

    anas.post(
        f"{room}/members", {"clinician": str(cleo.public_id), "with_history": True}
    )

    assert WORDS in str(cleos.log(room))


def test_whoever_leaves_finds_nothing_any_more(
    anas: Program, bens: Program, ben: Clinician, cleo: Clinician
) -> None:
    room = anas.begin(ben, cleo, title="Tuesdays")

    assert bens.delete(f"{room}/members/{ben.public_id}").status_code == 204

    assert bens.get(f"{room}/messages").status_code == 404
    assert bens.get().json()["conversations"] == []
    assert anas.log(room)[-1]["kind"] == "left"


def test_whoever_leaves_while_she_asks_is_answered_all_the_same(
    ana: Clinician, ben: Clinician
) -> None:
    room = a_conversation(ana, ben)
    found = place_of(ben, room)
    leave(room, by=her(ben))

    [answer] = shown([found], ben)

    assert answer["me"] == ben.public_id
    assert [one["id"] for one in answer["members"]] == [ana.public_id]


def test_somebody_whom_one_may_not_see_is_nobody(
    anas: Program, ana: Clinician, ben: Clinician, finn: Clinician
) -> None:
    strangers = [str(finn.public_id), str(uuid4()), str(ana.public_id)]

    answer = anas.post("", {"members": [str(ben.public_id), *strangers]})

    assert answer.status_code == 422
    assert codes(answer) == [
        (f"/members/{place}", "unknown_clinician") for place in (1, 2, 3)
    ]


@pytest.mark.parametrize(
    ("members", "fault"),
    [
        ([], ("/members", "too_short", "Name at least one colleague.")),
        (
            ["nobody"],
            ("/members/0", "uuid_parsing", "This is not the id of anybody."),
        ),
    ],
)
def test_what_is_wrong_with_the_members_is_said_once_and_in_plain_words(
    anas: Program, members: list[str], fault: tuple[str, str, str]
) -> None:
    answer = anas.post("", {"members": members})

    assert answer.status_code == 422
    said = [(it["path"], it["code"], it["message"]) for it in answer.json()["errors"]]
    assert said == [fault]


def test_a_title_is_changed_by_its_owner(
    anas: Program, bens: Program, ben: Clinician
) -> None:
    room = anas.begin(ben, title="Tuesdays")

    assert bens.patch(room, {"title": "Mine"}).status_code == 403
    changed = anas.patch(room, {"title": "Wednesdays"})

    assert changed.status_code == 200
    assert bens.get(room).json()["title"] == changed.json()["title"] == "Wednesdays"


def test_a_held_title_stays(
    anas: Program, ben: Clinician, cleo: Clinician, staff: User
) -> None:
    room = anas.begin(ben, cleo, title="hers")
    hold_person(cleo, ground="court", matter="Docket 26-1187", by=staff)

    answer = anas.patch(room, {"title": "another"})

    assert answer.status_code == 409
    assert codes(answer) == [("/title", "held")]


def test_topics_are_made_and_listed(anas: Program, bens: Program, room: str) -> None:
    made = anas.post(f"{room}/topics", {"name": "Insurance"})

    assert made.status_code == 201
    assert bens.get(f"{room}/topics").json() == {"topics": [made.json()]}
    sent = bens.send(room, topic=made.json()["id"])
    assert bens.log(room, sent - 1)[0]["topic"] == made.json()["id"]
    wrong = bens.post(f"{room}/messages", a_message(topic=str(uuid4())))
    assert codes(wrong) == [("/topic", "unknown_topic")]


def test_a_reading_token_reads_and_writes_nothing(
    ana: Clinician, bens: Program, room: str
) -> None:
    reader = program_of(ana, Scope.READ)

    assert WORDS in str(reader.log(room))
    for method, path in (
        ("POST", ""),
        ("PATCH", room),
        ("POST", f"{room}/messages"),
        ("PATCH", f"{room}/messages/1"),
        ("DELETE", f"{room}/messages/1"),
        ("PUT", f"{room}/position"),
        ("PUT", f"{room}/mute"),
        ("POST", f"{room}/topics"),
    ):
        assert reader.ask(method, path, a_message()).status_code == 403
    assert len(bens.log(room)) == len(reader.log(room))


def test_a_revoked_token_reads_nothing(
    ana: Clinician, anas: Program, room: str
) -> None:
    assert ana.user is not None
    revoke_token(ApiToken.objects.of(anas.token).get(), by=ana.user)

    assert anas.get(f"{room}/messages").status_code == 401


def test_who_is_not_verified_is_told_so(finn: Clinician, room: str) -> None:
    answer = program_of(finn).get(room)

    assert answer.status_code == 403
    assert codes(answer) == [("", "not_allowed")]


def test_a_session_reads_as_well(ben: Clinician, room: str) -> None:
    assert WORDS in signed_in(ben).get(f"{ROOT}{room}/messages").text


def test_a_block_closes_what_is_between_two(
    anas: Program, bens: Program, ana: Clinician, ben: Clinician, room: str
) -> None:
    assert ben.user is not None
    block_colleague(ben, ana, by=ben.user)

    for program in (anas, bens):
        answer = program.post(f"{room}/messages", a_message())
        assert answer.status_code == 409
        assert codes(answer) == [("", "closed")]
    assert WORDS in str(anas.log(room))
    assert anas.post("", {"members": [str(ben.public_id)]}).status_code == 422
