"""Two presses at once: the second waits, and sees what the first has done."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from network.activity.models import Event
from network.clinicians.actions.endorsements import (
    MOST_A_DAY,
    TooManyEndorsementsError,
    hide_endorsement,
)
from network.clinicians.actions.membership import suspend_member
from network.clinicians.actions.openings import confirm_openings
from network.clinicians.actions.supervision import (
    Limits,
    ask_supervision,
    confirm_supervision,
    end_supervision,
)
from network.clinicians.matching.listing import rebuild_listings
from network.clinicians.models import Clinician, Endorsement, Listing, Supervision
from tests.among.people import an_associate, endorsed, guided, user_of
from tests.factories import a_colleague, a_member, a_staff_member
from tests.locks import until_somebody_waits

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*presses: Callable[[], object]) -> list[object]:
    """What came of each, a refusal included; each in a connection of its own."""

    def press(one: Callable[[], object]) -> object:
        try:
            return one()
        except (PermissionDenied, TooManyEndorsementsError) as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(presses)) as pool:
        return list(pool.map(press, presses))


def again(person: Clinician) -> Clinician:
    return Clinician.objects.select_related("user").get(pk=person.pk)


def test_two_supervisors_asked_at_once_are_one() -> None:
    wren, lark, rook = an_associate(), a_colleague("Lark"), a_colleague("Rook")

    def ask(supervisor: Clinician) -> None:
        fresh = again(wren)
        ask_supervision(fresh, again(supervisor), by=user_of(fresh))

    at_once(lambda: ask(lark), lambda: ask(rook), lambda: ask(lark))
    assert Supervision.objects.count() == 1


def test_two_confirmations_at_once_are_one() -> None:
    wren, lark = an_associate(), a_colleague("Lark Senior")
    supervision = ask_supervision(wren, lark, by=user_of(wren))

    def confirm() -> None:
        fresh = Supervision.objects.get(pk=supervision.pk)
        confirm_supervision(fresh, Limits(), by=user_of(again(lark)))

    answers = at_once(confirm, confirm)

    assert sum(isinstance(one, PermissionDenied) for one in answers) == 1
    confirmed = Event.objects.about(supervision).filter(verb="supervision.confirmed")
    assert confirmed.count() == 1


def test_confirmed_and_withdrawn_at_once_is_one_of_both() -> None:
    wren, lark = an_associate(), a_colleague("Lark Senior")
    supervision = ask_supervision(wren, lark, by=user_of(wren))

    def confirm() -> None:
        fresh = Supervision.objects.get(pk=supervision.pk)
        confirm_supervision(fresh, Limits(), by=user_of(again(lark)))

    def withdraw() -> None:
        fresh = Supervision.objects.get(pk=supervision.pk)
        end_supervision(fresh, "withdraw", by=user_of(again(wren)))

    answers = at_once(confirm, withdraw)

    assert sum(isinstance(one, PermissionDenied) for one in answers) == 1
    supervision.refresh_from_db()
    is_confirmed = supervision.state == "confirmed"
    assert Listing.objects.get(pk=wren.pk).visible == is_confirmed


def test_a_supervisor_suspended_meanwhile_leaves_nobody_to_be_found() -> None:
    staff, wren, lark = a_staff_member(), an_associate(), a_colleague("Lark Senior")
    supervision = ask_supervision(wren, lark, by=user_of(wren))

    def confirm() -> None:
        fresh = Supervision.objects.get(pk=supervision.pk)
        confirm_supervision(fresh, Limits(), by=user_of(again(lark)))

    at_once(confirm, lambda: suspend_member(again(lark), by=staff, why="complaint"))

    assert not Listing.objects.get(pk=wren.pk).visible


def test_changes_of_both_and_the_night_never_block_each_other() -> None:
    """The associate is the elder row, so an order by key alone would."""
    wren, lark = an_associate(), a_colleague("Lark Senior")
    guided(wren, lark)

    def confirm(person: Clinician) -> None:
        for _ in range(8):
            fresh = again(person)
            confirm_openings(fresh, by=user_of(fresh))

    def night() -> None:
        for _ in range(8):
            rebuild_listings([wren.pk, lark.pk])

    at_once(lambda: confirm(wren), lambda: confirm(lark), night, night)
    assert Listing.objects.get(pk=wren.pk).visible


def test_endorsed_twice_at_once_is_endorsed_once() -> None:
    ana, wren = a_member(), a_colleague()

    def press() -> None:
        endorsed(again(ana), again(wren))

    at_once(press, press, press)
    assert Endorsement.objects.count() == 1


def test_what_is_hidden_while_it_is_said_again_stays_hidden() -> None:
    ana, wren = a_member(), a_colleague()
    one = endorsed(ana, wren)

    def press() -> None:
        endorsed(again(ana), again(wren))

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            hide_endorsement(one, by=user_of(wren))
            pressed = pool.submit(at_once, press)
            until_somebody_waits()
        assert pressed.result() == [None]

    one.refresh_from_db()
    assert one.hidden_at is not None


def test_no_more_a_day_however_many_press_at_once() -> None:
    ana, wren = a_member(), a_colleague()
    for _ in range(MOST_A_DAY - 1):
        endorsed(ana, wren)

    def press() -> None:
        endorsed(again(ana), again(wren))

    answers = at_once(press, press, press, press)
    refused = [one for one in answers if isinstance(one, TooManyEndorsementsError)]
    assert len(refused) == 3
