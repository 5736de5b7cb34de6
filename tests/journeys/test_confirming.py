"""Ana asks that a message be confirmed; Ben does it, and every tab knows at once."""

from playwright.sync_api import Locator, Page, expect
from pytest_playwright.pytest_playwright import CreateContextCallback

from messaging.actions.conversations import close
from messaging.models import Conversation, Kind, Message
from network.clinicians.models import Clinician
from tests.factories import a_conversation
from tests.journeys.conftest import Enter, TabOf, follow
from tests.journeys.test_accessibility import axe
from tests.journeys.test_messages import at, box, last
from tests.messaging.saying import her, say


def asking(page: Page) -> Locator:
    return last(page).locator("message-asking")


def says(page: Page) -> Locator:
    return page.locator("[data-says]")


def ask(page: Page, words: str) -> None:
    page.get_by_text("Options").click()
    page.get_by_label("Ask to confirm").select_option("within an hour")
    box(page).fill(words)
    box(page).press("Enter")


def words_in(room: Conversation) -> int:
    return Message.objects.filter(conversation=room, kind=Kind.CONFIRM).count()


def test_what_ana_asks_ben_confirms_and_all_tabs_know(
    tab_of: TabOf, ana: Clinician, ben: Clinician, dana: Clinician
) -> None:
    room = a_conversation(dana, ana, ben, title="Tuesday")
    anas, bens, danas = tab_of(ana), tab_of(ben), tab_of(dana)
    for page in (anas, bens, danas):
        at(page, room)

    ask(anas, "Can one of you see to this?")

    expect(asking(anas)).to_contain_text("Waiting for Dana Finch, Ben Sparrow")
    expect(anas.get_by_label("Ask to confirm")).to_have_value("")
    expect(asking(bens)).to_contain_text("Please confirm by")
    expect(says(bens)).to_contain_text("Please confirm.")
    marked = bens.get_by_role("img", name="waits for you to confirm")
    expect(marked).to_be_visible()

    asking(bens).get_by_role("button", name="Confirm: Ana Heron").click()

    expect(asking(anas)).to_contain_text("Confirmed by Ben Sparrow,")
    expect(asking(anas)).to_contain_text("Waiting for Dana Finch")
    expect(says(anas)).to_have_text("Ben Sparrow confirmed your message.")
    expect(asking(danas)).to_contain_text("Confirmed by Ben Sparrow,")
    expect(asking(danas).get_by_role("button")).to_be_visible()
    expect(asking(bens)).to_contain_text("Confirmed by you,")
    expect(asking(bens).get_by_role("button")).to_be_hidden()
    expect(last(bens).locator(".message__more")).to_be_focused()
    expect(marked).to_have_count(0)

    bens.reload()
    expect(asking(bens)).to_contain_text("Confirmed by you,")
    assert words_in(room) == 1


def test_what_is_recalled_asks_nobody_any_more(
    tab_of: TabOf, ana: Clinician, ben: Clinician
) -> None:
    room = a_conversation(ana, ben)
    anas, bens = tab_of(ana), tab_of(ben)
    at(anas, room)
    at(bens, room)
    ask(anas, "Can you see to this?")
    expect(asking(bens)).to_contain_text("Please confirm by")
    assert axe(bens) + axe(anas) == []

    last(anas).hover()
    last(anas).locator(".message__more").click()
    anas.get_by_role("button", name="Recall…").click()
    anas.get_by_role("dialog").get_by_role("button", name="Recall").click()

    expect(last(bens)).to_contain_text("This message was recalled.")
    expect(asking(bens)).to_be_hidden()


def test_where_nothing_can_be_written_any_more_nobody_is_asked(
    tab_of: TabOf, ana: Clinician, ben: Clinician
) -> None:
    room = a_conversation(ana, ben, title="Tuesday")
    anas, bens = tab_of(ana), tab_of(ben)
    at(anas, room)
    at(bens, room)
    ask(anas, "Can you see to this?")
    button = asking(bens).get_by_role("button", name="Confirm: Ana Heron")
    button.focus()
    expect(asking(anas)).to_contain_text("Waiting for Ben Sparrow")

    close(room, by=her(ana))

    expect(button).to_be_hidden()
    expect(last(bens).locator(".message__more")).to_be_focused()
    expect(asking(anas)).to_be_hidden()


def test_without_a_script_a_form_confirms_it(
    new_context: CreateContextCallback, enter: Enter, ana: Clinician, ben: Clinician
) -> None:
    room = a_conversation(ana, ben)
    say(ana, room, "Can you see to this?", confirm_in=3600)
    context = new_context(java_script_enabled=False)
    enter(context, ben)
    page = context.new_page()
    page.goto(room.get_absolute_url())

    follow(asking(page).get_by_role("button", name="Confirm: Ana Heron"))

    expect(asking(page)).to_contain_text("Confirmed by you,")
    assert words_in(room) == 1
