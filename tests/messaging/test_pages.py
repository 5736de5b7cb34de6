"""What therapists see of conversations, and what outsiders never do."""

import re
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from messaging.actions.members import add_member, remove_member
from messaging.actions.muting import mute
from messaging.drafts import draft_of
from messaging.models import Conversation, Kind, Membership, Message
from network.accounts.models import User
from network.clinicians.actions.blocks import block_colleague
from network.clinicians.models import Clinician
from tests.conftest import signed_in
from tests.factories import a_conversation, a_direct
from tests.messaging.saying import place_of, say

WORDS = "A calm sentence about nobody."


def write(
    browser: Client, room: Conversation, text: str = WORDS, **more: object
) -> int:
    """By the form of the page; where it stands now."""
    said = {"client_id": uuid4(), "body": text, **more}
    answer = browser.post(f"{room.get_absolute_url()}messages/", said)
    assert answer.status_code == 302, answer.content.decode()
    return int(answer["Location"].rpartition("#m")[2])


def act(
    browser: Client, room: Conversation, seq: int, verb: str, **said: object
) -> int:
    address = f"{room.get_absolute_url()}{seq}/{verb}/"
    return browser.post(address, said).status_code


def page(browser: Client, room: Conversation, query: str = "") -> str:
    answer = browser.get(room.get_absolute_url() + query)
    assert answer.status_code == 200
    return answer.content.decode()


def lines(html: str) -> list[str]:
    """The words of the messages on a page; forms for scripts stand after them."""
    log = re.sub("<template.*?</template>", "", html, flags=re.DOTALL)
    return re.findall(r'data-part="body">(.*?)</div>', log, re.DOTALL)


def user(person: Clinician) -> User:
    assert isinstance(person.user, User)
    return person.user


@pytest.fixture
def anas(ana: Clinician) -> Client:
    return signed_in(ana)


@pytest.fixture
def bens(ben: Clinician) -> Client:
    return signed_in(ben)


@pytest.fixture
def room(ana: Clinician, ben: Clinician) -> Conversation:
    return a_direct(ana, ben)


@pytest.fixture
def circle(dana: Clinician, ana: Clinician, ben: Clinician) -> Conversation:
    return a_conversation(dana, ana, ben, title="Tuesday")


def test_ben_reads_what_ana_writes_by_a_form(
    anas: Client, bens: Client, room: Conversation
) -> None:
    write(anas, room)

    assert lines(page(bens, room)) == [WORDS]
    assert lines(page(anas, room)) == [WORDS]


def test_the_same_form_twice_is_one_message(
    anas: Client, bens: Client, room: Conversation
) -> None:
    one = uuid4()
    first, again = (write(anas, room, client_id=one) for _ in range(2))

    assert first == again
    assert lines(page(bens, room)) == [WORDS]


def test_an_outsider_finds_no_conversation(
    anas: Client, cleo: Clinician, room: Conversation
) -> None:
    seq = write(anas, room)
    cleos, where = signed_in(cleo), room.get_absolute_url()

    for path in ("", "about/", "people/", f"{seq}/"):
        assert cleos.get(where + path).status_code == 404
    for path in ("messages/", "reading/", "draft/", "title/", "topics/", "quiet/"):
        assert cleos.post(where + path, {"body": "x"}).status_code == 404
    for path in ("departure/", "closing/", "members/", f"members/{cleo.public_id}/"):
        assert cleos.post(where + path).status_code == 404
    for verb in ("body", "recall", "reactions", "pin", "unpin"):
        assert act(cleos, room, seq, verb, reaction="+agree", body="x") == 404
    assert WORDS not in cleos.get("/messages/").content.decode()


def test_somebody_not_verified_is_told_why(finn: Clinician) -> None:
    answer = signed_in(finn).get("/messages/")

    assert answer.status_code == 403
    assert "Verified members write to each other" in answer.content.decode()


