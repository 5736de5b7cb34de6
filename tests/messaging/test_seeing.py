"""Who can see a conversation, and who is told so."""

import pytest

from messaging.actions.conversations import rename
from messaging.actions.members import add_member, leave, remove_member
from messaging.actions.muting import mute
from messaging.models import Conversation
from messaging.seeing import acts, readers
from messaging.sending import read_up_to
from network.accounts.models import User
from network.clinicians.actions.leaving import erase_clinician
from network.clinicians.models import Clinician
from tests.conftest import signed_in
from tests.factories import a_conversation, a_direct
from tests.messaging.saying import her, log_of, place_of, say


@pytest.fixture
def circle(dana: Clinician, ana: Clinician, ben: Clinician) -> Conversation:
    circle = a_conversation(dana, ana, ben, title="Tuesday")
    say(dana, circle, "before")
    return circle


def words(who: Clinician, circle: Conversation) -> list[str]:
    """In the order in which it happened."""
    return [act.words for act in acts(place_of(who, circle))][::-1]


def gone(who: Clinician, circle: Conversation) -> list[Clinician]:
    return [one.membership.clinician for one in readers(place_of(who, circle))[1]]


def page(who: Clinician, circle: Conversation) -> str:
    answer = signed_in(who).get(f"{circle.get_absolute_url()}seeing/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_says_who_reads_since_when_and_how_far(
    circle: Conversation, dana: Clinician, ana: Clinician, eli: Clinician
) -> None:
    add_member(circle, eli, with_history=False, by=her(dana))
    read_up_to(circle, 1, by=her(ana))

    now, before = readers(place_of(ana, circle))

    first, *_ = log_of(circle)
    said = {one.membership.clinician: (one.has_history, one.up_to) for one in now}
    assert said[dana] == (True, first.at)
    assert said[ana] == (True, first.at)
    assert said[eli] == (False, None)
    assert before == []


def test_who_came_has_read_nothing_until_she_opens_it(
    circle: Conversation, dana: Clinician, eli: Clinician
) -> None:
    """Her place is at the end of the log from the start."""
    add_member(circle, eli, with_history=True, by=her(dana))
    assert readers(place_of(dana, circle))[0][-1].up_to is None

    read_up_to(circle, 2, by=her(eli))

    assert readers(place_of(dana, circle))[0][-1].up_to == log_of(circle)[1].at


def test_who_left_stands_there_with_the_day(
    circle: Conversation, dana: Clinician, ana: Clinician, ben: Clinician
) -> None:
    leave(circle, by=her(ana))
    remove_member(circle, ben, by=her(dana))

    assert gone(dana, circle) == [ana, ben]
    html = page(dana, circle)
    assert html.count(" until ") == 2
    assert "Read nothing here" in html


def test_who_came_without_the_history_knows_nothing_of_before(
    circle: Conversation, dana: Clinician, ana: Clinician, eli: Clinician
) -> None:
    rename(circle, "Thursday", by=her(dana))
    leave(circle, by=her(ana))
    add_member(circle, eli, with_history=False, by=her(dana))

    assert gone(eli, circle) == []
    assert words(eli, circle) == [f"{dana.name} took in {eli.name}."]
    assert gone(dana, circle) == [ana]


def test_the_trail_speaks_in_plain_words_and_of_no_bodys_habits(
    circle: Conversation,
    dana: Clinician,
    ana: Clinician,
    ben: Clinician,
    eli: Clinician,
) -> None:
    rename(circle, "Thursday", by=her(dana))
    mute(circle, "day", by=her(ana))
    add_member(circle, eli, with_history=True, by=her(dana))
    remove_member(circle, ben, by=her(dana))
    leave(circle, by=her(ana))

    others = ", ".join(sorted([ana.name, ben.name]))
    assert words(eli, circle) == [
        f"{dana.name} began the conversation, with {others}.",
        f"{dana.name} changed the title.",
        f"{dana.name} took in {eli.name}.",
        f"{dana.name} removed {ben.name}.",
        f"{ana.name} left.",
    ]


def test_who_is_erased_has_no_name_there(
    circle: Conversation, dana: Clinician, ben: Clinician
) -> None:
    leave(circle, by=her(ben))
    erase_clinician(ben)

    assert gone(dana, circle) == []
    assert words(dana, circle)[-1] == "A former colleague left."
    assert ben.name not in page(dana, circle)


def test_the_page_is_one_click_from_the_thread(
    circle: Conversation, dana: Clinician, ana: Clinician, eli: Clinician
) -> None:
    address = f"{circle.get_absolute_url()}seeing/"
    assert address in signed_in(ana).get(circle.get_absolute_url()).content.decode()
    html = page(ana, circle)
    assert "Tuesday" in html
    assert "since you came" not in html

    add_member(circle, eli, with_history=False, by=her(dana))
    assert "since you came" in page(eli, circle)


def test_the_page_is_for_members_alone(
    circle: Conversation, ana: Clinician, cleo: Clinician, staff: User
) -> None:
    address = f"{circle.get_absolute_url()}seeing/"

    assert signed_in(cleo).get(address).status_code == 404
    assert signed_in(staff).get(address).status_code in (403, 404)
    leave(circle, by=her(ana))
    assert signed_in(ana).get(address).status_code == 404


def test_of_two_it_says_the_same(ana: Clinician, ben: Clinician) -> None:
    direct = a_direct(ana, ben)
    say(ana, direct, "a word")

    html = page(ben, direct)
    assert f"{ana.name} began the conversation, with {ben.name}." in html
    assert "Read up to" in html
    assert "Read nothing here yet" in html
