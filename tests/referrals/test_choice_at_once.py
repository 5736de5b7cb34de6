"""The client and the sender choose at the same moment, on a real database."""

from collections.abc import Callable
from functools import partial

import pytest

from network.accounts.models import User
from network.activity.models import Event
from network.clients.models import Consent
from network.clinicians.models import Clinician
from referrals.acting import By
from referrals.actions.choosing import choose_offer
from referrals.actions.replying import Wish, choose_by_link, reply
from referrals.actions.stepping import LostRaceError
from referrals.models import Reply
from tests.clients.people import a_link, with_identities
from tests.messaging.test_log_at_once import together
from tests.referrals.story import accepted, by, click, sent

pytestmark = pytest.mark.django_db(transaction=True)


def did(act: Callable[[], None]) -> bool:
    try:
        act()
    except LostRaceError:
        return False
    return True


def test_of_the_client_and_the_sender_one_is_first(
    ana: Clinician, rosa: Clinician, omar: Clinician, staff: User
) -> None:
    with_identities(staff)
    one = sent(ana, rosa, omar, mode="client_choice")
    hers, his = accepted(rosa, one), accepted(omar, one)
    link = a_link(one.client.parties.get()).link
    ways = [
        partial(choose_by_link, hers, link=link, click=click(hers)),
        partial(choose_offer, his, by=by(ana), click=click(his)),
    ]

    said = together(partial(did, way) for way in ways)

    assert sorted(said) == [False, True]
    states = sorted(one.offers.values_list("state", flat=True))
    assert states == ["not_selected", "selected"]
    assert Event.objects.filter(verb="offer.chosen").count() == 1
    is_hers = one.offers.filter(receiver=rosa, state="selected").exists()
    assert Consent.objects.count() == (1 if is_hers else 0)


def test_one_tap_that_comes_five_times_is_one_choice(
    ana: Clinician, rosa: Clinician, staff: User
) -> None:
    with_identities(staff)
    one = sent(ana, rosa, mode="client_choice")
    hers = accepted(rosa, one)
    link, tap = a_link(one.client.parties.get()).link, click(hers)

    act = partial(choose_by_link, hers, link=link, click=tap)
    said = together(partial(did, act) for _ in range(5))

    assert said == [True] * 5
    assert Event.objects.filter(verb="offer.chosen").count() == 1
    assert Consent.objects.count() == 1


def test_a_reply_that_comes_twice_is_one(ana: Clinician, rosa: Clinician) -> None:
    one = sent(ana, rosa, mode="client_choice")
    accepted(rosa, one)
    me, tap = By.client(a_link(one.client.parties.get()).link), click(one)

    act = partial(reply, one, Wish(Reply.Kind.CALL), by=me, click=tap)
    said = together(partial(did, act) for _ in range(5))

    assert said == [True] * 5
    assert Reply.objects.get().kind == "call"
    assert Event.objects.filter(verb="referral.client_replied").count() == 1