def test_a_title_tells_nobody_in_a_waiting_room(
    anas: Client, room: Conversation, circle: Conversation
) -> None:
    seq = write(anas, room)
    addresses = ["/messages/", *(one.get_absolute_url() for one in (room, circle))]
    addresses += [f"{room.get_absolute_url()}{path}" for path in (f"{seq}/", "about/")]

    for address in addresses:
        html = anas.get(address).content.decode()
        title = re.search("<title>(.*?)</title>", html, re.DOTALL)
        assert title is not None
        assert not {"Ben", "Ana", "Tuesday"} & set(re.split(r"\W+", title[1]))


def test_the_list_has_the_newest_first_and_counts_what_is_unread(
    anas: Client, bens: Client, room: Conversation, circle: Conversation
) -> None:
    write(anas, circle)
    write(anas, room)
    write(anas, room)

    html = bens.get("/messages/").content.decode()

    assert html.index("Ana Heron") < html.index("Tuesday")
    assert re.findall(r'__count">(\d+)<', html) == ["2", "1"]
    assert re.findall(r'__count">(\d+)<', anas.get("/messages/").content.decode()) == []


def test_reading_is_said_by_a_form_and_never_by_looking(
    anas: Client, bens: Client, ben: Clinician, room: Conversation
) -> None:
    seq = write(anas, room)
    mine = Membership.objects.of(ben).filter(conversation=room)

    assert "New since" in page(bens, room)
    assert mine.get().read_seq == 0
    bens.post(f"{room.get_absolute_url()}reading/", {"seq": seq})

    assert mine.get().read_seq == seq
    assert "New since" not in page(bens, room)


def test_what_is_muted_is_marked(
    anas: Client, ana: Clinician, room: Conversation
) -> None:
    mute(room, "day", by=user(ana))

    assert 'aria-label="muted"' in anas.get("/messages/").content.decode()


def test_a_thread_is_muted_where_one_reads_it_and_on_its_details(
    anas: Client, ana: Clinician, room: Conversation
) -> None:
    where = room.get_absolute_url()
    assert "Mute for a day" in page(anas, room)

    assert anas.post(f"{where}quiet/", {"quiet": "day"}).headers["Location"] == where
    assert place_of(ana, room).is_muted
    assert "Tell me again" in page(anas, room)
    answer = anas.post(f"{where}quiet/", {"quiet": "off", "back": "about"})
    assert answer.headers["Location"] == f"{where}about/"
    assert not place_of(ana, room).is_muted


def test_words_are_shown_as_words(
    anas: Client, bens: Client, room: Conversation
) -> None:
    write(anas, room, "<b>bold</b> & https://a.example/x?y=1&z=2. Fine\nsecond")

    [shown] = lines(page(bens, room))

    assert shown == (
        '&lt;b&gt;bold&lt;/b&gt; &amp; <a href="https://a.example/x?y=1&amp;z=2" '
        'rel="noreferrer noopener nofollow" target="_blank">'
        "https://a.example/x?y=1&amp;z=2</a>. Fine\nsecond"
    )


@pytest.mark.parametrize("text", ["", "   \n ", "x" * 8001])
def test_what_does_not_fit_comes_back_with_its_words(
    anas: Client, room: Conversation, text: str
) -> None:
    said = {"client_id": uuid4(), "body": text}

    answer = anas.post(f"{room.get_absolute_url()}messages/", said)

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error: Conversation" in html
    assert text.strip() in html
    assert not Message.objects.filter(conversation=room, kind=Kind.MESSAGE).exists()


def test_an_edit_shows_and_its_history_can_be_read(
    anas: Client, bens: Client, room: Conversation
) -> None:
    seq = write(anas, room)
    act(anas, room, seq, "body", body="Other words.")

    assert lines(page(bens, room)) == ["Other words."]
    history = bens.get(f"{room.get_absolute_url()}{seq}/").content.decode()
    assert WORDS in history
    assert "Other words." in history


