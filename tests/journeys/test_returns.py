"""What was not taken is the writer's again, also where nobody writes any more."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, Route, expect

from messaging.actions.conversations import close
from messaging.actions.guarding import set_guard
from messaging.models import Conversation, Kind, Message
from network.clinicians.actions.blocks import block_colleague
from network.clinicians.models import Clinician
from tests.factories import a_conversation, a_direct
from tests.journeys.conftest import TabOf, follow
from tests.journeys.test_accessibility import axe
from tests.journeys.test_messages import at, bodies, box, last, write
from tests.messaging.saying import do, her, say

TELLING = "Call Maria Lopez at 914 555 0142"
NOTHING_MORE = "Nothing more can be written here."
SENT = re.compile("/api/v1/.*/messages$")
LEFT = "What you had begun to write, for you alone"


def leaves(page: Page) -> None:
    """And the browser does not ask whether she means it."""
    page.on("dialog", lambda asked: asked.accept())
    with page.expect_event("close"):
        page.close(run_before_unload=True)


@contextmanager
def unanswered(page: Page) -> Iterator[None]:
    """What is sent meanwhile is answered afterwards, and by a form."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(SENT, hold)
    page.evaluate("document.querySelector('live-connection').leave()")
    with page.expect_request(SENT):
        yield
    held.pop().continue_()
    page.unroute(SENT)


def test_what_a_blocked_colleague_writes_stays_with_her(
    tab_of: TabOf, ana: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)
    say(ana, room, "On Tuesday?")
    anas = tab_of(ana)
    at(anas, room)
    block_colleague(ben, ana, by=her(ben))

    with anas.expect_response(re.compile("/draft/")) as kept:
        write(anas, "Or on Friday?")
    assert kept.value.status == 204
    expect(anas.get_by_text(NOTHING_MORE, exact=True).last).to_be_visible()
    expect(box(anas)).to_have_count(0)
    expect(bodies(anas)).to_have_text(["On Tuesday?"])
    expect(anas.get_by_label(LEFT)).to_have_value("Or on Friday?")
    assert axe(anas) == []
    anas.reload()
    expect(anas.get_by_label(LEFT)).to_have_value("Or on Friday?")
    assert (
        anas.evaluate("document.querySelector('message-thread').outbox.items.size") == 0
    )


def test_who_leads_a_conversation_closes_it_under_those_who_write(
    tab_of: TabOf, dana: Clinician, ana: Clinician, ben: Clinician
) -> None:
    room = a_conversation(dana, ana, ben, title="Tuesday")
    say(ana, room, "Before.")
    anas, bens, danas = tab_of(ana), tab_of(ben), tab_of(dana)
    at(anas, room)
    at(bens, room)
    box(anas).fill("Half a thought")

    danas.goto(f"{room.get_absolute_url()}about/")
    danas.get_by_text("Close this conversation").click()
    follow(danas.get_by_role("button", name="Close for good"))
    expect(danas.locator(".thread__note")).to_have_text(
        ["The conversation was closed."]
    )
    expect(danas.get_by_text(NOTHING_MORE, exact=True)).to_be_visible()

    for page in (anas, bens):
        expect(page.locator(".thread__note")).to_have_text(
            ["The conversation was closed."]
        )
        expect(box(page)).to_have_count(0)
        expect(bodies(page)).to_have_text(["Before."])
    expect(anas.get_by_label(LEFT)).to_have_value("Half a thought")
    expect(bens.get_by_label(LEFT)).to_be_hidden()
    last(bens).hover()
    last(bens).get_by_label(re.compile("more")).click()
    expect(bens.get_by_role("button", name="Reply")).to_be_hidden()
    expect(bens.get_by_role("link", name="History and more")).to_be_visible()


def test_a_refused_line_is_taken_back_below_what_stands_in_the_box(
    tab_of: TabOf, ana: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)
    set_guard(room, Conversation.Guarding.BLOCK, by=her(ana))
    anas = tab_of(ana)
    at(anas, room)
    with unanswered(anas):
        write(anas, TELLING)
        box(anas).fill("And the next.")
    expect(last(anas)).to_contain_text("Not sent: it could tell who somebody is.")
    expect(box(anas)).to_have_value("And the next.")
    anas.get_by_role("button", name="Take back").click()

    expect(bodies(anas)).to_have_count(0)
    expect(box(anas)).to_have_value(f"And the next.\n{TELLING}")
    expect(box(anas)).to_be_focused()
    expect(anas.locator("[data-amiss]")).to_be_visible()
    leaves(anas)


def test_why_it_came_back_stands_by_the_box_until_it_is_empty(
    tab_of: TabOf, ana: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)
    set_guard(room, Conversation.Guarding.BLOCK, by=her(ana))
    anas = tab_of(ana)
    at(anas, room)
    write(anas, TELLING)

    why = anas.locator("[data-amiss]")
    expect(why).to_have_text("Not sent: it could tell who somebody is.")
    expect(why).to_be_visible()
    assert axe(anas) == []
    write(anas, "Call the client.")
    expect(last(anas)).to_contain_text("kept")
    expect(why).to_be_hidden()


def test_words_come_back_without_taking_her_place_elsewhere(
    tab_of: TabOf, ana: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)
    set_guard(room, Conversation.Guarding.BLOCK, by=her(ana))
    anas = tab_of(ana)
    at(anas, room)
    search = anas.get_by_role("searchbox", name="Search messages")

    with unanswered(anas):
        write(anas, TELLING)
        search.click()
        anas.keyboard.type("sle")
    expect(box(anas)).to_have_value(TELLING)
    anas.keyboard.type("ep")
    expect(search).to_have_value("sleep")
    expect(box(anas)).to_have_value(TELLING)


