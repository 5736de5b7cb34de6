"""Two therapists write to each other: what is sent is kept, whatever the line does."""

import re
from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from messaging.actions.members import remove_member
from messaging.actions.muting import mute_topic
from messaging.actions.topics import make_topic
from messaging.drafts import draft_of
from messaging.models import Conversation, Kind, Message
from messaging.sending import read_up_to
from messaging.thread.page import MOST
from network.accounts.models import User
from network.clinicians.models import Clinician
from tests.factories import a_conversation, a_direct
from tests.journeys.conftest import TabOf, follow, leading_on, until
from tests.journeys.test_accessibility import axe, barriers
from tests.messaging.saying import do, say

STYLED = """[...document.querySelectorAll("link[rel=stylesheet]")].every((l) => l.sheet)
    && getComputedStyle(document.querySelector(".composer")).display === "grid" """
Open = Callable[[Clinician, Conversation], Page]
# There is a line, and all that was asked for on it has come.
# While the site's worker takes over, a request may pass by whoever holds it up.
SYNCED = """() => {
  const { room } = document.querySelector("message-thread");
  const { isHere } = document.querySelector("live-connection");
  const hasTaken = navigator.serviceWorker.controller !== null;
  return isHere && room?.isAsking === false && hasTaken;
}"""


@pytest.fixture
def open_at(tab_of: TabOf) -> Open:
    """A browser of somebody's own, at a conversation and connected to it."""

    def opened(who: Clinician, room: Conversation) -> Page:
        page = tab_of(who)
        at(page, room)
        return page

    return opened


def at(page: Page, room: Conversation) -> None:
    page.goto(room.get_absolute_url())
    synced(page)


def synced(page: Page) -> None:
    until(page, lambda: page.evaluate(SYNCED))


def user(person: Clinician) -> User:
    assert isinstance(person.user, User)
    return person.user


