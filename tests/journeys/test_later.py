"""A message comes back: by its menu to “Later”, by the bell to where it stands."""

import re

from playwright.sync_api import Page, expect

from messaging.actions.reminders import tell_reminders
from messaging.models import Conversation, Reminder
from network.activity.actions import mark_all_read
from network.clinicians.models import Clinician
from tests.factories import a_conversation
from tests.journeys.conftest import follow
from tests.journeys.test_accessibility import axe
from tests.journeys.test_bell import bell, connected
from tests.journeys.test_messages import synced
from tests.messaging.reminding import in_hours, remind
from tests.messaging.saying import do, her, say

WORDS = "A question about sleep, for a quieter hour."


def a_circle(dana: Clinician, ana: Clinician) -> Conversation:
    circle = a_conversation(dana, ana, title="Tuesday circle")
    say(dana, circle, WORDS)
    say(dana, circle, "Never mind this one.")
    do(dana, circle, "recall", 2)
    return circle


def menu_of(page: Page, seq: int) -> None:
    page.locator(f"#m{seq}").hover()
    page.locator(f"#m{seq} .message__more").click()


def test_a_message_is_chosen_from_its_menu_and_waits_under_later(
    anas_page: Page, dana: Clinician, ana: Clinician
) -> None:
    circle, page = a_circle(dana, ana), anas_page
    page.goto(circle.get_absolute_url())
    synced(page)
    menu_of(page, 2)
    expect(page.get_by_role("link", name="History and more")).to_be_visible()
    expect(page.get_by_role("link", name="Remind me")).to_be_hidden()
    page.keyboard.press("Escape")
    menu_of(page, 1)
    follow(page.get_by_role("link", name="Remind me"))
    expect(page).to_have_url(re.compile("/1/#remind$"))
    expect(page.get_by_label("Day and hour")).to_be_hidden()
    page.get_by_label("When").select_option("at another time")
    expect(page.get_by_label("Day and hour")).to_be_visible()
    page.get_by_label("When").select_option("tomorrow, 8:00")
    follow(page.get_by_role("button", name="Remind me"))

    expect(page.get_by_text("You are reminded tomorrow, 8:00.")).to_be_visible()
    expect(page.locator("#m1")).to_be_in_viewport()
    follow(page.get_by_role("link", name="Later"))
    expect(page.get_by_text("Dana Finch, in Tuesday circle")).to_be_visible()
    follow(page.get_by_role("link", name=WORDS))
    expect(page).to_have_url(re.compile(f"{circle.public_id}/#m1$"))


def test_a_notice_leads_back_to_the_message(
    anas_page: Page, dana: Clinician, ana: Clinician
) -> None:
    circle, page = a_circle(dana, ana), anas_page
    remind(ana, circle)
    Reminder.objects.update(due_at=in_hours(-1))
    mark_all_read(by=her(ana))
    connected(page)

    assert tell_reminders(10) == 1

    expect(bell(page, 1)).to_be_visible()
    page.goto("/notifications/")
    follow(page.get_by_role("button", name="Open"))
    expect(page).to_have_url(re.compile(f"{circle.public_id}/#m1$"))
    expect(page.locator("#m1")).to_contain_text(WORDS)
    expect(bell(page, 0)).to_be_visible()


def test_what_waits_has_no_barrier(
    anas_page: Page, dana: Clinician, ana: Clinician
) -> None:
    circle, page = a_circle(dana, ana), anas_page
    remind(ana, circle)

    for address in ("/messages/", "/messages/later/", f"{circle.get_absolute_url()}1/"):
        page.goto(address)
        assert axe(page) == []