def test_only_who_wrote_it_may_edit_or_recall(
    anas: Client, bens: Client, room: Conversation
) -> None:
    seq = write(anas, room)

    act(bens, room, seq, "body", body="Not mine.")
    act(bens, room, seq, "recall")

    assert lines(page(anas, room)) == [WORDS]
    own = anas.get(f"{room.get_absolute_url()}{seq}/").content.decode()
    others = bens.get(f"{room.get_absolute_url()}{seq}/").content.decode()
    assert "Recall it" in own
    assert "Recall it" not in others


def test_a_recalled_message_has_no_words_anywhere(
    anas: Client, bens: Client, room: Conversation
) -> None:
    seq = write(anas, room)
    write(bens, room, "An answer.", reply_to=seq)
    act(anas, room, seq, "recall")

    for address in (room.get_absolute_url(), f"{room.get_absolute_url()}{seq}/"):
        html = bens.get(address).content.decode()
        assert WORDS not in html
        assert "This message was recalled." in html
    assert WORDS not in bens.get("/messages/").content.decode()


def test_a_reaction_is_counted_once_a_person_and_taken_back(
    anas: Client, bens: Client, room: Conversation
) -> None:
    seq = write(anas, room)
    for _ in range(2):
        act(bens, room, seq, "reactions", reaction="+thanks")
    act(anas, room, seq, "reactions", reaction="+thanks")

    shown = page(bens, room).partition("<read-mark")[0]
    assert re.findall(r'value="([^"]+)" data-code="thanks"', shown) == ["-thanks"]
    assert "<span>2</span>" in shown

    act(bens, room, seq, "reactions", reaction="-thanks")
    assert "<span>1</span>" in page(bens, room).partition("<read-mark")[0]
    assert act(bens, room, seq, "reactions", reaction="+shrug") == 404


def test_an_answer_quotes_what_it_answers(
    anas: Client, bens: Client, room: Conversation
) -> None:
    seq = write(anas, room)
    assert f"Answers Ana Heron: {WORDS}" in page(bens, room, f"?reply={seq}")
    write(bens, room, "Yes.", reply_to=seq)

    shown = page(anas, room).partition("<read-mark")[0]
    assert re.search(rf'href="#m{seq}"[^>]*><b>You</b> <span>{WORDS}', shown)


def test_a_mention_marks_it_for_whom_it_names(
    anas: Client, bens: Client, circle: Conversation
) -> None:
    write(anas, circle, "What do you think, @Ben Sparrow?")

    mark = 'data-part="for-me">'
    assert mark in page(bens, circle)
    assert mark not in page(anas, circle)


def test_pinned_messages_stand_above_the_thread(
    anas: Client, bens: Client, room: Conversation
) -> None:
    seq = write(anas, room)
    act(bens, room, seq, "pin")
    assert "Pinned" in page(anas, room).partition("<log-box")[0]

    act(anas, room, seq, "unpin")
    assert "Pinned" not in page(anas, room).partition("<log-box")[0]


def test_a_topic_is_read_by_itself(
    anas: Client, bens: Client, circle: Conversation
) -> None:
    where = circle.get_absolute_url()
    made = anas.post(f"{where}topics/", {"name": "Dates"})["Location"]
    topic = UUID(made.rpartition("=")[2])
    write(anas, circle)
    write(anas, circle, "At six.", topic=topic)

    assert lines(page(bens, circle)) == [WORDS, "At six."]
    assert lines(page(bens, circle, f"?topic={topic}")) == ["At six."]
    assert lines(page(bens, circle, "?topic=nonsense")) == [WORDS, "At six."]


def test_a_message_may_be_meant_for_a_while(
    anas: Client, bens: Client, room: Conversation
) -> None:
    write(anas, room, expires_in=3600)

    assert re.search(r'data-part="expires">disappears \d', page(bens, room))


