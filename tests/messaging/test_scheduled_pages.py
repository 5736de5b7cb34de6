"""“Send later”: chosen beside the box, shown above it and under Later, without a script
too; and what its script asks for.
"""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from messaging.actions.conversations import close
from messaging.actions.drafts import save_draft
from messaging.actions.guarding import set_guard
from messaging.actions.topics import make_topic
from messaging.bodies import LONGEST
from messaging.drafts import draft_of
from messaging.forms.message import FILES_AT_ONCE
from messaging.forms.moment import PAST, WHEN
from messaging.log import Refusal
from messaging.models import Conversation, ScheduledMessage
from messaging.moments import when
from messaging.thread.words import WHY, WHY_LATER
from messaging.views import messages as views
from messaging.views.scheduled import MEANWHILE, TOO_LONG
from network.activity.models import Notification
from network.clinicians.models import Clinician
from tests.conftest import signed_in
from tests.factories import a_conversation, a_direct
from tests.messaging.attaching import attached
from tests.messaging.saying import her, log_of, say, texts
from tests.messaging.scheduling import HOUR, schedule, sweep
from tests.messaging.test_guarding_pages import TELLING

WORDS = "Could we speak on Tuesday?"
SCRIPT = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def direct(ana: Clinician, ben: Clinician) -> Conversation:
    return a_direct(ana, ben)


@pytest.fixture
def anas(ana: Clinician) -> Client:
    return signed_in(ana)


def post(browser: Client, room: Conversation, script: Any = None, **said: Any) -> Any:
    fields = {"client_id": str(uuid4()), "body": WORDS, "when": "morning", **said}
    return browser.post(f"{room.get_absolute_url()}messages/", fields, **script or {})


def shown(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def way(row: ScheduledMessage, verb: str) -> str:
    room = row.membership.conversation.get_absolute_url()
    return f"{room}scheduled/{row.client_id}/{verb}/"


def test_a_form_keeps_it_until_then_and_the_page_says_so(
    anas: Client, ana: Clinician, ben: Clinician, direct: Conversation
) -> None:
    question = say(ben, direct, "a question")
    topic = make_topic(direct, "Dates", by=her(ana))
    said = {"reply_to": question.seq, "topic": topic.public_id, "expires_in": 86400}
    save_draft(direct, WORDS, by=her(ana), topic=topic)

    answer = post(anas, direct, **said)

    assert answer["Location"] == direct.get_absolute_url()
    row = ScheduledMessage.objects.get()
    assert (row.reply_to, row.topic, row.expires_in) == (question.seq, topic, 86400)
    assert texts(ben, direct) == ["a question"]
    assert draft_of(ana, direct, topic) == ""
    page = shown(anas, direct.get_absolute_url())
    assert f"It is sent {when(row.due_at)}." in page
    assert "1 message will be sent tomorrow, 8:00" in page
    assert WORDS in page


def test_its_script_hears_the_same_in_a_sentence(
    anas: Client, direct: Conversation
) -> None:
    answer = post(anas, direct, SCRIPT)

    assert answer["Content-Type"].startswith("text/plain")
    assert answer.content.decode() == "It is sent tomorrow, 8:00."
    piece = shown(anas, f"{direct.get_absolute_url()}scheduled/")
    assert WORDS in piece
    assert "<html" not in piece


def test_what_is_begun_in_the_topic_that_a_script_chooses_stays(
    anas: Client, ana: Clinician, direct: Conversation
) -> None:
    topic = make_topic(direct, "Dates", by=her(ana))
    save_draft(direct, "begun there", by=her(ana), topic=topic)

    answer = post(anas, direct, SCRIPT, topic=topic.public_id)

    assert answer.status_code == 200
    assert draft_of(ana, direct, topic) == "begun there"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"when": "at"}, WHEN),
        ({"when": "at", "at": "2020-01-01T08:00"}, PAST),
        ({"when": "soon"}, "soon"),
        ({"body": " "}, "Write something first."),
        ({"reply_to": 77}, WHY[Refusal.NO_SUCH_MESSAGE]),
        ({"body": TELLING}, WHY[Refusal.NEEDS_REASON]),
    ],
)
@pytest.mark.parametrize("script", [None, SCRIPT])
def test_what_cannot_be_is_said_and_nothing_is_lost(
    anas: Client,
    ana: Clinician,
    direct: Conversation,
    script: Any,
    said: Any,
    told: str,
) -> None:
    set_guard(direct, Conversation.Guarding.REASON, by=her(ana))

    answer = post(anas, direct, script, **said)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert (told if script else escape(told)) in page
    assert script or escape(said.get("body", WORDS)) in page
    assert not ScheduledMessage.objects.exists()


