"""What is left of somebody's words where nobody writes any more."""

import re

from playwright.sync_api import expect

from messaging.actions.conversations import close
from network.clinicians.models import Clinician
from tests.factories import a_conversation
from tests.journeys.conftest import TabOf, follow
from tests.journeys.test_accessibility import axe
from tests.journeys.test_files import TEXT, choose, tray
from tests.journeys.test_messages import at, box
from tests.journeys.test_returns import LEFT, NOTHING_MORE
from tests.messaging.saying import her


def test_what_is_left_of_a_draft_is_thrown_away(
    tab_of: TabOf, dana: Clinician, ana: Clinician
) -> None:
    room = a_conversation(dana, ana, title="Tuesday")
    anas = tab_of(ana)
    at(anas, room)
    box(anas).fill("Half a thought")
    with anas.expect_response(re.compile("/draft/")):
        close(room, by=her(dana))
        expect(anas.get_by_label(LEFT)).to_have_value("Half a thought")

    assert axe(anas) == []
    follow(anas.get_by_role("button", name="Throw it away"))

    expect(anas.get_by_text(NOTHING_MORE, exact=True)).to_be_visible()
    expect(anas.get_by_label(LEFT)).to_be_hidden()
    anas.reload()
    expect(anas.get_by_label(LEFT)).to_be_hidden()


def test_files_that_were_not_sent_are_not_passed_over(
    tab_of: TabOf, dana: Clinician, ana: Clinician
) -> None:
    room = a_conversation(dana, ana, title="Tuesday")
    anas = tab_of(ana)
    at(anas, room)
    choose(anas, TEXT)
    expect(tray(anas)).to_have_count(1)

    close(room, by=her(dana))

    files = anas.get_by_text("The files that you had attached were not sent.")
    expect(files).to_be_visible()
    assert axe(anas) == []