def test_older_messages_come_by_a_link(
    ana: Clinician, bens: Client, room: Conversation
) -> None:
    for number in range(55):
        say(ana, room, f"No. {number}")
    bens.post(f"{room.get_absolute_url()}reading/", {"seq": 55})

    newest = page(bens, room)
    assert lines(newest)[0] == "No. 5"
    older = re.search(r'href="(\?before=\d+)"', newest)
    assert older is not None
    before = page(bens, room, older[1])
    piece = bens.get(
        room.get_absolute_url() + older[1], headers={"HX-Request": "true"}
    ).content.decode()
    assert lines(before)[:5] == [f"No. {number}" for number in range(5)]
    assert "<html" not in piece
    assert "The conversation begins here." in piece
    assert 'name="body"' in newest
    assert 'name="body"' not in before
    assert "One is answered from its own page." in before
    Conversation.objects.filter(pk=room.pk).update(closed_at=timezone.now())
    closed = page(bens, room, older[1])
    assert "Jump to latest" in closed
    assert "One is answered" not in closed


def test_who_comes_later_reads_from_then_on(
    anas: Client, cleo: Clinician, dana: Clinician, circle: Conversation
) -> None:
    seq = write(anas, circle)
    add_member(circle, cleo, with_history=False, by=user(dana))
    cleos = signed_in(cleo)
    write(anas, circle, "Welcome.", reply_to=seq)

    html = page(cleos, circle)
    assert lines(html) == ["Welcome."]
    assert WORDS not in html
    assert cleos.get(f"{circle.get_absolute_url()}{seq}/").status_code == 404


def test_who_leads_it_adds_and_removes_by_forms(
    bens: Client, dana: Clinician, cleo: Clinician, ben: Clinician, circle: Conversation
) -> None:
    danas, where = signed_in(dana), circle.get_absolute_url()

    found = danas.post(f"{where}members/", {"name": "wren"}).content.decode()
    assert "Cleo Wren" in found
    danas.post(f"{where}members/{cleo.public_id}/", {"history": "with"})
    assert signed_in(cleo).get(where).status_code == 200

    danas.post(f"{where}members/{ben.public_id}/removal/")
    assert bens.get(where).status_code == 404
    assert "Removed: Ben Sparrow" in page(danas, circle)


def test_of_a_closed_one_its_details_offer_to_remove_and_nothing_else(
    anas: Client, dana: Clinician, ben: Clinician, circle: Conversation
) -> None:
    danas, where = signed_in(dana), circle.get_absolute_url()
    danas.post(f"{where}closing/")

    shown = danas.get(f"{where}about/").content.decode()
    assert f"{where}members/{ben.public_id}/removal/" in shown
    for offered in ("Add a colleague", "Keep the title", "Close for good"):
        assert offered not in shown
    assert "/removal/" not in anas.get(f"{where}about/").content.decode()
    danas.post(f"{where}members/{ben.public_id}/removal/")
    assert signed_in(ben).get(where).status_code == 404
    assert "Removed: Ben Sparrow" in page(danas, circle)


def test_who_does_not_lead_it_may_not(
    anas: Client, ben: Clinician, cleo: Clinician, circle: Conversation
) -> None:
    where = circle.get_absolute_url()

    assert anas.post(f"{where}members/{cleo.public_id}/").status_code == 403
    assert anas.post(f"{where}members/{ben.public_id}/removal/").status_code == 403
    assert anas.post(f"{where}title/", {"title": "Mine"}).status_code == 403
    shown = anas.get(f"{where}about/").content.decode()
    assert "Add a colleague" not in shown
    assert "Leave this conversation" in shown


def test_leaving_ends_it_for_oneself(
    anas: Client, bens: Client, circle: Conversation
) -> None:
    answer = bens.post(f"{circle.get_absolute_url()}departure/")

    assert answer["Location"] == "/messages/"
    assert bens.get(circle.get_absolute_url()).status_code == 404
    assert "Ben Sparrow left." in page(anas, circle)