def test_files_go_at_once(anas: Client, ana: Clinician, direct: Conversation) -> None:
    file = attached(ana, direct)

    answer = post(anas, direct, files=[str(file)])

    assert answer.status_code == 422
    assert FILES_AT_ONCE in answer.content.decode()


def test_as_many_as_may_wait(
    anas: Client, direct: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("messaging.actions.scheduling.MOST_SCHEDULED", 0)

    answer = post(anas, direct)

    assert answer.status_code == 422
    assert views.FULL in answer.content.decode()


@pytest.mark.parametrize("script", [None, SCRIPT])
def test_she_sends_it_now(
    anas: Client, ana: Clinician, ben: Clinician, direct: Conversation, script: Any
) -> None:
    row = schedule(ana, direct, WORDS)

    answer = anas.post(way(row, "sending"), {}, **script or {})

    assert texts(ben, direct) == [WORDS]
    if script:
        assert WORDS not in answer.content.decode()
    else:
        assert "It is sent." in shown(anas, answer["Location"])
    assert anas.post(way(row, "sending")).status_code == 404


@pytest.mark.parametrize("script", [None, SCRIPT])
def test_she_gives_it_another_hour_where_it_waits(
    anas: Client, ana: Clinician, direct: Conversation, script: Any
) -> None:
    row, other = schedule(ana, direct, WORDS), schedule(ana, direct, "another")
    typed = timezone.localtime(row.due_at).strftime('value="%Y-%m-%dT%H:%M"')
    assert typed in shown(anas, direct.get_absolute_url())

    answer = anas.post(way(row, "hour"), {"when": "morning"}, **script or {})

    page = answer if script else anas.get(answer["Location"])
    assert "It is sent tomorrow, 8:00." in page.content.decode()
    soonest = ScheduledMessage.objects.soonest_first()
    assert [one.pk for one in soonest] == [other.pk, row.pk]


@pytest.mark.parametrize("script", [None, SCRIPT])
def test_an_hour_that_cannot_be_is_said_at_its_field(
    anas: Client, ana: Clinician, direct: Conversation, script: Any
) -> None:
    row = schedule(ana, direct, WORDS)
    said = {"when": "at", "at": "2020-01-01T08:00"}

    answer = anas.post(way(row, "hour"), said, **script or {})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count(PAST) == 1
    assert 'value="2020-01-01T08:00"' in page
    assert script or "<title>Error: Later" in page
    row.refresh_from_db()
    assert row.due_at > timezone.now()


@pytest.mark.parametrize("script", [None, SCRIPT])
def test_of_what_was_sent_meanwhile_the_hour_is_not_changed_and_it_is_said(
    anas: Client, ana: Clinician, ben: Clinician, direct: Conversation, script: Any
) -> None:
    row = schedule(ana, direct, WORDS)
    sweep()

    answer = anas.post(way(row, "hour"), {"when": "morning"}, **script or {})

    page = answer if script else anas.get(answer["Location"])
    assert MEANWHILE in page.content.decode()
    assert texts(ben, direct) == [WORDS]


def test_why_its_hour_cannot_be_changed_is_said(
    anas: Client, ana: Clinician, ben: Clinician
) -> None:
    room = a_conversation(ben, ana)
    row = schedule(ana, room, WORDS)
    close(room, by=her(ben))

    answer = anas.post(way(row, "hour"), {"when": "morning", "back": "later"})

    assert answer["Location"] == "/messages/later/"
    said = f"{WHY_LATER[Refusal.CLOSED]} Nothing was changed."
    assert said in shown(anas, answer["Location"])


@pytest.mark.parametrize("script", [None, SCRIPT])
def test_she_deletes_it(
    anas: Client, ana: Clinician, direct: Conversation, script: Any
) -> None:
    row, other = schedule(ana, direct, WORDS), schedule(ana, direct, "another")

    answer = anas.post(way(row, "removal"), {}, **script or {})

    assert [one.pk for one in ScheduledMessage.objects.all()] == [other.pk]
    piece = answer if script else anas.get(answer["Location"])
    assert WORDS not in piece.content.decode()
    assert sweep() == 1
    assert texts(ana, direct) == ["another"]


def test_what_is_taken_back_stands_in_the_box_with_what_was_chosen(
    anas: Client, ana: Clinician, ben: Clinician, direct: Conversation
) -> None:
    question = say(ben, direct, "a question")
    topic = make_topic(direct, "Dates", by=her(ana))
    row = schedule(
        ana,
        direct,
        WORDS,
        reply_to=question.seq,
        topic=topic.public_id,
        expires_in=86400,
    )

    answer = anas.post(way(row, "return"))

    page = shown(anas, answer["Location"])
    assert re.search(rf"<textarea[^>]*>\s*{re.escape(escape(WORDS))}</textarea>", page)
    assert "Answers Ben Sparrow: a question" in page
    assert '<option value="86400" selected>' in page
    assert f'<option value="{topic.public_id}" selected>' in page
    assert not ScheduledMessage.objects.exists()


def test_what_a_program_chose_for_it_is_one_more_choice(
    anas: Client, ana: Clinician, direct: Conversation
) -> None:
    spans = {"expires_in": 3 * 3600, "confirm_in": 90 * 60}
    row = schedule(ana, direct, WORDS, expires_in=3 * 3600, confirm_in=90 * 60)

    page = shown(anas, anas.post(way(row, "return"))["Location"])
    assert '<option value="10800" selected>3 hours</option>' in page
    assert '<option value="5400" selected>within 1 hour 30 minutes</option>' in page
    post(anas, direct, **spans)

    row = ScheduledMessage.objects.get()
    assert {name: getattr(row, name) for name in spans} == spans


@pytest.mark.parametrize("stays", ["59", str(366 * 24 * 3600), "x", "9" * 30, "-60"])
def test_a_span_that_cannot_be_is_no_choice(
    anas: Client, direct: Conversation, stays: str
) -> None:
    page = shown(anas, f"{direct.get_absolute_url()}?stays={stays}")

    assert f'value="{stays}"' not in page
    assert post(anas, direct, expires_in=stays).status_code == 422


def test_what_would_be_too_long_beside_a_draft_waits_on(
    anas: Client, ana: Clinician, direct: Conversation
) -> None:
    row = schedule(ana, direct, WORDS)
    save_draft(direct, "x" * LONGEST, by=her(ana))

    page = shown(anas, anas.post(way(row, "return"))["Location"])

    assert TOO_LONG in page
    assert WORDS in page


def test_what_could_not_be_sent_stands_there_with_why(
    anas: Client, ana: Clinician, ben: Clinician
) -> None:
    room = a_conversation(ben, ana, title="Tuesday circle")
    row = schedule(ana, room, WORDS)
    schedule(ana, room, "another", at=timezone.now() + 48 * HOUR)
    close(room, by=her(ben))
    sweep()

    page = shown(anas, room.get_absolute_url())

    assert "1 message could not be sent; 1 message will be sent" in page
    assert f"Not sent. {WHY_LATER[Refusal.CLOSED]}" in page
    again = anas.post(way(row, "sending"), follow=True).content.decode()
    assert WHY_LATER[Refusal.CLOSED] in again
    taken = shown(anas, anas.post(way(row, "return"))["Location"])
    assert "What you had begun to write" in taken
    assert WORDS in taken


def test_the_notice_of_it_leads_to_later_and_has_no_word(
    anas: Client, ana: Clinician, ben: Clinician
) -> None:
    room = a_conversation(ben, ana, title="Tuesday circle")
    schedule(ana, room, WORDS)
    close(room, by=her(ben))
    sweep()
    notice = Notification.objects.get(event__verb="message.refused")
    page = shown(anas, "/notifications/")

    answer = anas.post(f"/notifications/{notice.public_id}/reading/", {"open": "1"})

    assert "could not be sent" in page
    assert not [word for word in (WORDS, "Tuesday circle", ben.name) if word in page]
    assert answer["Location"] == "/messages/later/"
    later = shown(anas, answer["Location"])
    assert WORDS in later
    assert "Tuesday circle" in later


def test_later_has_them_of_all_conversations(
    anas: Client, ana: Clinician, ben: Clinician, direct: Conversation
) -> None:
    circle = a_conversation(ana, ben, title="Tuesday circle")
    second = schedule(ana, direct, "second", at=timezone.now() + 3 * HOUR)
    schedule(ana, circle, "first")

    page = shown(anas, "/messages/later/")

    assert page.index("first") < page.index("second")
    assert "Ben Sparrow</a>" in page
    answer = anas.post(way(second, "removal"), {"back": "later"})
    assert answer["Location"] == "/messages/later/"
    assert "second" not in shown(anas, "/messages/later/")


def test_it_is_hers_alone(
    ana: Clinician, ben: Clinician, cleo: Clinician, direct: Conversation
) -> None:
    row = schedule(ana, direct, WORDS)

    for who in (ben, cleo):
        browser = signed_in(who)
        for verb in ("sending", "return", "removal"):
            assert browser.post(way(row, verb)).status_code == 404
            assert browser.get(way(row, verb)).status_code == 405
        assert WORDS not in shown(browser, "/messages/later/")
    assert WORDS not in shown(signed_in(ben), direct.get_absolute_url())
    assert WORDS not in shown(signed_in(ben), f"{direct.get_absolute_url()}scheduled/")
    piece = signed_in(cleo).get(f"{direct.get_absolute_url()}scheduled/")
    assert piece.status_code == 404
    assert len(log_of(direct)) == 0
    assert ScheduledMessage.objects.count() == 1
