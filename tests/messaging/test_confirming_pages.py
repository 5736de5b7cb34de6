"""What a page shows of a message that is to be confirmed, without any script."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from messaging.actions.conversations import close
from messaging.actions.members import add_member, remove_member
from messaging.copies.copy import Copy
from messaging.copies.lines import as_json, as_pdf
from messaging.copies.parts import Format, Part
from messaging.models import Conversation, Kind, Message
from messaging.thread.asking import Asking
from network.clinicians.actions.blocks import block_colleague
from network.clinicians.actions.openings import go_away
from network.clinicians.models import Clinician
from tests.conftest import signed_in
from tests.factories import a_conversation, a_direct
from tests.messaging.saying import do, her, lines, log_of, place_of, say

HOUR = 3600


@pytest.fixture
def circle(dana: Clinician, ana: Clinician, ben: Clinician) -> Conversation:
    return a_conversation(dana, ana, ben, title="Tuesday")


def press(browser: Client, room: Conversation, seq: int) -> int:
    address = f"{room.get_absolute_url()}{seq}/confirmation/"
    return browser.post(address).status_code


def read(who: Clinician, room: Conversation) -> str:
    """In words; what scripts fill stands after them."""
    html = signed_in(who).get(room.get_absolute_url()).content.decode()
    log = re.sub("<template.*?</template>", "", html, flags=re.DOTALL)
    shown = re.sub(r"<(form|p)\b[^>]*\shidden>.*?</\1>", "", log, flags=re.DOTALL)
    return " ".join(re.sub("<[^>]+>", " ", shown).split())


def asking(who: Clinician, room: Conversation, seq: int = 1) -> Asking:
    [line] = [line for line in lines(who, room) if line.seq == seq]
    assert line.asking is not None
    return line.asking


def names(people: object) -> list[str]:
    assert isinstance(people, list | tuple)
    return [one.name for one in people]


def test_ben_confirms_by_a_form_and_everybody_sees_it(
    circle: Conversation, ana: Clinician, ben: Clinician, dana: Clinician
) -> None:
    anas, bens = signed_in(ana), signed_in(ben)
    said = {"client_id": uuid4(), "body": "Can you see to it?", "confirm_in": HOUR}
    anas.post(f"{circle.get_absolute_url()}messages/", said)

    assert "Please confirm by" in read(ben, circle)
    assert "Waiting for Dana Finch, Ben Sparrow" in read(ana, circle)
    assert press(bens, circle, 1) == press(bens, circle, 1) == 302

    assert [row.kind for row in log_of(circle)] == ["message", "confirm"]
    assert "Confirmed by you," in read(ben, circle)
    assert "Please confirm" not in read(ben, circle)
    assert "Confirmed by Ben Sparrow," in read(dana, circle)
    assert "Please confirm by" in read(dana, circle)
    assert "Waiting for Dana Finch" in read(ana, circle)


def test_a_time_that_is_not_offered_is_not_taken(
    circle: Conversation, ana: Clinician
) -> None:
    said = {"client_id": uuid4(), "body": "Soon?", "confirm_in": 60}

    answer = signed_in(ana).post(f"{circle.get_absolute_url()}messages/", said)

    assert answer.status_code == 422
    assert not Message.objects.exists()


def test_an_outsider_confirms_nothing(
    circle: Conversation, ana: Clinician, cleo: Clinician
) -> None:
    say(ana, circle, confirm_in=HOUR)

    assert press(signed_in(cleo), circle, 1) == 404
    assert len(log_of(circle)) == 1


def test_her_own_message_asks_her_for_nothing(
    circle: Conversation, ana: Clinician
) -> None:
    say(ana, circle, confirm_in=HOUR)
    browser = signed_in(ana)
    address = f"{circle.get_absolute_url()}1/confirmation/"

    page = browser.post(address, follow=True).content.decode()

    assert "You are not asked to confirm this message." in page
    assert not asking(ana, circle).asks_me


def test_whoever_came_later_is_not_asked_and_who_has_gone_is_not_waited_for(
    circle: Conversation, ana: Clinician, ben: Clinician, dana: Clinician
) -> None:
    say(ana, circle, confirm_in=HOUR)
    remove_member(circle, ben, by=her(dana))
    add_member(circle, ben, with_history=True, by=her(dana))

    assert names(asking(ana, circle).waiting) == ["Dana Finch"]
    assert not asking(ben, circle).asks_me


def test_nobody_is_asked_once_it_is_closed_or_gone(
    circle: Conversation, ana: Clinician, ben: Clinician, dana: Clinician
) -> None:
    say(ana, circle, confirm_in=HOUR)
    say(ana, circle, confirm_in=HOUR)
    do(ana, circle, Kind.RECALL, 1)
    close(circle, by=her(dana))

    [gone, still, *_] = lines(ben, circle)

    assert gone.asking is None
    assert still.asking is not None
    assert not still.asking.asks_me
    assert "Confirm" not in read(ben, circle)


def test_its_own_page_has_the_form_too(
    circle: Conversation, ana: Clinician, ben: Clinician
) -> None:
    say(ana, circle, confirm_in=HOUR)

    page = signed_in(ben).get(f"{circle.get_absolute_url()}1/").content.decode()

    assert f'action="{circle.get_absolute_url()}1/confirmation/"' in page


def test_a_copy_says_who_has_confirmed(
    circle: Conversation, ana: Clinician, ben: Clinician
) -> None:
    say(ana, circle, confirm_in=HOUR)
    do(ben, circle, Kind.CONFIRM, 1)
    copy = Copy.of(place_of(ana, circle), Part(Format.JSON, 1, 1), "Tuesday")

    told = "".join(as_json(copy))

    assert '"confirm_by": "' in told
    assert '"confirmed": [{"by": "Ben Sparrow' in told
    assert as_pdf(copy).startswith(b"%PDF")


def marks(who: Clinician) -> str:
    page = signed_in(who).get("/messages/").content.decode()
    return "asked" if "waits for you to confirm" in page else "quiet"


def test_her_list_marks_where_something_waits_for_her(
    circle: Conversation, ana: Clinician, ben: Clinician, dana: Clinician
) -> None:
    assert marks(ben) == "quiet"
    say(ana, circle, confirm_in=HOUR)
    assert [marks(one) for one in (ana, ben, dana)] == ["quiet", "asked", "asked"]

    do(ben, circle, Kind.CONFIRM, 1)
    assert [marks(one) for one in (ana, ben, dana)] == ["quiet", "quiet", "asked"]

    do(ana, circle, Kind.RECALL, 1)
    assert [marks(one) for one in (ana, ben, dana)] == ["quiet", "quiet", "quiet"]


def test_what_a_blocked_colleague_asked_marks_nothing(
    ana: Clinician, ben: Clinician
) -> None:
    say(ana, a_direct(ana, ben), confirm_in=HOUR)
    assert marks(ben) == "asked"

    block_colleague(ben, ana, by=her(ben))

    assert marks(ben) == "quiet"


def test_the_composer_says_who_is_away_and_who_covers(
    circle: Conversation, ana: Clinician, ben: Clinician, cleo: Clinician
) -> None:
    today = timezone.localdate()
    for person, coverer in ((ben, cleo), (ana, cleo)):
        go_away(person, starts_on=today, ends_on=today, coverer=coverer, by=her(person))

    page = read(ana, circle)

    until = date_format(today, "j F")
    assert f"Ben Sparrow is away until {until}; {cleo.name} covers." in page
    assert "Ana Heron is away" not in page


@pytest.mark.parametrize(
    ("blocker", "blocked", "said"),
    [
        ("ben", "ana", ""),
        ("ana", "ben", ""),
        ("cleo", "ana", "."),
        ("ana", "cleo", "."),
        ("cleo", "ben", "."),
        ("ben", "cleo", "."),
        ("ben", "dana", "; Cleo Wren covers."),
    ],
)
def test_whom_she_may_not_see_is_not_said_to_be_away_or_to_cover(
    circle: Conversation,
    request: pytest.FixtureRequest,
    blocker: str,
    blocked: str,
    said: str,
) -> None:
    ana, ben, cleo, one, other = (
        request.getfixturevalue(name)
        for name in ("ana", "ben", "cleo", blocker, blocked)
    )
    today = timezone.localdate()
    go_away(ben, starts_on=today, ends_on=today, coverer=cleo, by=her(ben))
    block_colleague(one, other, by=her(one))

    page = read(ana, circle)

    told = f"Ben Sparrow is away until {date_format(today, 'j F')}"
    assert [told in page, told + said in page] == [bool(said)] * 2


def test_nobody_is_asked_in_what_a_block_has_ended(
    ana: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)
    say(ana, room, confirm_in=HOUR)
    block_colleague(ben, ana, by=her(ben))

    assert not asking(ben, room).asks_me
    assert names(asking(ana, room).waiting) == []
