"""The page that searches messages, and what it keeps to itself."""

import pytest
from django.test import Client

from messaging.actions.members import leave, remove_member
from messaging.models import Conversation, Kind
from network.clinicians.models import Clinician
from tests.conftest import signed_in
from tests.factories import a_conversation, a_direct
from tests.messaging.saying import do, her, say

PAGE = "/messages/search/"


@pytest.fixture
def circle(ana: Clinician, ben: Clinician) -> Conversation:
    return a_conversation(ana, ben, title="The Tuesday circle")


def found(client: Client, words: str, **more: str) -> str:
    answer = client.post(PAGE, {"words": words, **more})
    assert answer.status_code == 200
    return answer.content.decode()


def test_ben_finds_what_ana_wrote_and_opens_it(
    ben: Clinician, ana: Clinician, circle: Conversation
) -> None:
    entry = say(ana, circle, "She has been sleeping <badly> since the move")
    client = signed_in(ben)

    page = found(client, "sleep")

    assert "1 message" in page
    assert "She has been <mark>sleeping</mark> &lt;badly&gt; since the move" in page
    address = f"{circle.get_absolute_url()}#m{entry.seq}"
    assert f'href="{address}"' in page
    assert f'id="m{entry.seq}"' in client.get(address).content.decode()


def test_an_old_message_opens_among_its_neighbours(
    ana: Clinician, circle: Conversation
) -> None:
    entry = say(ana, circle, "a heron")
    for number in range(30):
        say(ana, circle, f"No. {number}")
    client = signed_in(ana)

    page = found(client, "heron")

    address = f"{circle.get_absolute_url()}?before={entry.seq + 25}#m{entry.seq}"
    assert f'href="{address}"' in page
    thread = client.get(address).content.decode()
    assert f'id="m{entry.seq}"' in thread
    assert f'id="m{entry.seq + 25}"' not in thread


def test_an_outsider_finds_nothing(
    ana: Clinician, cleo: Clinician, circle: Conversation
) -> None:
    say(ana, circle, "a heron")

    page = found(signed_in(cleo), "heron")

    assert "Nothing found" in page
    assert "Tuesday circle" not in page


def test_who_is_not_verified_is_told_why(finn: Clinician) -> None:
    assert signed_in(finn).post(PAGE, {"words": "heron"}).status_code == 403


def test_the_words_stay_out_of_the_address_and_of_every_cache(
    ana: Clinician, circle: Conversation
) -> None:
    say(ana, circle, "a heron")
    client = signed_in(ana)

    answer = client.post(PAGE, {"words": "heron"})

    assert "no-store" in answer["Cache-Control"]
    assert "heron" not in str(answer.headers)
    assert "heron" not in client.get(f"{PAGE}?words=heron").content.decode()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"words": ""}, "Write what you look for."),
        ({"words": "and the"}, "Use a word that says more"),
        ({"words": "…"}, "Use a word that says more"),
        ({"words": "heron " * 34}, "at most 200 characters"),
        ({"words": "heron", "since": "2026-02-30"}, "Enter a valid date"),
        (
            {"words": "heron", "since": "2026-02-03", "until": "2026-02-02"},
            "This is before the first day.",
        ),
        ({"words": "heron", "person": "nobody"}, "Select a valid choice"),
    ],
)
def test_faults_are_told_and_the_words_kept(
    ana: Clinician, said: dict[str, str], told: str
) -> None:
    answer = signed_in(ana).post(PAGE, said)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert said["words"].strip() in page


def test_a_page_of_twenty_leads_to_earlier_ones(
    ana: Clinician, circle: Conversation
) -> None:
    for number in range(23):
        say(ana, circle, f"heron {number}")
    client = signed_in(ana)

    page = found(client, "heron")
    cursor = page.partition('name="after" value="')[2].partition('"')[0]
    headers = {"HX-Request": "true"}
    rest = client.post(PAGE, {"words": "heron", "after": cursor}, headers=headers)

    assert "The newest 20 messages" in page
    assert page.count('class="hit"') == 20
    later = rest.content.decode()
    assert later.count('class="hit"') == 3
    assert "<html" not in later
    assert "Earlier messages" not in later


def test_a_cursor_that_is_made_up_begins_anew(
    ana: Clinician, circle: Conversation
) -> None:
    say(ana, circle, "a heron")
    client = signed_in(ana)

    for cursor in ("x", "2026-01-01T00:00:00_1_1", "2026-01-01T00:00:00Z_1", "é_1_1"):
        assert "1 message" in found(client, "heron", after=cursor)


def test_whoever_left_or_was_removed_finds_nothing_more(
    ana: Clinician, ben: Clinician, eli: Clinician
) -> None:
    circle = a_conversation(ana, ben, eli)
    say(ana, circle, "a heron")

    leave(circle, by=her(ben))
    remove_member(circle, eli, by=her(ana))

    for person in (ben, eli):
        assert "Nothing found" in found(signed_in(person), "heron")
    assert "1 message" in found(signed_in(ana), "heron")


def test_a_recalled_message_is_not_found(ana: Clinician, circle: Conversation) -> None:
    entry = say(ana, circle, "a heron")
    do(ana, circle, Kind.RECALL, entry.seq)

    assert "Nothing found" in found(signed_in(ana), "heron")


def test_the_list_of_messages_leads_to_the_search(ana: Clinician) -> None:
    page = signed_in(ana).get("/messages/").content.decode()

    assert f'action="{PAGE}"' in page


def test_filters_name_people_and_conversations_in_plain_words(
    ana: Clinician, ben: Clinician, circle: Conversation
) -> None:
    say(ana, circle, "a heron")
    say(ben, a_direct(ana, ben), "a heron too")
    client = signed_in(ana)

    mine = found(client, "heron", person=str(ana.public_id))
    here = found(client, "heron", conversation=str(circle.public_id))

    assert "a <mark>heron</mark> too" not in mine
    assert "a <mark>heron</mark> too" not in here
    for words in ("Written by", "anybody", "Ben Sparrow", "any conversation"):
        assert words in mine
