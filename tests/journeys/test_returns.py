"""What was not taken is the writer's again, also where nobody writes any more."""

import re

from playwright.sync_api import Page, Route, expect

from messaging.actions.guarding import set_guard
from messaging.models import Conversation
from network.clinicians.actions.blocks import block_colleague
from network.clinicians.models import Clinician
from tests.factories import a_conversation, a_direct
from tests.journeys.conftest import TabOf, follow
from tests.journeys.test_accessibility import axe
from tests.journeys.test_messages import at, bodies, box, last, write
from tests.messaging.saying import her, say

TELLING = "Call Maria Lopez at 914 555 0142"
NOTHING_MORE = "Nothing more can be written here."
LEFT = "What you had begun to write, for you alone"


def leaves(page: Page) -> None:
    """And the browser does not ask whether she means it."""
    page.on("dialog", lambda asked: asked.accept())
    with page.expect_event("close"):
        page.close(run_before_unload=True)


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
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    anas.route(re.compile("/api/v1/.*/messages$"), hold)
    anas.evaluate("document.querySelector('live-connection').leave()")

    with anas.expect_request(re.compile("/api/v1/.*/messages$")):
        write(anas, TELLING)
    box(anas).fill("And the next.")
    held.pop().continue_()
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
