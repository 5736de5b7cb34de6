"""In sequence: who is next is looked at again when it comes to her."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from network.clinicians.actions.blocks import block_colleague
from network.clinicians.models import Absence, Clinician
from referrals.actions.answering import decline_offer
from referrals.actions.sending import send_referral
from referrals.machine.words import Decline
from referrals.models import Conflict, Offer, Referral
from referrals.permissions import LackingError
from tests.conftest import signed_in
from tests.factories import a_colleague
from tests.messaging.saying import her
from tests.referrals.story import by, click, offer_to, opened, ready, sent
from tests.referrals.test_clocks import told
from tests.referrals.test_pages import html

pytestmark = pytest.mark.django_db


def goes_away(person: Clinician, _: Clinician) -> None:
    until = timezone.localdate() + timedelta(days=9)
    Absence.objects.create(
        clinician=person, starts_on=timezone.localdate(), ends_on=until
    )


def loses_her_licence(person: Clinician, _: Clinician) -> None:
    person.licences.update(expires_on=timezone.localdate() - timedelta(days=1))


def blocks_her(person: Clinician, sender: Clinician) -> None:
    block_colleague(person, sender, by=her(person))


def may_overlap(person: Clinician, _: Clinician) -> None:
    Offer.objects.filter(receiver=person).update(conflict=Conflict.POSSIBLE)


Becomes = Callable[[Clinician, Clinician], None]
WHY: list[Becomes] = [goes_away, loses_her_licence, blocks_her, may_overlap]
OF_HERS = WHY[:3]


def declined(person: Clinician, one: Referral) -> None:
    offer = opened(person, one)
    decline_offer(offer, Decline.FULL, by=by(person), click=click(offer))
    one.refresh_from_db()


@pytest.mark.parametrize("becomes", WHY)
def test_who_may_not_be_asked_any_more_is_passed_over(
    becomes: Becomes, ana: Clinician, rosa: Clinician, omar: Clinician
) -> None:
    iris = a_colleague("Iris Crow")
    one = sent(ana, rosa, omar, iris, mode="sequential")
    becomes(omar, ana)

    declined(rosa, one)

    assert [offer_to(who, one).state for who in (omar, iris)] == ["queued", "sent"]
    assert one.state == "open"
    assert told(omar, "offer.sent") == 0


@pytest.mark.parametrize("becomes", WHY)
def test_where_nobody_else_is_in_line_the_sender_is_told(
    becomes: Becomes, ana: Clinician, rosa: Clinician, omar: Clinician
) -> None:
    one = sent(ana, rosa, omar, mode="sequential")
    becomes(omar, ana)

    declined(rosa, one)

    assert (one.state, one.turn) == ("ready", "sender")
    assert (told(ana, "referral.exhausted"), told(omar, "offer.sent")) == (1, 0)
    with pytest.raises(LackingError):
        send_referral(one, by=by(ana), click=click(one))


def test_who_is_back_is_asked_when_it_comes_to_her(
    ana: Clinician, rosa: Clinician, omar: Clinician
) -> None:
    iris = a_colleague("Iris Crow")
    one = sent(ana, rosa, omar, iris, mode="sequential")
    goes_away(omar, ana)
    declined(rosa, one)
    omar.absences.all().delete()

    declined(iris, one)

    assert offer_to(omar, one).state == "sent"


def test_while_somebody_has_to_be_called_nothing_can_be_sent(
    ana: Clinician, rosa: Clinician, omar: Clinician
) -> None:
    one = ready(ana, rosa, omar)
    may_overlap(omar, ana)
    page = html(signed_in(ana), one.get_absolute_url())

    assert "Not sent until you have called" in page
    assert "/sending/" not in page


@pytest.mark.parametrize("becomes", OF_HERS)
def test_before_it_is_sent_the_page_says_who_cannot_be_asked(
    becomes: Becomes, ana: Clinician, rosa: Clinician, omar: Clinician
) -> None:
    one = ready(ana, rosa, omar)
    assert "Cannot be asked now" not in html(signed_in(ana), one.get_absolute_url())
    becomes(omar, ana)

    page = html(signed_in(ana), one.get_absolute_url())

    assert page.count("Cannot be asked now") == 1
    with pytest.raises(LackingError, match="is there"):
        send_referral(one, by=by(ana), click=click(one))
