"""Written now and sent later: it waits on the server, and above the box says so."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from messaging.actions.conversations import close
from messaging.drafts import draft_of
from messaging.forms.moment import PAST
from messaging.models import Conversation, ScheduledMessage
from messaging.tasks import send_scheduled
from network.clinicians.models import Clinician
from tests.factories import a_conversation, a_direct
from tests.journeys.conftest import TabOf, follow, until
from tests.journeys.test_accessibility import axe
from tests.journeys.test_messages import at, bodies, box, synced
from tests.messaging.saying import her, log_of, say
from tests.messaging.scheduling import schedule

WORDS = "Could we speak on Tuesday?"
TO_MESSAGES = re.compile("/messages/.*/messages/$")


@pytest.fixture
def room(ana: Clinician, ben: Clinician) -> Conversation:
    return a_direct(ana, ben)


@pytest.fixture
def anas(tab_of: TabOf, ana: Clinician, room: Conversation) -> Page:
    page = tab_of(ana)
    at(page, room)
    return page


def write_for(page: Page, choice: str, words: str = WORDS) -> None:
    box(page).fill(words)
    page.get_by_text("Options").click()
    page.locator("[name=when]").select_option(choice)


def send_later(page: Page) -> None:
    page.get_by_role("button", name="Send later").click()


def waiting(page: Page) -> Locator:
    return page.locator("waiting-list summary").first


def due_now() -> None:
    ScheduledMessage.objects.update(due_at=timezone.now())
    assert send_scheduled() == 1


def test_it_waits_until_tomorrow_and_is_sent_now_after_all(
    tab_of: TabOf, anas: Page, ana: Clinician, ben: Clinician, room: Conversation
) -> None:
    bens, other = tab_of(ben), anas.context.new_page()
    at(bens, room)
    at(other, room)
    write_for(anas, "tomorrow, 8:00")
    expect(anas.get_by_label("Day and hour")).to_be_hidden()

    send_later(anas)

    for page in (anas, other):
        expect(waiting(page)).to_have_text("1 message will be sent tomorrow, 8:00")
    expect(box(anas)).to_have_value("")
    expect(anas.locator("[data-says]")).to_have_text("It is sent tomorrow, 8:00.")
    expect(anas.get_by_role("button", name="Send", exact=True)).to_be_visible()
    until(anas, lambda: draft_of(ana, room) == "")
    waiting(anas).click()
    expect(anas.get_by_text(WORDS)).to_be_visible()
    assert axe(anas) == []
    expect(bodies(anas)).to_have_count(0)
    anas.get_by_role("button", name="Send now").click()

    for page in (anas, other, bens):
        expect(bodies(page)).to_have_text([WORDS])
    for page in (anas, other):
        expect(page.locator("waiting-list")).to_be_hidden()


def test_at_its_hour_it_comes_and_waits_no_more(
    tab_of: TabOf, anas: Page, ben: Clinician, room: Conversation
) -> None:
    bens = tab_of(ben)
    at(bens, room)
    write_for(anas, "in an hour")
    send_later(anas)
    expect(waiting(anas)).to_be_visible()

    due_now()

    for page in (anas, bens):
        expect(bodies(page)).to_have_text([WORDS])
    expect(anas.locator("waiting-list")).to_be_hidden()


def test_what_is_amiss_is_said_by_the_box_and_nothing_is_lost(anas: Page) -> None:
    write_for(anas, "at another time")
    anas.get_by_label("Stays").select_option("a day")
    anas.get_by_label("Day and hour").fill("2020-01-01T08:00")
    chosen = anas.locator("[data-chosen]")
    expect(chosen).to_have_text("Send: 1 January, 08:00 · Stays: a day")

    send_later(anas)

    expect(anas.locator("[data-amiss]")).to_have_text(PAST)
    expect(box(anas)).to_have_value(WORDS)
    expect(bodies(anas)).to_have_count(0)
    assert not ScheduledMessage.objects.exists()


def test_without_a_line_it_stays_in_the_box_and_is_kept_once(anas: Page) -> None:
    """The first answer is lost on its way."""
    write_for(anas, "tomorrow, 8:00")
    anas.route(TO_MESSAGES, lambda route: (route.fetch(), route.abort()))
    send_later(anas)
    expect(anas.locator("[data-amiss]")).to_contain_text("There is no line just now")
    expect(box(anas)).to_have_value(WORDS)
    anas.unroute(TO_MESSAGES)

    send_later(anas)

    expect(box(anas)).to_have_value("")
    expect(anas.locator("[data-amiss]")).to_be_hidden()
    assert ScheduledMessage.objects.count() == 1


def test_what_is_taken_back_stands_in_the_box_and_waits_no_more(
    anas: Page, ana: Clinician, ben: Clinician, room: Conversation
) -> None:
    question = say(ben, room, "On Tuesday?")
    schedule(ana, room, WORDS, reply_to=question.seq, expires_in=86400)
    expect(waiting(anas)).to_be_visible()
    box(anas).fill("Good morning.")
    waiting(anas).click()

    anas.get_by_role("button", name="Take back").click()

    both = f"Good morning.\n{WORDS}"
    expect(box(anas)).to_have_value(both)
    expect(anas.get_by_text("Answers Ben Sparrow: On Tuesday?")).to_be_visible()
    expect(anas.locator("[name=expires_in]")).to_have_value("86400")
    expect(anas.locator("waiting-list")).to_be_hidden()
    assert draft_of(ana, room) == both
    assert not ScheduledMessage.objects.exists()


def test_what_a_program_chose_for_it_is_one_more_choice(
    anas: Page, ana: Clinician, room: Conversation
) -> None:
    schedule(ana, room, WORDS, expires_in=10800, confirm_in=5400)
    expect(waiting(anas)).to_be_visible()
    waiting(anas).click()

    anas.get_by_role("button", name="Take back").click()

    expect(box(anas)).to_have_value(WORDS)
    expect(anas.locator("[data-chosen]")).to_have_text(
        "Ask to confirm: within 1 hour 30 minutes · Stays: 3 hours"
    )
    anas.get_by_role("button", name="Send", exact=True).click()
    expect(bodies(anas)).to_have_text([WORDS])
    until(anas, lambda: any(row.confirm_by for row in log_of(room)))
    row = log_of(room)[-1]
    assert row.expires_at is not None
    assert (row.expires_at - row.at).total_seconds() == 10800


def test_an_edit_goes_at_once_and_its_button_says_so(
    anas: Page, ana: Clinician, room: Conversation
) -> None:
    say(ana, room, "on Tusday")
    expect(bodies(anas)).to_have_text(["on Tusday"])
    write_for(anas, "tomorrow, 8:00")
    anas.get_by_label("Stays").select_option("a day")
    box(anas).fill("")
    box(anas).press("ArrowUp")
    keep = anas.get_by_role("button", name="Keep the change")
    expect(anas.get_by_role("button", name="Send later")).to_be_hidden()
    expect(anas.locator("composer-options summary")).to_be_hidden()
    assert axe(anas) == []

    box(anas).fill("on Tuesday")
    keep.click()

    expect(bodies(anas)).to_have_text(["on Tuesday"])
    expect(keep).to_be_hidden()
    expect(anas.get_by_role("button", name="Send later")).to_be_visible()
    expect(anas.locator("[data-chosen]")).to_have_text(
        "Send: tomorrow, 8:00 · Stays: a day"
    )
    assert not ScheduledMessage.objects.exists()


def test_it_is_taken_back_or_waits_where_the_line_is_away(
    anas: Page, ana: Clinician, room: Conversation
) -> None:
    schedule(ana, room, WORDS)
    expect(waiting(anas)).to_be_visible()
    box(anas).fill("Good morning.")
    waiting(anas).click()
    anas.route(re.compile("/draft/"), lambda route: route.abort())

    anas.get_by_role("button", name="Take back").click()

    expect(anas.locator("[data-amiss]")).to_contain_text("it still waits")
    expect(box(anas)).to_have_value("Good morning.")
    assert ScheduledMessage.objects.count() == 1


def test_it_is_deleted_after_a_second_thought(
    anas: Page, ana: Clinician, room: Conversation
) -> None:
    schedule(ana, room, WORDS)
    schedule(ana, room, "another", at=timezone.now() + timedelta(hours=3))
    expect(waiting(anas)).to_contain_text("2 messages will be sent, the next")
    waiting(anas).click()
    row = anas.locator("waiting-list li").first

    row.get_by_text("Delete…").click()
    row.get_by_role("button", name="Delete it").click()

    expect(anas.locator("waiting-list li")).to_have_count(1)
    expect(anas.get_by_text("another", exact=True)).to_be_visible()
    expect(waiting(anas)).to_be_focused()
    expect(anas.get_by_text(WORDS)).to_have_count(0)
    until(anas, lambda: ScheduledMessage.objects.count() == 1)


def test_it_is_given_another_hour_where_it_waits(
    anas: Page, ana: Clinician, room: Conversation
) -> None:
    schedule(ana, room, WORDS)
    expect(waiting(anas)).to_contain_text("1 message will be sent")
    waiting(anas).click()
    ways = anas.locator("waiting-list li")
    ways.get_by_text("Another time…").click()
    assert axe(anas) == []
    ways.get_by_label("Day and hour").fill("2020-01-01T08:00")
    ways.get_by_role("button", name="Send it then").click()
    expect(ways.get_by_text(PAST)).to_be_visible()
    expect(ways.get_by_label("Day and hour")).to_be_focused()

    ways.get_by_label("When").select_option("tomorrow, 8:00")
    expect(ways.get_by_label("Day and hour")).to_be_hidden()
    ways.get_by_role("button", name="Send it then").click()

    expect(waiting(anas)).to_have_text("1 message will be sent tomorrow, 8:00")
    expect(anas.locator("[data-says]")).to_have_text("It is sent tomorrow, 8:00.")
    expect(waiting(anas)).to_be_focused()
    assert ScheduledMessage.objects.count() == 1


def test_what_could_not_be_sent_stands_under_later_without_a_barrier(
    tab_of: TabOf, ana: Clinician, ben: Clinician
) -> None:
    room = a_conversation(ben, ana, title="Tuesday circle")
    schedule(ana, room, WORDS)
    close(room, by=her(ben))
    due_now()
    anas = tab_of(ana)

    anas.goto("/messages/later/")

    expect(
        anas.get_by_text("Not sent. Nothing more can be written here.")
    ).to_be_visible()
    assert axe(anas) == []
    follow(anas.get_by_role("button", name="Take back"))
    expect(anas.get_by_label("What you had begun to write")).to_have_value(WORDS)
    synced(anas)
