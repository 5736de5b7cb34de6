"""Three write together: one loses the line, comes back, and is removed at the end."""

import re

from playwright.sync_api import Page, WebSocketRoute, expect

from messaging.actions.members import remove_member
from messaging.models import Kind, Message
from network.clinicians.models import Clinician
from tests.factories import a_conversation, a_direct
from tests.journeys.test_messages import (
    Open,
    bodies,
    box,
    cut,
    last,
    open_at,
    synced,
    user,
    write,
)
from tests.messaging.saying import say

__all__ = ["open_at"]  # a fixture


class Talk:
    """What all who are there read, in this order."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def write(self, page: Page, words: str, *readers: Page) -> None:
        write(page, words)
        self.is_read(words, page, *readers)

    def is_read(self, words: str, *readers: Page) -> None:
        self.said.append(words)
        for page in readers:
            expect(bodies(page)).to_have_text(self.said)


def test_dana_ana_and_cleo_write_and_cleo_goes_twice(
    open_at: Open, dana: Clinician, ana: Clinician, cleo: Clinician
) -> None:
    room, talk = a_conversation(dana, ana, cleo, title="Tuesday"), Talk()
    danas, anas, cleos = (open_at(one, room) for one in (dana, ana, cleo))
    talk.write(danas, "Who is free?", anas, cleos)
    talk.write(anas, "I am.", danas, cleos)
    talk.write(cleos, "So am I.", danas, anas)

    cut(cleos.context)
    talk.write(danas, "At nine?", anas)
    talk.write(anas, "At ten.", danas)
    write(cleos, "From the train.")
    expect(last(cleos)).to_contain_text("Not sent yet.")
    cleos.context.set_offline(False)
    talk.is_read("From the train.", cleos, danas, anas)
    expect(last(cleos)).to_contain_text("kept")

    remove_member(room, cleo, by=user(dana))
    gone = cleos.get_by_text("You are no longer in this conversation.")
    expect(gone).to_be_visible()
    talk.write(anas, "Without her.", danas)
    for words in talk.said:
        expect(cleos.get_by_text(words)).to_have_count(0)
    expect(box(cleos)).to_have_count(0)
    kept = Message.objects.filter(conversation=room, kind=Kind.MESSAGE)
    assert kept.count() == len(talk.said)


def test_a_room_that_could_not_be_entered_for_a_moment_is_asked_for_again(
    open_at: Open, ana: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)
    anas = open_at(ana, room)
    refused: list[str] = []

    def between(line: WebSocketRoute) -> None:
        server = line.connect_to_server()

        def hear(said: str | bytes) -> None:
            if '"subscribe"' in str(said) and not refused:
                refused.append(str(said))
                line.send('{"type": "error", "code": "unavailable", "ref": "room"}')
            else:
                server.send(said)

        line.on_message(hear)

    anas.context.route_web_socket(re.compile("/live/"), between)
    anas.goto(room.get_absolute_url())
    synced(anas)
    say(ben, room, "Do you hear me?")

    expect(bodies(anas)).to_have_text(["Do you hear me?"])
    assert refused
