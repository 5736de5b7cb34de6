"""Who writes and who is here is told, never kept, and only as people wish."""

import pytest

from messaging.actions.manners import show_presence
from messaging.models import Conversation, Message
from network.clinicians.actions.blocks import block_colleague
from network.clinicians.models import Clinician
from tests.factories import a_direct
from tests.live.web import Frame, Web
from tests.messaging.live.lines import Line, line_of, user_of

pytestmark = pytest.mark.django_db(transaction=True)


def heard_of(line: Line, seconds: float = 3) -> list[tuple[str, bool]]:
    """However late the first of it comes, and whatever follows soon."""
    heard = [line.hear("presence"), *rest(line, seconds, "presence")]
    return [(said["person"], said["here"]) for said in heard]


def rest(line: Line, seconds: float, *kinds: str) -> list[Frame]:
    return [said for said in line.rest(seconds) if said["type"] in kinds]


def test_others_hear_that_ana_writes_once_in_a_while(
    web: Web, room: Conversation, ana: Clinician, ben: Clinician
) -> None:
    with line_of(web, ana, room) as anas, line_of(web, ben, room) as bens:
        for line in (anas, bens):
            line.subscribe(since=room.last_seq)
        for _ in range(5):
            anas.say("typing")

        note = {"conversation": anas.room, "person": str(ana.public_id)}
        assert bens.hear("typing") == {"type": "typing", **note}
        assert [*rest(bens, 0.5, "typing"), *rest(anas, 0.1, "typing")] == []
    assert not Message.objects.filter(kind="message").exists()


def test_who_has_the_room_open_is_seen_until_she_has_gone_for_a_while(
    web: Web, room: Conversation, ana: Clinician, ben: Clinician
) -> None:
    with line_of(web, ana, room) as anas:
        anas.subscribe(since=room.last_seq)
        with line_of(web, ben, room) as bens:
            bens.subscribe(since=room.last_seq)
            assert heard_of(anas) == [(str(ben.public_id), True)]
            assert (str(ana.public_id), True) in heard_of(bens, 0.5)
        with line_of(web, ben, room) as bens:
            bens.subscribe(since=room.last_seq)
            assert heard_of(bens, 0.5) == [(str(ana.public_id), True)]
            assert rest(anas, 3, "presence") == []
        assert heard_of(anas) == [(str(ben.public_id), False)]


def test_whoever_has_sent_what_she_wrote_is_heard_to_write_again(
    web: Web, room: Conversation, ana: Clinician, ben: Clinician
) -> None:
    with line_of(web, ana, room) as anas, line_of(web, ben, room) as bens:
        for line in (anas, bens):
            line.subscribe(since=room.last_seq)
        for _ in range(2):
            anas.say("typing")
            anas.sent("So much for that")
            anas.say("typing")
        said = [bens.hear("typing", "event")["type"] for _ in range(5)]
        assert rest(bens, 0.5, "typing", "event") == []
    assert said == ["typing", "event"] * 2 + ["typing"]


def test_who_hides_is_gone_for_others_within_seconds(
    web: Web, room: Conversation, ana: Clinician, ben: Clinician
) -> None:
    with line_of(web, ana, room) as anas, line_of(web, ben, room) as bens:
        for line in (anas, bens):
            line.subscribe(since=room.last_seq)
        assert heard_of(anas) == [(str(ben.public_id), True)]
        show_presence(ben, is_shown=False, by=user_of(ben))
        assert heard_of(anas) == [(str(ben.public_id), False)]


def test_who_is_shy_neither_shows_nor_sees(
    web: Web, room: Conversation, ana: Clinician, ben: Clinician
) -> None:
    show_presence(ben, is_shown=False, by=user_of(ben))
    with line_of(web, ana, room) as anas, line_of(web, ben, room) as bens:
        for line in (anas, bens):
            line.subscribe(since=room.last_seq)
        anas.say("typing")
        bens.say("typing")

        assert anas.rest(5) == bens.rest(0.1) == []


def test_where_one_blocks_the_other_neither_hears_that_she_writes(
    web: Web, transactional_db: None, ana: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)
    block_colleague(ben, ana, by=user_of(ben))
    with line_of(web, ana, room) as anas, line_of(web, ben, room) as bens:
        for line in (anas, bens):
            line.subscribe()
        anas.say("typing")
        bens.say("typing")

        assert bens.rest(2) == anas.rest(0.1) == []