def test_nothing_is_taken_back_into_an_edit(
    tab_of: TabOf, ana: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)
    set_guard(room, Conversation.Guarding.BLOCK, by=her(ana))
    say(ana, room, "Kept.")
    anas = tab_of(ana)
    at(anas, room)
    with unanswered(anas):
        write(anas, TELLING)
        box(anas).press("ArrowUp")

    back = anas.get_by_role("button", name="Take back")
    back.click()
    expect(anas.locator("[data-amiss]")).to_have_text(
        "First finish or cancel what you are editing."
    )
    expect(box(anas)).to_have_value("Kept.")
    box(anas).press("Escape")
    expect(anas.locator("[data-amiss]")).to_be_hidden()
    back.click()
    expect(box(anas)).to_have_value(TELLING)
    expect(anas.locator("[data-about]")).to_be_hidden()


@pytest.mark.parametrize(
    ("more", "left"), [(" And finer.", "Kept. And finer."), ("", "")]
)
def test_an_edit_of_a_message_that_is_gone_is_new_or_nothing(
    tab_of: TabOf, ana: Clinician, ben: Clinician, more: str, left: str
) -> None:
    room = a_direct(ana, ben)
    say(ana, room, "Kept.")
    anas = tab_of(ana)
    at(anas, room)
    box(anas).fill("Begun")
    taken = "document.querySelector('message-composer').subject.take('edit', m1)"
    anas.evaluate(taken)
    box(anas).press("End")
    anas.keyboard.type(more)

    do(ana, room, "recall", 1)

    expect(box(anas)).to_have_value(f"Begun\n{left}" if left else "Begun")
    expect(anas.locator("[data-about]")).to_be_hidden()
    said = "The message you were editing is gone: these words would be a new one."
    expect(anas.locator("[data-amiss]")).to_have_text(said if left else "")
    box(anas).press("Enter")
    expect(anas.locator(".message").last).to_contain_text("Begun")


def test_what_comes_back_disappears_as_it_was_to(
    tab_of: TabOf, ana: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)
    set_guard(room, Conversation.Guarding.BLOCK, by=her(ana))
    anas = tab_of(ana)
    at(anas, room)
    anas.get_by_text("Options").click()
    anas.get_by_label("Stays").select_option(label="an hour")
    write(anas, TELLING)
    expect(anas.locator("[data-amiss]")).to_be_visible()

    write(anas, "Call the client.")
    expect(last(anas)).to_contain_text("kept")
    [message] = Message.objects.filter(conversation=room, kind=Kind.MESSAGE)
    assert message.expires_at is not None


def test_nothing_is_done_any_more_in_a_closed_conversation(
    tab_of: TabOf, dana: Clinician, ana: Clinician
) -> None:
    room = a_conversation(dana, ana, title="Tuesday")
    seq = say(ana, room, "Before.").seq
    do(dana, room, "reaction", seq, detail="+agree")
    anas = tab_of(ana)
    at(anas, room)
    last(anas).hover()
    last(anas).get_by_label(re.compile("more")).click()
    anas.get_by_role("button", name="Recall").click()
    expect(anas.get_by_role("dialog", name="Recall this message?")).to_be_visible()

    close(room, by=her(dana))
    expect(anas.get_by_text("Recall this message?")).to_be_hidden()
    anas.locator(".reaction").click()
    expect(last(anas)).to_contain_text("Before.")
    expect(last(anas)).not_to_contain_text("Not")
    leaves(anas)


def test_the_browser_asks_for_words_that_could_not_be_kept_at_closing(
    tab_of: TabOf, dana: Clinician, ana: Clinician
) -> None:
    room = a_conversation(dana, ana, title="Tuesday")
    anas = tab_of(ana)
    at(anas, room)
    anas.route(re.compile("/draft/"), lambda route: route.abort())
    box(anas).fill("Half a thought")

    close(room, by=her(dana))
    expect(anas.get_by_label(LEFT)).to_have_value("Half a thought")
    expect(anas.get_by_text("It could not be kept: copy it")).to_be_visible()
    with anas.expect_event("dialog") as asked:
        anas.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()


def test_an_edit_that_follows_a_refused_one_stands_alone(
    tab_of: TabOf, ana: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)
    set_guard(room, Conversation.Guarding.BLOCK, by=her(ana))
    seq = say(ana, room, "Fine.").seq
    anas = tab_of(ana)
    at(anas, room)
    box(anas).fill("Something else.")
    edit = (
        "body => document.querySelector('message-thread').send({...body, type: 'edit'})"
    )

    anas.evaluate(edit, {"seq": seq, "body": TELLING})
    expect(last(anas)).to_contain_text("Not changed: it could tell who somebody is.")
    anas.evaluate(edit, {"seq": seq, "body": "Finer."})
    expect(bodies(anas)).to_have_text(["Finer."])
    expect(anas.get_by_role("button", name="Take back")).to_have_count(0)
    box(anas).fill("")
    leaves(anas)


def test_a_kind_of_news_from_a_newer_server_breaks_nothing(
    tab_of: TabOf, ana: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)
    seq = say(ana, room, "One.").seq
    anas = tab_of(ana)
    at(anas, room)
    faults: list[str] = []
    anas.on("pageerror", lambda fault: faults.append(str(fault)))
    anas.evaluate(
        """seq => {
            const thread = document.querySelector("message-thread");
            const { conversation, epoch } = thread.room;
            thread.hear({ type: "event", conversation, epoch, seq, kind: "later" });
        }""",
        seq + 1,
    )
    assert anas.evaluate("document.querySelector('message-thread').room.seq") == seq + 1
    assert faults == []
