"""How much is enough: too fast, too many, and signs that turn what is beside them."""

import re
from html import unescape

import pytest
from django.test import Client

from messaging.actions import members, topics
from messaging.models import Conversation, Topic
from messaging.views import rows
from network.accounts import pace
from network.accounts.models import User
from network.clinicians.actions.membership import suspend_member
from network.clinicians.models import Clinician
from network.privacy.lines import one_line
from tests.conftest import signed_in
from tests.factories import a_conversation
from tests.messaging.programs import Program, codes, program_of
from tests.messaging.saying import her, log_of, place_of, say
from tests.messaging.test_pages import act, write


@pytest.fixture
def circle(dana: Clinician, ana: Clinician, ben: Clinician) -> Conversation:
    return a_conversation(dana, ana, ben)


@pytest.fixture
def danas(dana: Clinician) -> Client:
    return signed_in(dana)


# -- Too fast ----------------------------------------------------------------------


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "BURST", 3.0)
    monkeypatch.setattr(pace, "A_SECOND", 0.01)
    pace.PACE.forget()


def test_forms_and_programs_spend_the_same(
    anas: Program, room: str, ana: Clinician, slow: None
) -> None:
    conversation = Conversation.objects.get()
    browser = signed_in(ana)
    write(browser, conversation)
    assert anas.put(f"{room}/position", {"seq": 1}).status_code == 204
    assert act(browser, conversation, 1, "reactions", reaction="+agree") == 302

    assert act(browser, conversation, 1, "pin") == 429
    assert anas.put(f"{room}/position", {"seq": 1}).status_code == 429
    assert [row.kind for row in log_of(conversation)] == ["message"] * 2 + ["reaction"]


def test_what_was_too_fast_comes_back_to_be_sent_again(
    circle: Conversation, danas: Client, slow: None
) -> None:
    for number in range(3):
        write(danas, circle, f"No. {number}")
    address = f"{circle.get_absolute_url()}messages/"
    words = "Typed <carefully>,\nin two lines."

    answer = danas.post(address, {"body": words, "expires_in": "3600"})

    assert answer.status_code == 429
    assert int(answer["Retry-After"]) in range(50, 101)
    html = answer.content.decode()
    assert words in unescape(html)
    assert 'name="expires_in" value="3600"' in html
    assert f'action="{address}"' in html
    assert len(log_of(circle)) == 3
    assert danas.get(circle.get_absolute_url()).status_code == 200


# -- Too many ----------------------------------------------------------------------


def test_only_so_many_topics(
    danas: Client, dana: Clinician, ben: Clinician, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(topics, "MOST_TOPICS", 1)
    circle = a_conversation(dana, ben)
    address = f"{circle.get_absolute_url()}topics/"
    assert danas.post(address, {"name": "one"}).status_code == 302

    answer = danas.post(address, {"name": "two"})

    assert answer.status_code == 422
    assert "A conversation has up to 100 topics." in answer.content.decode()
    by_program = program_of(dana).post(f"/{circle.public_id}/topics", {"name": "two"})
    assert (by_program.status_code, codes(by_program)) == (422, [("/name", "too_many")])
    assert Topic.objects.count() == 1


def test_only_so_many_members(
    circle: Conversation,
    danas: Client,
    dana: Clinician,
    cleo: Clinician,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(members, "MOST_INSIDE", 3)

    answer = danas.post(f"{circle.get_absolute_url()}members/{cleo.public_id}/")

    assert answer.status_code == 422
    assert "A conversation has up to 200 members." in answer.content.decode()
    said = {"clinician": str(cleo.public_id), "with_history": False}
    by_program = program_of(dana).post(f"/{circle.public_id}/members", said)
    assert codes(by_program) == [("/clinician", "too_many")]
    assert circle.memberships.count() == 3


def test_the_lead_passes_to_somebody_who_may_act(
    circle: Conversation, dana: Clinician, ana: Clinician, ben: Clinician, staff: User
) -> None:
    suspend_member(ana, by=staff, why="test")

    members.leave(circle, by=her(dana))
    assert place_of(ben, circle).is_owner

    members.leave(circle, by=her(ben))
    assert place_of(ana, circle).is_owner


# -- Odd signs ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("safe\u202egpj.exe", "safe gpj.exe"),
        ("\u2067a\u2069 b\u200f", "a b"),
        ("two\nlines\tand\x07more", "two lines and more"),
        ("  Łódź, دکتر، 👩\u200d🔬  ", "Łódź, دکتر، 👩\u200d🔬"),
        ("\u202e", ""),
    ],
)
def test_a_name_is_one_line_that_turns_nothing_around(typed: str, kept: str) -> None:
    assert one_line(typed) == kept


def test_titles_and_topics_are_kept_so(danas: Client, circle: Conversation) -> None:
    odd = "safe\u202etitle"
    danas.post(f"{circle.get_absolute_url()}title/", {"title": odd})
    danas.post(f"{circle.get_absolute_url()}topics/", {"name": odd})
    empty = danas.post(f"{circle.get_absolute_url()}topics/", {"name": "\u202e"})

    assert Conversation.objects.get().title == "safe title"
    assert Topic.objects.get().name == "safe title"
    assert empty.status_code == 422


def test_programs_give_them_so_too(dana: Clinician, circle: Conversation) -> None:
    program, odd = program_of(dana), "safe\u202etitle"
    program.patch(f"/{circle.public_id}", {"title": odd})
    made = program.post(f"/{circle.public_id}/topics", {"name": odd})

    assert Conversation.objects.get().title == "safe title"
    assert made.json()["name"] == "safe title"


# -- The list, page by page --------------------------------------------------------


def test_older_conversations_are_a_page_away(
    ana: Clinician, ben: Clinician, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "MOST", 2)
    for number in range(5):
        say(ben, a_conversation(ben, ana, title=f"Room {number}"))
    browser, seen, address = signed_in(ana), list[str](), "/messages/"
    while address:
        html = browser.get(address).content.decode()
        seen.append("".join(re.findall(r"Room (\d)", html)))
        found = re.search(r'href="(/messages/\?after=[^"]+)"', html)
        address = unescape(found.group(1)) if found else ""

    assert seen == ["43", "21", "0"]
    piece = browser.get("/messages/", headers={"HX-Request": "true"})
    assert "Earlier conversations" in piece.content.decode()
    odd = browser.get("/messages/?after=nonsense").content.decode()
    assert re.findall(r"Room (\d)", odd) == ["4", "3"]
