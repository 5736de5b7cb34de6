"""A word that a message was read and is seen to, on the socket."""

import pytest

from messaging.models import Conversation
from network.clinicians.models import Clinician
from tests.live.web import Web
from tests.messaging.live.lines import line_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_is_confirmed_is_acknowledged_and_heard_once(
    web: Web, room: Conversation, ana: Clinician, ben: Clinician
) -> None:
    with line_of(web, ana, room) as anas, line_of(web, ben, room) as bens:
        anas.subscribe(since=room.last_seq)
        bens.subscribe(since=room.last_seq)
        seq = anas.sent("Can you see to this?", confirm_in=3600)
        message = bens.hear("event")
        names = [f"00000000-0000-4000-8000-{number:012}" for number in range(3)]
        for name in names:
            bens.say("confirm", seq=seq, client_id=name)
        acks = [bens.hear("ack") for _ in names]
        heard = [said for said in anas.rest() if said["type"] == "event"]

    assert message["confirm_by"] > message["at"]
    assert [(said["client_id"], said["seq"]) for said in acks] == [
        (name, seq + 1) for name in names
    ]
    [_, word] = heard
    assert (word["kind"], word["target"]) == ("confirm", seq)
    assert word["sender"]["id"] == str(ben.public_id)


def test_what_cannot_be_confirmed_is_refused(
    web: Web, room: Conversation, ana: Clinician, ben: Clinician
) -> None:
    with line_of(web, ana, room) as anas, line_of(web, ben, room) as bens:
        own = anas.sent("Mine", confirm_in=3600)
        plain = anas.sent("Nothing is asked")
        anas.say("confirm", seq=own, ref="own")
        bens.say("confirm", seq=plain, ref="plain")
        bens.say("confirm", seq=999, ref="none")
        bens.say("confirm", seq="1", ref="odd")

        assert anas.refusal() == ("not_asked", "own")
        refusals = [bens.refusal() for _ in range(3)]
    assert sorted(refusals) == [
        ("malformed", "odd"),
        ("no_such_message", "none"),
        ("not_asked", "plain"),
    ]