def box(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Message", exact=True)


def write(page: Page, words: str) -> None:
    box(page).fill(words)
    box(page).press("Enter")


def bodies(page: Page) -> Locator:
    return page.locator(".thread__log .message__body")


def last(page: Page) -> Locator:
    return page.locator(".thread__log .message").last


def cut(context: BrowserContext) -> None:
    """The network goes, and the socket with it."""
    context.set_offline(True)
    for page in context.pages:
        page.evaluate("document.querySelector('live-connection').lose(1006)")


def test_what_ana_writes_is_there_at_once_and_kept_and_ben_has_it(
    open_at: Open, ana: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)
    anas, bens = open_at(ana, room), open_at(ben, room)

    box(anas).press_sequentially("Good")
    expect(bens.get_by_text("Ana Heron is writing")).to_be_visible()
    write(anas, "Good morning.")

    expect(last(anas)).to_contain_text("kept")
    expect(bodies(bens)).to_have_text(["Good morning."])
    expect(bens.get_by_text("Ana Heron is writing")).to_have_count(0)
    expect(bens.locator("[data-says]")).to_have_text("Ana Heron: Good morning.")
    expect(box(anas)).to_have_value("")
    write(bens, "Good morning,\nAna.")
    expect(bodies(anas)).to_have_text(["Good morning.", "Good morning,\nAna."])


def test_ben_loses_the_line_and_catches_up_without_doubles(
    open_at: Open, ana: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)
    anas, bens = open_at(ana, room), open_at(ben, room)
    write(anas, "one")
    expect(bodies(bens)).to_have_text(["one"])

    cut(bens.context)
    write(anas, "two")
    write(anas, "three")
    expect(bodies(anas)).to_have_text(["one", "two", "three"])
    write(bens, "from the tunnel")
    expect(last(bens)).to_contain_text("Not sent yet.")
    expect(bens.get_by_text("What you send waits here")).to_be_visible()

    bens.context.set_offline(False)
    expected = ["one", "two", "three", "from the tunnel"]
    expect(bodies(bens)).to_have_text(expected)
    expect(bodies(anas)).to_have_text(expected)
    expect(last(bens)).to_contain_text("kept")
    expect(bens.get_by_text("What you send waits here")).to_be_hidden()
    kept = Message.objects.filter(conversation=room, kind=Kind.MESSAGE)
    assert kept.count() == len(expected)


def test_without_a_socket_a_message_goes_by_http_and_the_log_is_fetched(
    open_at: Open, ana: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)
    anas = open_at(ana, room)
    anas.context.route_web_socket(re.compile("/live/"), lambda line: line.close())
    anas.goto(room.get_absolute_url())

    write(anas, "by another way")
    expect(last(anas)).to_contain_text("kept")
    say(ben, room, "I have it.")

    expect(bodies(anas)).to_have_text(["by another way", "I have it."])


def test_cleo_is_removed_while_she_looks(
    open_at: Open, dana: Clinician, ana: Clinician, cleo: Clinician
) -> None:
    room = a_conversation(dana, ana, cleo, title="Tuesday")
    say(ana, room, "Before.")
    anas, cleos = open_at(ana, room), open_at(cleo, room)
    expect(bodies(cleos)).to_have_text(["Before."])

    remove_member(room, cleo, by=user(dana))

    notice = cleos.get_by_text("You are no longer in this conversation.")
    expect(notice).to_be_visible()
    expect(cleos.get_by_text("Before.")).to_have_count(0)
    write(anas, "After.")
    expect(anas.get_by_text("Removed: Cleo Wren")).to_be_visible()
    expect(bodies(anas)).to_have_text(["Before.", "After."])
    expect(cleos.get_by_text("After.")).to_have_count(0)
    expect(cleos.get_by_role("link", name=re.compile("Tuesday"))).to_have_count(0)


def test_a_draft_is_there_again_and_no_word_of_it_stays_in_the_browser(
    open_at: Open, ana: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)
    anas = open_at(ana, room)

    box(anas).fill("Half a thought")
    expect(anas.get_by_text("draft kept")).to_be_visible()
    anas.reload()
    expect(box(anas)).to_have_value("Half a thought")

    stored = anas.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "thought" not in stored
    with anas.expect_response(re.compile("/draft/")):
        box(anas).press("Enter")
    expect(last(anas)).to_contain_text("kept")
    anas.reload()
    expect(box(anas)).to_have_value("")


def is_draft(who: Clinician, room: Conversation, words: str) -> bool:
    return draft_of(who, room) == words


def test_words_typed_just_before_one_leaves_are_kept(
    open_at: Open, ana: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)
    anas = open_at(ana, room)
    assert anas.evaluate("async () => !!(await navigator.serviceWorker.ready).active")

    for number in range(6):
        words = f"Thought {number}"
        box(anas).fill(words)
        anas.reload()
        until(anas, partial(is_draft, ana, room, words))
    box(anas).fill("The last thought")
    follow(anas.get_by_role("link", name="Today").first)
    until(anas, partial(is_draft, ana, room, "The last thought"))


def test_what_one_tab_sends_loses_no_draft_of_another(
    open_at: Open, ana: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)
    one = open_at(ana, room)
    other = one.context.new_page()
    at(other, room)

    box(one).fill("A long thought")
    expect(one.get_by_text("draft kept")).to_be_visible()
    box(other).fill("ok")
    expect(other.get_by_text("draft kept")).to_be_visible()
    box(other).press("Enter")
    expect(last(other)).to_contain_text("kept")
    until(other, lambda: draft_of(ana, room) == "")

    one.goto("/messages/")
    until(one, lambda: draft_of(ana, room) == "A long thought")


def test_the_second_tab_leads_past_the_lines_to_where_one_writes(
    open_at: Open, ana: Clinician, ben: Clinician
) -> None:
    anas = open_at(ana, a_direct(ana, ben))
    for _ in range(2):
        anas.keyboard.press("Tab")
    expect(anas.get_by_role("link", name="Skip to your message")).to_be_focused()
    anas.keyboard.press("Enter")
    expect(box(anas)).to_be_focused()


def test_ana_edits_and_recalls_by_keyboard_alone(
    open_at: Open, ana: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)
    anas, bens = open_at(ana, room), open_at(ben, room)
    box(anas).focus()
    anas.keyboard.type("A first")
    anas.keyboard.press("Shift+Enter")
    anas.keyboard.type("thought")
    anas.keyboard.press("Enter")
    expect(last(anas)).to_have_attribute("data-seq", re.compile("."))

    anas.keyboard.press("ArrowUp")
    expect(anas.locator("[data-about]")).to_have_text(re.compile("Editing your"))
    expect(last(anas)).to_have_attribute("data-taken", "")
    anas.keyboard.press("Escape")
    expect(box(anas)).to_have_value("")
    expect(last(anas)).not_to_have_attribute("data-taken", re.compile(""))
    anas.keyboard.press("ArrowUp")
    anas.keyboard.type(", and a second")
    anas.keyboard.press("Enter")
    expect(bodies(bens)).to_have_text(["A first\nthought, and a second"])
    for page in (anas, bens):
        expect(last(page).get_by_role("link", name="edited")).to_be_visible()

    more = last(anas).get_by_role("link", name=re.compile("Reply, react and more"))
    more.focus()
    anas.keyboard.press("Enter")
    anas.get_by_role("button", name="Recall…").press("Enter")
    anas.get_by_role("button", name="Recall", exact=True).press("Enter")
    expect(bodies(bens)).to_have_text(["This message was recalled."])


def test_an_older_page_keeps_what_is_done_there_and_leads_to_where_one_writes(
    open_at: Open, ana: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)
    for number in range(55):
        say(ana, room, f"No. {number}")
    bens = open_at(ben, room)
    bens.goto(f"{room.get_absolute_url()}?before=10")
    expect(bodies(bens).first).to_have_text("No. 0")
    expect(box(bens)).to_have_count(0)

    third = bens.locator(".thread__log .message").nth(3)
    follow(third.get_by_role("link", name=re.compile("Reply, react and more")))
    follow(bens.get_by_role("button", name="Thank you"))
    thanks = third.get_by_role("button", name="Thank you", pressed=True)
    expect(thanks).to_be_visible()
    follow(third.get_by_role("link", name=re.compile("Reply, react and more")))
    follow(bens.get_by_role("link", name="Reply", exact=True))
    synced(bens)
    write(bens, "About the third.")
    expect(last(bens)).to_contain_text("kept")
    assert Message.objects.get(sender=ben, kind=Kind.MESSAGE).reply_to == 4


def test_what_ana_does_with_a_message_waits_for_the_line_too(
    open_at: Open, ana: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)
    say(ana, room, "Maria was here")
    anas, bens = open_at(ana, room), open_at(ben, room)

    cut(anas.context)
    choose(anas, "Recall")
    anas.get_by_role("dialog").get_by_role("button", name="Recall").click()
    expect(last(anas)).to_contain_text("Not sent yet.")
    expect(bodies(bens)).to_have_text(["Maria was here"])

    anas.context.set_offline(False)
    for page in (anas, bens):
        said = bodies(page)
        expect(said).to_have_text(["This message was recalled."])
    expect(last(anas)).not_to_contain_text("Not sent yet.")


def test_the_browser_asks_before_words_that_wait_are_lost(
    open_at: Open, ana: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)
    anas = open_at(ana, room)
    cut(anas.context)
    write(anas, "from the tunnel")
    expect(last(anas)).to_contain_text("Not sent yet.")
    with anas.expect_event("dialog") as asked:
        anas.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()

    anas.context.set_offline(False)
    expect(last(anas)).to_contain_text("kept")


def test_ana_tries_an_edit_again_that_found_no_line(
    open_at: Open, ana: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)
    say(ana, room, "At nine?")
    anas, bens = open_at(ana, room), open_at(ben, room)

    api = re.compile("/api/v1/")
    anas.route(api, lambda route: route.abort())
    anas.evaluate("document.querySelector('live-connection').leave()")
    choose(anas, "Edit")
    write(anas, "At ten?")
    expect(last(anas)).to_contain_text("Not sent yet.")
    anas.unroute(api)
    anas.get_by_role("button", name="Retry").click()
    expect(bodies(bens)).to_have_text(["At ten?"])
    expect(last(anas)).to_contain_text("kept")


def test_an_answer_a_reaction_and_a_pin_are_seen_by_both(
    open_at: Open, ana: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)
    say(ana, room, "Shall we?")
    anas, bens = open_at(ana, room), open_at(ben, room)

    choose(bens, "Reply")
    write(bens, "Yes.")
    expect(last(anas).locator(".message__quote")).to_have_text("You Shall we?")
    first = anas.locator(".message").first
    choose(bens, "Thank you")
    expect(first.get_by_role("button", name="Thank you")).to_have_text(re.compile("1"))
    first.get_by_role("button", name="Thank you").click()
    thanks = bens.locator(".message").first.get_by_role("button", name="Thank you")
    expect(thanks).to_have_text(re.compile("2"))
    choose(bens, "Pin for everybody")
    expect(first.get_by_text("pinned")).to_be_visible()


def test_what_an_answer_answers_is_marked_wherever_it_was_begun(
    tab_of: TabOf, ana: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)
    seq = say(ben, room, "On Tuesday?").seq
    anas = tab_of(ana)
    anas.goto(f"{room.get_absolute_url()}?reply={seq}")
    synced(anas)

    expect(anas.locator(".message[data-taken]")).to_contain_text("On Tuesday?")
    anas.get_by_role("link", name="Cancel").click()
    expect(anas.locator(".message[data-taken]")).to_have_count(0)
    expect(anas.locator("[data-about]")).to_be_hidden()


def test_recalled_words_are_gone_wherever_they_were_repeated(
    open_at: Open, ana: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)
    say(ana, room, "Words to be regretted")
    say(ben, room, "Are you sure?", reply_to=1)
    anas, bens = open_at(ana, room), open_at(ben, room)
    choose(bens, "Reply")
    expect(bens.get_by_text("Answers Ana Heron: Words to be")).to_be_visible()

    say(ana, room, "Other words", kind="edit", target=1)
    for page in (anas, bens):
        expect(page.locator("li .message__quote:visible")).to_contain_text("Other")
    do(ana, room, "recall", 1)

    for page in (anas, bens):
        quote = page.locator("li .message__quote:visible")
        expect(quote).to_contain_text("This message was recalled.")
        expect(page.locator("message-thread")).not_to_contain_text("regretted")
        expect(page.locator("message-thread")).not_to_contain_text("Other words")


def test_what_is_pinned_shows_to_everybody_at_once_and_goes_with_its_pin(
    open_at: Open, ana: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)
    say(ana, room, "Shall we?")
    anas, bens = open_at(ana, room), open_at(ben, room)

    choose(bens, "Pin for everybody")
    for page in (anas, bens):
        page.locator("#bar").get_by_text("Pinned").click()
        expect(page.locator("#bar").get_by_role("link")).to_contain_text("Shall we?")
    choose(anas, "Unpin")
    for page in (anas, bens):
        expect(page.locator("#bar")).to_be_hidden()


def test_every_entry_of_a_menu_is_in_reach_above_a_keyboard(
    open_at: Open, ana: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)
    seq = say(ben, room, "A word.").seq
    anas = open_at(ana, room)
    anas.set_viewport_size({"width": 390, "height": 420})

    more(anas).click()
    menu = anas.locator("#message-menu")
    expect(menu).to_be_visible()
    for entry in menu.locator(".menu__entry:visible").all():
        entry.click(trial=True)
    menu.get_by_role("link", name="Report to the moderators").click()

    anas.wait_for_url(f"**/{seq}/report/")


def choose(page: Page, what: str) -> None:
    """From the menu of the first message."""
    more(page).click()
    page.locator("#message-menu").get_by_role("button", name=what).click()


def more(page: Page) -> Locator:
    first = page.locator(".message").first
    first.hover()
    return first.get_by_role("link", name=re.compile("Reply, react"))


def test_a_mention_is_chosen_by_keyboard(
    open_at: Open, dana: Clinician, ana: Clinician, ben: Clinician
) -> None:
    room = a_conversation(dana, ana, ben)
    danas, bens = open_at(dana, room), open_at(ben, room)

    box(danas).press_sequentially("What do you think, @sp")
    expect(danas.get_by_role("option", name="Ben Sparrow")).to_be_visible()
    danas.keyboard.press("Enter")
    expect(box(danas)).to_have_value("What do you think, @Ben Sparrow ")
    danas.keyboard.press("Enter")

    expect(last(bens).get_by_text("mentions you")).to_be_visible()


def test_older_lines_come_without_losing_the_place(
    open_at: Open, ana: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)
    for number in range(120):
        say(ben, room, f"Line {number}")
    say(ana, room, "Read so far.")
    anas = open_at(ana, room)
    expect(line(anas, "Read so far.")).to_be_in_viewport()

    anas.locator("log-box").evaluate("box => box.scrollTo(0, -box.scrollHeight)")
    expect(line(anas, "Line 30")).to_be_attached()
    expect(line(anas, "Line 71")).to_be_in_viewport()
    expect(anas.locator(".thread__log .thread__day")).to_have_count(1)

    say(ben, room, "News.")
    jump = anas.get_by_role("button", name="1 new, jump to latest")
    expect(jump).to_be_visible()
    expect(line(anas, "Line 71")).to_be_in_viewport()
    jump.click()
    expect(line(anas, "News.")).to_be_in_viewport()


def test_a_day_begins_once_also_where_what_is_new_begins(
    open_at: Open, ana: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)
    for number in range(MOST + 5):
        say(ben, room, f"Line {number}")
    read_up_to(room, 5, by=user(ana))
    anas = open_at(ana, room)
    expect(line(anas, "Line 5")).to_be_in_viewport()
    expect(anas.locator(".thread__new")).to_have_count(1)

    anas.locator("log-box").evaluate("box => box.scrollTo(0, -box.scrollHeight)")
    expect(line(anas, "Line 0")).to_be_attached()
    expect(anas.locator(".thread__log .thread__day")).to_have_count(1)


def test_news_below_what_is_shown_is_told_however_near(
    open_at: Open, ana: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)
    for number in range(40):
        say(ana, room, f"Line {number}")
    anas = open_at(ana, room)
    jump = anas.locator("[data-jump]")

    anas.locator("log-box").evaluate("box => box.scrollTo(0, -100)")
    expect(jump).to_be_hidden()
    say(ben, room, "News.")
    expect(jump).to_contain_text("1 new, jump to latest")
    jump.get_by_role("button").click()
    expect(line(anas, "News.")).to_be_in_viewport()
    expect(jump).to_be_hidden()


def test_the_box_stands_still_while_scripts_come(
    tab_of: TabOf, ana: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)
    anas = tab_of(ana)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    scripts = re.compile(r"\.js$")
    anas.route(scripts, hold)
    anas.goto(room.get_absolute_url(), wait_until="commit")
    expect(box(anas)).to_be_visible()
    until(anas, lambda: bool(held) and anas.evaluate(STYLED))
    before = box(anas).bounding_box()
    anas.unroute(scripts)  # what it held goes on

    synced(anas)
    assert box(anas).bounding_box() == before


def test_a_circle_is_no_wider_than_a_small_phone(
    tab_of: TabOf, ana: Clinician, ben: Clinician, cleo: Clinician, dana: Clinician
) -> None:
    """However many their names, and whoever of them is here."""
    room = a_conversation(ana, ben, cleo, dana, title="Tuesday")
    page, danas = tab_of(ana), tab_of(dana)
    page.set_viewport_size({"width": 320, "height": 640})
    for each in (page, danas):
        at(each, room)
    expect(page.locator(".thread__who .person__here:not([hidden])")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_at_twice_the_size_nothing_is_lost_of_the_composer(
    tab_of: TabOf, ana: Clinician, ben: Clinician
) -> None:
    page = tab_of(ana)
    page.set_viewport_size({"width": 640, "height": 400})
    at(page, a_direct(ana, ben))
    for way in (page.get_by_text("Options"), page.get_by_title("Attach files")):
        expect(way).to_be_visible()


def line(page: Page, words: str) -> Locator:
    return page.locator(".thread__all").get_by_text(words, exact=True)


def test_a_very_long_message_is_folded_and_unfolds_where_one_reads(
    open_at: Open, ana: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)
    say(ben, room, "\n".join(f"{number}." for number in range(300)))
    anas = open_at(ana, room)

    anas.get_by_role("link", name="Show all").press("Enter")

    less = anas.get_by_role("link", name="Show less")
    expect(less).not_to_be_in_viewport()
    less.press("Enter")
    expect(line(anas, "Ben Sparrow")).to_be_in_viewport()


def test_ana_goes_to_a_conversation_by_keyboard(
    open_at: Open, ana: Clinician, ben: Clinician, cleo: Clinician
) -> None:
    room, other = a_direct(ana, ben), a_direct(ana, cleo)
    anas = open_at(ana, room)

    anas.keyboard.press("Control+k")
    anas.keyboard.type("wren")
    anas.keyboard.press("Enter")

    anas.wait_for_url(f"**{other.get_absolute_url()}")


def test_she_starts_one_by_keyboard(
    anas_page: Page, ben: Clinician, cleo: Clinician
) -> None:
    anas_page.goto("/messages/start/")
    for name, label in (("Ben", "Colleague"), ("Cleo", "Add another colleague")):
        anas_page.get_by_label(label).fill(name.lower())
        offer = anas_page.get_by_role("option", name=re.compile(name))
        expect(offer).to_be_visible()
        anas_page.keyboard.press("ArrowDown")
        with leading_on(anas_page):
            anas_page.keyboard.press("Enter")
        chosen = anas_page.get_by_role("list", name="Chosen")
        expect(chosen.get_by_text(re.compile(name))).to_be_visible()
    anas_page.get_by_role("button", name="Start the conversation").press("Enter")

    expect(anas_page.get_by_role("heading", level=1)).to_have_text(
        "Ben Sparrow and Cleo Wren"
    )


def test_nothing_in_a_conversation_is_a_barrier(
    open_at: Open, ana: Clinician, ben: Clinician, dana: Clinician
) -> None:
    room = a_conversation(ana, ben, dana, title="Tuesday")
    first = say(ben, room, "A question, @Ana Heron?", mentions=(ana.public_id,))
    say(ana, room, "An answer.", reply_to=first.seq)
    do(dana, room, Kind.REACTION, first.seq, detail="+thanks")
    do(dana, room, Kind.PIN, first.seq)
    mute_topic(make_topic(room, "Dates", by=user(ana)), "day", by=user(ana))
    rota = make_topic(room, "Rota", by=user(ana))
    say(ben, room, "Who is free?", topic=rota.public_id)
    page, where = open_at(ana, room), room.get_absolute_url()

    beside = ("about", "seeing", "copy", "keeping", first.seq)
    addresses = (where, *(f"{where}{one}/" for one in beside))
    assert barriers(page, addresses) == []
    at(page, room)
    choose(page, "Reply")
    write(page, "Kept.")
    expect(last(page)).to_contain_text("kept")
    assert axe(page) == []


def test_how_long_a_message_stays_is_said_of_it_alone(
    open_at: Open, ana: Clinician, ben: Clinician
) -> None:
    anas = open_at(ana, a_direct(ana, ben))

    options = anas.locator(".composer summary", has_text="Options")
    options.click()
    anas.get_by_label("Stays").select_option(index=1)
    anas.keyboard.press("Escape")
    expect(anas.get_by_label("Stays")).to_be_hidden()
    expect(options).to_be_focused()
    expect(options).to_contain_text("Stays: an hour")
    options.click()
    write(anas, "Only for a while")

    expect(last(anas).get_by_text("disappears")).to_be_visible()
    expect(anas.get_by_label("Stays")).to_be_hidden()
    expect(options).not_to_contain_text("an hour")
    write(anas, "To be kept")
    expect(last(anas)).to_contain_text("To be kept")
    expect(last(anas).get_by_text("disappears")).to_be_hidden()


@pytest.mark.parametrize("has_line", [True, False])
def test_who_signs_out_in_another_tab_leaves_no_words_on_the_screen(
    open_at: Open, ana: Clinician, ben: Clinician, has_line: bool
) -> None:
    anas = open_at(ana, a_direct(ana, ben))
    write(anas, "Between us")
    expect(last(anas)).to_contain_text("kept")
    if not has_line:
        anas.evaluate("document.querySelector('live-connection').leave()")

    other = anas.context.new_page()
    other.goto("/account/logout/")
    follow(other.locator("main").get_by_role("button", name="Sign out"))

    expect(bodies(anas)).to_have_count(0)
