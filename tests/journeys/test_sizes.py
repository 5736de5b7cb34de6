"""Whatever the size of a window: nothing of a conversation leaves it, or is lost."""

from playwright.sync_api import ViewportSize

from network.clinicians.models import Clinician
from tests.factories import a_conversation, a_direct
from tests.journeys.conftest import TabOf
from tests.journeys.test_messages import at
from tests.messaging.saying import say

DESK = ViewportSize(width=1280, height=800)


def test_a_list_longer_than_the_window_scrolls_by_itself(
    tab_of: TabOf, ana: Clinician, ben: Clinician
) -> None:
    for number in range(20):
        say(ben, a_conversation(ben, ana, title=f"Room {number}"))
    page = tab_of(ana)
    page.set_viewport_size(DESK)

    at(page, a_direct(ana, ben))

    high = page.evaluate("document.documentElement.scrollHeight")
    assert high == DESK["height"]
