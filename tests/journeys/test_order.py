"""What one writes is kept in its order, whatever the line does."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from playwright.sync_api import Route, expect

from messaging.actions.lock import locked
from messaging.models import Conversation
from network.clinicians.models import Clinician
from tests.factories import a_direct
from tests.journeys.conftest import TabOf, until
from tests.journeys.test_messages import at, bodies, last, write
from tests.messaging.saying import place_of, say, texts

SENT = re.compile("/api/v1/.*/messages$")


@contextmanager
def busy(room: Conversation) -> Iterator[None]:
    """Somebody else's action holds it."""
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            locked(room)
            held.set()
            done.wait(60)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    assert held.wait(60), "it is not held"
    try:
        yield
    finally:
        done.set()
        holder.join()


def test_what_waits_for_a_busy_conversation_is_not_overtaken(
    tab_of: TabOf, ana: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)
    anas = tab_of(ana)
    at(anas, room)
    write(anas, "Zero")
    expect(last(anas)).to_contain_text("kept")

    with busy(room):
        write(anas, "One")
        anas.wait_for_timeout(1_200)
        write(anas, "Two")
        anas.wait_for_timeout(600)
    expect(last(anas)).to_contain_text("kept")
    assert texts(ana, room) == ["Zero", "One", "Two"]
    expect(bodies(anas)).to_have_text(["Zero", "One", "Two"])


def test_forms_go_one_after_the_other(
    tab_of: TabOf, ana: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)
    anas = tab_of(ana)
    at(anas, room)
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        held.append(route)
        if len(held) > 1:
            route.continue_()

    anas.route(SENT, hold_the_first)
    anas.evaluate("document.querySelector('live-connection').leave()")
    with anas.expect_request(SENT):
        write(anas, "One")
    write(anas, "Two")
    anas.wait_for_timeout(500)
    assert texts(ana, room) == []

    held[0].continue_()
    expect(last(anas)).to_contain_text("kept")
    assert texts(ana, room) == ["One", "Two"]
    expect(bodies(anas)).to_have_text(["One", "Two"])


def test_how_far_one_read_is_said_again_after_a_line_that_died(
    tab_of: TabOf, ana: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)
    say(ana, room, "One")
    bens = tab_of(ben)
    at(bens, room)
    until(bens, lambda: place_of(ben, room).unread == 0)

    bens.evaluate("""() => {
        const line = document.querySelector("live-connection");
        line.socket.send = () => {};
    }""")
    say(ana, room, "Two")
    expect(bodies(bens)).to_have_text(["One", "Two"])
    bens.wait_for_timeout(1_000)
    assert place_of(ben, room).unread == 1
    bens.evaluate("document.querySelector('live-connection').lose(1006)")
    until(bens, lambda: place_of(ben, room).unread == 0)


def test_a_recall_waits_for_no_words_that_cannot_be_kept(
    tab_of: TabOf, ana: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)
    seq = say(ana, room, "Maria was here").seq
    anas = tab_of(ana)
    at(anas, room)
    anas.route(SENT, lambda route: route.fulfill(status=503))
    anas.evaluate("document.querySelector('live-connection').leave()")
    write(anas, "This one stays")
    expect(last(anas)).to_contain_text("Not sent yet.")

    recall = (
        "seq => document.querySelector('message-thread').send({type: 'recall', seq})"
    )
    anas.evaluate(recall, seq)
    until(anas, lambda: not any(texts(ana, room)))
    expect(bodies(anas).last).to_have_text("This one stays")