def test_a_conversation_is_started_without_a_script(
    anas: Client, ben: Clinician, cleo: Clinician
) -> None:
    looked = anas.post("/messages/start/", {"name": "spar", "look": ""})
    assert escape("Ben Sparrow") in looked.content.decode()
    both = [str(ben.public_id), str(cleo.public_id)]
    without = anas.post("/messages/start/", {"members": both, "off": both[1]})
    assert "Cleo Wren" not in without.content.decode()

    direct = anas.post("/messages/start/", {"members": both[:1], "start": "yes"})
    many = anas.post(
        "/messages/start/", {"members": both, "title": "Three", "start": "yes"}
    )

    kinds = Conversation.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["direct", "many"]
    assert signed_in(cleo).get(many["Location"]).status_code == 200
    assert signed_in(cleo).get(direct["Location"]).status_code == 404


def test_starting_without_anybody_says_so(anas: Client, finn: Clinician) -> None:
    for said in ({}, {"members": [str(finn.public_id)]}, {"members": ["nobody"]}):
        answer = anas.post("/messages/start/", {**said, "start": "yes"})
        assert answer.status_code == 422
    assert not Conversation.objects.exists()


def test_names_are_looked_up_among_those_she_may_see(
    anas: Client, ana: Clinician, ben: Clinician, finn: Clinician, cleo: Clinician
) -> None:
    block_colleague(cleo, ana, by=user(cleo))

    def offered(name: str) -> str:
        answer = anas.post("/messages/start/colleagues/", {"name": name})
        return answer.content.decode().strip()

    assert "Ben Sparrow" in offered("sparrow")
    for hidden in ("Finn", "Cleo", "Ana", "x", ""):
        assert offered(hidden) == ""


def test_a_colleagues_page_leads_to_the_conversation(
    anas: Client, ben: Clinician, room: Conversation
) -> None:
    shown = anas.get(f"/clinicians/{ben.public_id}/").content.decode()
    assert f"/messages/with/{ben.public_id}/" in shown

    answer = anas.post(f"/messages/with/{ben.public_id}/")
    assert answer["Location"] == room.get_absolute_url()


def test_a_block_closes_it_without_telling(
    anas: Client, ana: Clinician, ben: Clinician, room: Conversation
) -> None:
    write(anas, room)
    block_colleague(ben, ana, by=user(ben))

    html = page(anas, room)
    assert lines(html) == [WORDS]
    assert "Nothing more can be written here." in html
    said = {"client_id": uuid4(), "body": "More."}
    refused = anas.post(f"{room.get_absolute_url()}messages/", said)
    assert refused.status_code == 422


def test_a_draft_survives_signing_out_and_goes_when_sent(
    anas: Client, bens: Client, ana: Clinician, room: Conversation
) -> None:
    where = f"{room.get_absolute_url()}draft/"
    assert anas.post(where, {"body": "Begun, not fin"}).status_code == 204

    assert "Begun, not fin" in page(signed_in(ana), room)
    assert "Begun, not fin" not in page(bens, room)

    write(anas, room)
    assert draft_of(ana, room) == ""
    assert anas.post(where, {"body": "x" * 8001}).status_code == 422


def test_a_member_who_was_removed_reads_nothing(
    anas: Client, bens: Client, dana: Clinician, ben: Clinician, circle: Conversation
) -> None:
    write(anas, circle)
    remove_member(circle, ben, by=user(dana))

    assert bens.get(circle.get_absolute_url()).status_code == 404
    assert "Tuesday" not in bens.get("/messages/").content.decode()


def test_the_list_beside_comes_as_a_piece(anas: Client, room: Conversation) -> None:
    address = f"/messages/?here={room.public_id}"

    piece = anas.get(address, headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in piece
    assert 'aria-current="page"' in piece


def test_every_composer_says_that_nobody_watches(
    anas: Client, room: Conversation
) -> None:
    html = page(anas, room)

    assert "Not monitored, not for emergencies." in html
    assert html.count('href="tel:988"') == 2
