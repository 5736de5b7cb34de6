"""A guest, her sender and the clock at the same moment, on a real database."""

from collections.abc import Callable
from functools import partial

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from network.activity.models import Event
from network.clinicians.models import Clinician
from referrals import tasks
from referrals.acting import By
from referrals.actions import answering, guests
from referrals.actions.drafting import Guest
from referrals.actions.stepping import LostRaceError
from referrals.machine.words import Decline
from referrals.models import GuestLink
from tests.messaging.test_log_at_once import together
from tests.referrals.guests import JUNE, a_member, asked, its
from tests.referrals.story import NO_FEE, begun, by, click, sent

pytestmark = pytest.mark.django_db(transaction=True)


def press(act: Callable[[], object]) -> str:
    try:
        act()
    except (LostRaceError, PermissionDenied):
        return "late"
    return "done"


def test_two_tabs_take_it_over_at_once(ana: Clinician) -> None:
    offer, june = asked(ana), a_member()
    take = partial(guests.join_offer, offer, by=by(june))
    tabs = [partial(take, click=click(offer)) for _ in range(4)]

    assert sorted(together(partial(press, tab) for tab in tabs)) == [
        "done",
        *["late"] * 3,
    ]
    assert Event.objects.filter(verb="offer.joined").count() == 1
    assert its(offer.referral).receiver == june


def test_of_two_last_links_of_a_day_one_is_made(ana: Clinician) -> None:
    pair, me = [begun(ana), begun(ana)], by(ana)
    for number in range(guests.MAILED_A_DAY - 1):
        guest = Guest("Somebody", f"{number}@elsewhere.example")
        guests.add_guest(pair[0], guest, by=me, click=click(pair[0]))
    adds = [
        partial(guests.add_guest, one, JUNE, by=me, click=click(one)) for one in pair
    ]

    assert sorted(together(partial(press, add) for add in adds)) == ["done", "late"]
    assert GuestLink.objects.count() == guests.MAILED_A_DAY


def test_taken_over_and_taken_back_at_once(ana: Clinician) -> None:
    offer, june = asked(ana), a_member()
    acts = (
        partial(guests.join_offer, offer, by=by(june), click=click(offer)),
        partial(answering.retract_offer, offer, by=by(ana), click=click(offer)),
    )

    assert sorted(together(partial(press, act) for act in acts)) == ["done", "late"]
    after = its(offer.referral)
    assert (after.state == "retracted") != (after.receiver == june)


def test_accepted_by_the_link_while_it_is_ended(ana: Clinician) -> None:
    offer = asked(ana)
    me = By.guest(offer)
    answering.open_offer(offer, by=me, click=click(offer))
    acts = (
        partial(answering.accept_offer, offer, NO_FEE, by=me, click=click(offer)),
        partial(guests.end_link, offer, by=by(ana), click=click(offer)),
    )

    assert sorted(together(partial(press, act) for act in acts)) == ["done", "late"]
    after = its(offer.referral)
    assert (after.state == "selected") != after.is_logged


def test_the_guest_and_the_member_she_has_become_answer_at_once(
    ana: Clinician,
) -> None:
    offer, june = asked(ana), a_member()
    acts = (
        partial(guests.join_offer, offer, by=by(june), click=click(offer)),
        partial(
            answering.decline_offer,
            offer,
            Decline.FULL,
            by=By.guest(offer),
            click=click(offer),
        ),
    )

    assert sorted(together(partial(press, act) for act in acts)) == ["done", "late"]


def test_two_workers_mail_it_once(ana: Clinician) -> None:
    sent(ana, JUNE)

    assert sorted(together([tasks.mail_guests, tasks.mail_guests])) == [0, 1]
    assert len(mail.outbox) == 1
