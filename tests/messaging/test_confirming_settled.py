"""What can wait for nobody any more is put away, and nothing else is."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from messaging import tasks
from messaging.actions.conversations import close
from messaging.actions.members import add_member, leave
from messaging.models import Conversation, Kind, Message
from messaging.pages import page_of
from network.clinicians.actions.blocks import block_colleague, unblock_colleague
from network.clinicians.models import Clinician
from tests.factories import a_conversation, a_direct
from tests.messaging.saying import do, her, say

HOUR = 3600
Act = Callable[[Conversation, Clinician, Clinician], object]


@pytest.fixture
def circle(dana: Clinician, ana: Clinician, ben: Clinician) -> Conversation:
    return a_conversation(dana, ana, ben, title="Tuesdays")


def sweep(seconds: float = 30) -> None:
    with time_machine.travel(timezone.now() + timedelta(seconds=seconds), tick=False):
        tasks.put_away_confirmed()


def looked_at() -> int:
    """Messages among which a list looks for what waits."""
    asking = Message.objects.filter(confirm_by__isnull=False)
    return asking.filter(settled_at__isnull=True).count()


def is_marked(who: Clinician) -> bool:
    [place], _ = page_of(who, cursor="", limit=10)
    return place.is_asked


def confirm(circle: Conversation, *people: Clinician) -> None:
    for who in people:
        do(who, circle, Kind.CONFIRM, 1)


def test_it_is_put_away_once_everybody_who_was_asked_has_confirmed(
    circle: Conversation, ana: Clinician, ben: Clinician, dana: Clinician
) -> None:
    say(ana, circle, confirm_in=HOUR)
    confirm(circle, ben)
    sweep()
    assert (looked_at(), is_marked(ben), is_marked(dana)) == (1, False, True)

    confirm(circle, dana)
    sweep(0)
    assert looked_at() == 1
    sweep()
    sweep()

    assert (looked_at(), is_marked(dana)) == (0, False)
    assert Message.objects.get(settled_at__isnull=False).seq == 1


ENDS: dict[str, Act] = {
    "it is recalled": lambda circle, ana, ben: do(ana, circle, Kind.RECALL, 1),
    "she leaves": lambda circle, ana, ben: leave(circle, by=her(ben)),
    "it is closed": lambda circle, ana, ben: close(circle, by=her(ana)),
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_it_is_put_away_once_it_asks_nobody(
    ana: Clinician, ben: Clinician, end: Act
) -> None:
    circle = a_conversation(ana, ben)
    say(ana, circle, confirm_in=HOUR)
    sweep()
    assert looked_at() == 1

    end(circle, ana, ben)
    sweep()

    assert looked_at() == 0


def test_what_disappears_is_put_away(circle: Conversation, ana: Clinician) -> None:
    say(ana, circle, confirm_in=HOUR, expires_in=HOUR)
    sweep()
    assert looked_at() == 1

    sweep(2 * HOUR)

    assert looked_at() == 0


def test_who_comes_later_keeps_nothing_open(
    circle: Conversation,
    ana: Clinician,
    eli: Clinician,
    dana: Clinician,
    ben: Clinician,
) -> None:
    say(ana, circle, confirm_in=HOUR)
    confirm(circle, ben, dana)

    add_member(circle, eli, with_history=True, by=her(dana))
    sweep()

    assert (looked_at(), is_marked(eli)) == (0, False)


def test_a_block_puts_nothing_away(ana: Clinician, ben: Clinician) -> None:
    say(ana, a_direct(ana, ben), confirm_in=HOUR)

    block = block_colleague(ben, ana, by=her(ben))
    sweep()
    assert (looked_at(), is_marked(ben)) == (1, False)

    unblock_colleague(block, by=her(ben))
    assert is_marked(ben)
