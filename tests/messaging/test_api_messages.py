"""Messages for programs: what is kept once, what it says, who may change it."""

from uuid import uuid4

import pytest

from network.accounts import pace
from network.clinicians.models import Clinician
from tests.messaging.programs import Program, a_message, codes


def test_what_is_sent_is_read_by_the_other(
    anas: Program, bens: Program, ana: Clinician, room: str
) -> None:
    message = a_message("Could you see her on Tuesday?  \n", reply_to=1)

    answer = anas.post(f"{room}/messages", message)

    assert answer.status_code == 201
    kept = answer.json()
    assert kept == {
        "client_id": message["client_id"],
        "conversation": room[1:],
        "seq": kept["seq"],
    }
    [event] = bens.log(room, kept["seq"] - 1)
    assert event["body"] == "Could you see her on Tuesday?"
    assert event["sender"] == {"id": str(ana.public_id), "name": "Ana Heron"}
    assert (event["kind"], event["reply_to"]) == ("message", 1)
    assert event["client_id"] == message["client_id"]


def test_what_is_sent_twice_is_kept_once(anas: Program, room: str) -> None:
    message = a_message("once")

    first = anas.post(f"{room}/messages", message)
    second = anas.post(f"{room}/messages", message)

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert [event.get("body") for event in anas.log(room)].count("once") == 1


def test_a_client_id_is_for_one_message(anas: Program, room: str) -> None:
    message = a_message("once")
    anas.post(f"{room}/messages", message)

    for other in ({"body": "twice"}, {"reply_to": 1}):
        answer = anas.post(f"{room}/messages", {**message, **other})
        assert answer.status_code == 409
        assert codes(answer) == [("/client_id", "client_id_reused")]


def test_the_log_is_read_from_any_place_in_it(anas: Program, room: str) -> None:
    for number in range(5):
        anas.send(room, f"number {number}")
    whole = anas.log(room)

    pages, since, more = [], 0, True
    while more:
        page = anas.get(f"{room}/messages?since={since}&limit=2").json()
        pages += page["events"]
        since, more = page["events"][-1]["seq"], page["more"]

    assert pages == whole
    assert [event["seq"] for event in whole] == list(range(1, len(whole) + 1))
    assert anas.get(f"{room}/messages?since={since}").json()["events"] == []
    assert {event["epoch"] for event in whole} == {page["epoch"]}


def test_an_edit_is_the_senders_and_follows_in_the_log(
    anas: Program, bens: Program, room: str
) -> None:
    seq = anas.send(room, "on Tuseday")

    assert bens.patch(f"{room}/messages/{seq}", {"body": "mine"}).status_code == 403
    edited = anas.patch(f"{room}/messages/{seq}", {"body": "on Tuesday"})

    assert edited.status_code == 200
    [event] = bens.log(room, seq)
    assert (event["kind"], event["target"]) == ("edit", seq)
    assert (event["seq"], event["body"]) == (edited.json()["seq"], "on Tuesday")


def test_an_edit_of_what_was_before_tells_who_came_later_no_words(
    anas: Program, cleos: Program, ben: Clinician, cleo: Clinician
) -> None:
    room = anas.begin(ben, title="Tuesdays")
    before = anas.send(room, "on Monday")
    anas.post(f"{room}/members", {"clinician": str(cleo.public_id)})

    anas.patch(f"{room}/messages/{before}", {"body": "on Tuesday"})

    edit = cleos.log(room)[-1]
    assert (edit["kind"], edit["target"]) == ("edit", before)
    assert "body" not in edit
    assert anas.log(room)[-1]["body"] == "on Tuesday"


def test_an_edit_that_is_sent_twice_is_kept_once(anas: Program, room: str) -> None:
    seq = anas.send(room)
    edit = {"body": "better", "client_id": str(uuid4())}

    first = anas.patch(f"{room}/messages/{seq}", edit)
    second = anas.patch(f"{room}/messages/{seq}", edit)

    assert first.json() == second.json()
    assert len(anas.log(room, seq)) == 1


def test_what_is_recalled_is_gone_for_everybody(
    anas: Program, bens: Program, room: str
) -> None:
    seq = anas.send(room, "a slip of the tongue")
    anas.patch(f"{room}/messages/{seq}", {"body": "another slip of the tongue"})

    assert bens.delete(f"{room}/messages/{seq}").status_code == 403
    assert anas.delete(f"{room}/messages/{seq}").status_code == 200

    assert "slip of the tongue" not in str(bens.log(room))
    message = bens.log(room, seq - 1)[0]
    assert message["recalled"] is True
    assert bens.log(room)[-1]["kind"] == "recall"
    again = anas.delete(f"{room}/messages/{seq}")
    assert (again.status_code, codes(again)) == (409, [("", "gone")])


def test_reactions_come_and_go(anas: Program, bens: Program, room: str) -> None:
    seq = anas.send(room)
    thanks = f"{room}/messages/{seq}/reactions/thanks"

    assert bens.put(thanks).status_code == 200
    assert bens.delete(thanks).status_code == 200

    said = [(event["kind"], event["reaction"]) for event in anas.log(room, seq)]
    assert said == [("reaction", "+thanks"), ("reaction", "-thanks")]
    assert {event["target"] for event in anas.log(room, seq)} == {seq}


def test_a_message_is_pinned_and_unpinned(
    anas: Program, bens: Program, room: str
) -> None:
    seq = anas.send(room)

    assert bens.put(f"{room}/messages/{seq}/pin").status_code == 200
    assert anas.delete(f"{room}/messages/{seq}/pin").status_code == 200

    assert [event["kind"] for event in anas.log(room, seq)] == ["pin", "unpin"]


@pytest.mark.parametrize("seq", ["99", "1"])
def test_what_is_no_message_cannot_be_spoken_of(
    anas: Program, ben: Clinician, cleo: Clinician, seq: str
) -> None:
    """The first entry of a conversation of several says who came."""
    room = anas.begin(ben, cleo, title="Tuesdays")
    path = f"{room}/messages/{seq}"

    assert anas.patch(path, {"body": "x"}).status_code == 404
    assert anas.delete(path).status_code == 404
    assert anas.put(f"{path}/pin").status_code == 404
    assert anas.put(f"{path}/reactions/thanks").status_code == 404


def test_a_reply_to_nothing_is_refused(anas: Program, room: str) -> None:
    answer = anas.post(f"{room}/messages", a_message(reply_to=99))

    assert (answer.status_code, codes(answer)) == (
        422,
        [("/reply_to", "no_such_message")],
    )


def test_whoever_writes_too_fast_is_told_when_to_come_back(
    anas: Program, bens: Program, room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "BURST", 5.0)
    monkeypatch.setattr(pace, "A_SECOND", 0.01)
    pace.PACE.forget()

    answers = [anas.put(f"{room}/position", {"seq": 1}) for _ in range(6)]

    assert [one.status_code for one in answers] == [204] * 5 + [429]
    assert codes(answers[-1]) == [("", "too_fast")]
    assert int(answers[-1]["Retry-After"]) in range(50, 101)
    assert anas.get(room).status_code == 200
    assert bens.put(f"{room}/position", {"seq": 1}).status_code == 204
