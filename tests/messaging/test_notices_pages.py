"""What waits, in the frame of every page; and what a member is told of."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from home import agenda
from messaging.actions.muting import choose_level, mute
from messaging.actions.waiting import tell_waiting
from messaging.models import Conversation, Manners, Membership
from network.activity.models import Notification
from network.clinicians.models import Clinician
from tests.conftest import signed_in
from tests.factories import a_conversation, a_direct
from tests.messaging.saying import her, place_of, say

UNREAD = "/messages/unread/"
PRESENCE = "/settings/presence/"
Level = Membership.Level


@pytest.fixture
def room(ana: Clinician, ben: Clinician) -> Conversation:
    """Ana's with Ben, in which she wrote two messages."""
    room = a_direct(ana, ben)
    say(ana, room)
    say(ana, room)
    return room


def shown(who: Clinician) -> str:
    page = signed_in(who).get(UNREAD).content.decode()
    return " ".join(re.sub("<[^>]+>", "", page).split())


def titles(who: Clinician) -> list[str]:
    return [step.title for step in agenda.steps(her(who), who)]


def test_the_count_is_of_the_one_for_whom_it_waits(
    room: Conversation, ana: Clinician, ben: Clinician, cleo: Clinician
) -> None:
    assert [shown(one) for one in (ana, ben, cleo)] == ["", "2, 2 unread", ""]


def test_a_newcomer_has_no_count_and_no_error(finn: Clinician) -> None:
    answer = signed_in(finn).get(UNREAD)

    assert (answer.status_code, answer.content.strip()) == (200, b"")


def test_the_frame_names_the_count_and_asks_nothing_itself(ben: Clinician) -> None:
    page = signed_in(ben).get("/").content.decode()

    assert f'data-hx-get="{UNREAD}"' in page
    assert "live:conversations from:body" in page


def test_today_leads_to_what_waits(room: Conversation, ben: Clinician) -> None:
    [step] = [one for one in agenda.steps(her(ben), ben) if "colleagues" in one.title]

    assert (step.address, step.why) == (
        "/messages/",
        "Messages wait in one conversation.",
    )


def test_today_is_silent_about_what_ben_muted(
    room: Conversation, ben: Clinician
) -> None:
    before = len(titles(ben))

    mute(room, "good", by=her(ben))

    assert len(titles(ben)) == before - 1


def test_today_says_it_once(room: Conversation, ben: Clinician) -> None:
    Notification.objects.update(read_at=timezone.now())
    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False):
        assert tell_waiting(10) == 1

    assert "Read what is new" not in titles(ben)
    assert "Read what colleagues wrote to you" in titles(ben)


def test_a_member_chooses_of_what_she_is_told(
    room: Conversation, ben: Clinician
) -> None:
    browser, about = signed_in(ben), f"{room.get_absolute_url()}about/"
    assert 'value="everything" checked' in browser.get(about).content.decode()

    browser.post(f"{room.get_absolute_url()}level/", {"level": "mentions"})

    assert place_of(ben, room).level == Level.MENTIONS
    assert 'value="mentions" checked' in browser.get(about).content.decode()


def test_what_is_no_level_changes_nothing(room: Conversation, ben: Clinician) -> None:
    choose_level(room, Level.NOTHING, by=her(ben))

    signed_in(ben).post(f"{room.get_absolute_url()}level/", {"level": "loud"})

    assert place_of(ben, room).level == Level.NOTHING


def test_an_outsider_finds_no_level_to_choose(
    room: Conversation, cleo: Clinician
) -> None:
    answer = signed_in(cleo).post(
        f"{room.get_absolute_url()}level/", {"level": "nothing"}
    )

    assert answer.status_code == 404


def test_a_clinician_hides_and_shows_when_she_is_here(ana: Clinician) -> None:
    browser = signed_in(ana)
    assert "Shown" in browser.get("/settings/").content.decode()

    browser.post(PRESENCE, {"presence": "hidden"})
    assert not Manners.objects.shows(ana)
    assert re.search(
        r'value="hidden"[^>]*checked', browser.get(PRESENCE).content.decode()
    )

    browser.post(PRESENCE, {"presence": "shown"})
    assert Manners.objects.shows(ana)


def test_nonsense_about_presence_is_said_beside_the_field(ana: Clinician) -> None:
    page = signed_in(ana).post(PRESENCE, {"presence": "perhaps"}).content.decode()

    assert "Choose on or off." in page
    assert Manners.objects.shows(ana)


def test_a_conversation_of_many_counts_for_each(
    dana: Clinician, ana: Clinician, ben: Clinician
) -> None:
    circle = a_conversation(dana, ana, ben, title="Tuesdays")
    say(dana, circle)

    assert [shown(one) for one in (dana, ana, ben)] == [
        "",
        "1, 1 unread",
        "1, 1 unread",
    ]
