"""“Remind me” on a message's own page, and “Later”: what waits to come back."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape

from messaging.actions import reminders
from messaging.actions.conversations import close
from messaging.actions.members import remove_member
from messaging.forms.moment import PAST
from messaging.models import Conversation, Reminder
from messaging.moments import when
from messaging.views.reminders import FULL
from network.clinicians.models import Clinician
from tests.conftest import signed_in
from tests.factories import a_conversation, a_direct
from tests.messaging.reminding import remind, standing
from tests.messaging.saying import do, her, say

WORDS = "How do you tell the two apart?"
# A Monday: by the network's clock 9:30.
NOW = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)


@pytest.fixture
def circle(dana: Clinician, ana: Clinician, ben: Clinician) -> Conversation:
    circle = a_conversation(dana, ana, ben, title="Tuesday circle")
    say(ana, circle, WORDS)
    return circle


@pytest.fixture
def bens(ben: Clinician) -> Client:
    return signed_in(ben)


def at(circle: Conversation, path: str = "", seq: int = 1) -> str:
    return f"{circle.get_absolute_url()}{seq}/{path}"


def shown(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    html: str = answer.content.decode()
    return html


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (0, "today, 9:30"),
        (14, "today, 23:30"),
        (15, "tomorrow, 0:30"),
        (38, "tomorrow, 23:30"),
        (39, "on Wednesday 25 November, 0:30"),
        (24 * 60, "on Friday 22 January 2027, 9:30"),
        (-24, "on Sunday 22 November, 9:30"),
    ],
)
def test_a_moment_is_said_as_it_is_chosen(hours: float, said: str) -> None:
    with time_machine.travel(NOW, tick=False), timezone.override("America/New_York"):
        assert when(NOW + timedelta(hours=hours)) == said


def test_a_form_sets_it_and_leads_back_to_the_message(
    bens: Client, ben: Clinician, circle: Conversation
) -> None:
    assert 'id="remind"' in shown(bens, at(circle))

    answer = bens.post(at(circle, "reminder/"), {"when": "morning"}, follow=True)

    assert answer.redirect_chain == [(f"{circle.get_absolute_url()}#m1", 302)]
    reminder = Reminder.objects.get(membership__clinician=ben)
    told = f"You are reminded {when(reminder.due_at)}."
    assert "tomorrow, 8:00" in told
    assert told in answer.content.decode()
    page = shown(bens, at(circle))
    assert told in page
    assert "Do not remind me" in page


def test_it_is_changed_and_dropped(
    bens: Client, ben: Clinician, circle: Conversation
) -> None:
    remind(ben, circle, hours=50)

    bens.post(at(circle, "reminder/"), {"when": "hour"})
    assert Reminder.objects.get().due_at < timezone.now() + timedelta(hours=2)

    answer = bens.post(at(circle, "reminder/removal/"))
    assert answer["Location"] == f"{circle.get_absolute_url()}#m1"
    assert standing(ben) == []


def test_what_cannot_be_is_said_at_its_field(
    bens: Client, ben: Clinician, circle: Conversation
) -> None:
    said = {"when": "at", "at": "2020-01-01T08:00"}

    answer = bens.post(at(circle, "reminder/"), said)

    assert answer.status_code == 422
    assert PAST in answer.content.decode()
    assert standing(ben) == []


def test_so_many_wait_and_it_is_said(
    bens: Client,
    ben: Clinician,
    circle: Conversation,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reminders, "MOST_REMINDERS", 0)

    answer = bens.post(at(circle, "reminder/"), {"when": "hour"})

    assert answer.status_code == 422
    assert escape(FULL) in answer.content.decode()


def test_of_what_is_gone_there_is_none(
    bens: Client, ana: Clinician, ben: Clinician, circle: Conversation
) -> None:
    do(ana, circle, "recall", 1)

    assert 'id="remind"' not in shown(bens, at(circle))
    answer = bens.post(at(circle, "reminder/"), {"when": "hour"}, follow=True)
    assert "was recalled, or has disappeared" in answer.content.decode()
    assert bens.post(at(circle, "reminder/", 2), {"when": "hour"}).status_code == 404
    assert standing(ben) == []


def test_in_a_closed_conversation_only_that_is_left(
    bens: Client, dana: Clinician, circle: Conversation
) -> None:
    close(circle, by=her(dana))

    page = shown(bens, at(circle))

    assert 'id="remind"' in page
    assert "Pin for everybody" not in page
    assert "/reactions/" not in page


def test_later_has_them_the_soonest_first(
    bens: Client, ana: Clinician, ben: Clinician, circle: Conversation
) -> None:
    direct = a_direct(ana, ben)
    say(ben, direct, "My own question")
    say(ana, direct, "An answer")
    remind(ben, circle, hours=3)
    remind(ben, direct, 2, hours=2)
    remind(ben, direct, 1, hours=1)

    page = shown(bens, "/messages/later/")

    rows = re.findall(r"<li.*?</li>", page[page.index("reminders-title") :], re.DOTALL)
    found = [row for row in rows if "list__said" in row]
    for row, words in zip(
        found,
        [
            ("You, to Ana Heron", "My own question", f"{direct.get_absolute_url()}#m1"),
            ("<p>Ana Heron</p>", "An answer", f"{direct.get_absolute_url()}#m2"),
            ("Ana Heron, in Tuesday circle", WORDS, circle.get_absolute_url()),
        ],
        strict=True,
    ):
        assert all(word in row for word in words), row


def test_from_later_one_is_dropped_and_stays_there(
    bens: Client, ben: Clinician, circle: Conversation
) -> None:
    remind(ben, circle)
    assert at(circle, "reminder/removal/") in shown(bens, "/messages/later/")

    way = at(circle, "reminder/removal/")
    page = bens.post(way, {"back": "later"}, follow=True).content.decode()

    assert "You are not reminded of it any more." in page
    assert "Nothing waits" in page


def test_from_later_one_has_another_hour_and_stays_there(
    bens: Client, ben: Clinician, circle: Conversation
) -> None:
    reminder = remind(ben, circle)
    typed = timezone.localtime(reminder.due_at).strftime('value="%Y-%m-%dT%H:%M"')
    assert typed in shown(bens, "/messages/later/")

    way, said = at(circle, "reminder/"), {"when": "morning", "back": "later"}
    answer = bens.post(way, said)

    assert answer["Location"] == "/messages/later/"
    page = shown(bens, "/messages/later/")
    assert "You are reminded tomorrow, 8:00." in page
    assert "<b>Tomorrow, 8:00</b>" in page


def test_the_list_leads_to_later(bens: Client) -> None:
    assert 'href="/messages/later/"' in shown(bens, "/messages/")


def test_what_is_recalled_meanwhile_has_no_words_there(
    bens: Client, ana: Clinician, ben: Clinician, circle: Conversation
) -> None:
    remind(ben, circle)
    do(ana, circle, "recall", 1)

    page = shown(bens, "/messages/later/")

    assert "This message was recalled." in page
    assert WORDS not in page


def test_an_outsider_finds_nothing(
    ben: Clinician, cleo: Clinician, finn: Clinician, circle: Conversation
) -> None:
    remind(ben, circle)
    cleos = signed_in(cleo)

    for path in ("reminder/", "reminder/removal/"):
        assert cleos.post(at(circle, path), {"when": "hour"}).status_code == 404
        assert cleos.get(at(circle, path)).status_code == 405
    assert cleos.get(at(circle, "place/")).status_code == 404
    assert WORDS not in shown(cleos, "/messages/later/")
    assert signed_in(finn).get("/messages/later/").status_code == 403
    assert standing(ben) == [1]


def test_who_was_removed_finds_nothing_any_more(
    bens: Client, dana: Clinician, ben: Clinician, circle: Conversation
) -> None:
    remind(ben, circle)
    remove_member(circle, ben, by=her(dana))

    assert WORDS not in shown(bens, "/messages/later/")
    assert bens.get(at(circle, "place/")).status_code == 404


def test_many_that_wait_ask_no_more_than_one(
    bens: Client, ana: Clinician, ben: Clinician, cleo: Clinician, circle: Conversation
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            shown(bens, "/messages/later/")
        return len(queries)

    remind(ben, circle)
    one = cost()
    for other in (ana, cleo):
        room = a_direct(other, ben)
        say(other, room)
        say(other, room)
        remind(ben, room, 1)
        remind(ben, room, 2)

    assert cost() == one
