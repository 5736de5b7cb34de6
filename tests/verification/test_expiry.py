"""Time travel: what ends tonight is not found tomorrow, and its holder was told."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from unittest import mock

import pytest

from network.accounts.models import User
from network.activity.models import Event, Notification
from network.clinicians.actions.expiry import tell_of_expiry
from network.clinicians.matching import Need, match
from network.clinicians.models import Clinician
from network.clinicians.tasks import mind_the_licences
from tests.factories import a_colleague
from tests.verification.people import (
    HOLD,
    VERIFY,
    again,
    decided,
    say_privilege,
    user_of,
)

pytestmark = pytest.mark.django_db
ENDS = date(2031, 5, 31)


@contextmanager
def on(day: date) -> Iterator[None]:
    """The clock of the machine stands at noon of that day."""
    noon = datetime(day.year, day.month, day.day, 17, tzinfo=UTC)
    with mock.patch("django.utils.timezone.now", return_value=noon):
        yield


def notices(person: Clinician) -> list[tuple[str, int]]:
    told = Event.objects.about(person).filter(verb__startswith="claim.expir")
    return [(event.verb, event.detail["days"]) for event in told]


def days_before(number: int) -> date:
    return ENDS - timedelta(days=number)


@pytest.fixture
def wren() -> Clinician:
    return a_colleague(expires_on=ENDS)


def test_each_notice_is_given_once(wren: Clinician) -> None:
    for left in (61, 60, 60, 59, 31, 30, 29, 8, 7, 6, 0, -1, -1, -30):
        with on(days_before(left)):
            tell_of_expiry()

    assert notices(wren) == [
        ("claim.expiring", 60),
        ("claim.expiring", 30),
        ("claim.expiring", 7),
        ("claim.expired", 0),
    ]
    told = Notification.objects.filter(person=user_of(wren))
    assert told.filter(event__verb="claim.expiring").count() == 3


def test_after_days_without_a_worker_only_the_nearest_is_given(
    wren: Clinician,
) -> None:
    for left in (25, 25, 3):
        with on(days_before(left)):
            mind_the_licences()

    assert notices(wren) == [("claim.expiring", 30), ("claim.expiring", 7)]


def test_a_privilege_ends_with_a_notice_too(staff: User) -> None:
    person = a_colleague(state="PA")
    decided(say_privilege(person, ENDS), VERIFY, staff)
    with on(days_before(7)):
        assert tell_of_expiry() == 1
    assert notices(person) == [("claim.expiring", 7)]


def test_what_does_not_count_gives_no_notice(wren: Clinician, staff: User) -> None:
    decided(wren.licences.get(), HOLD, staff)
    with on(days_before(7)):
        assert tell_of_expiry() == 0


def test_whoever_has_no_account_is_not_told(wren: Clinician) -> None:
    Clinician.objects.filter(pk=wren.pk).update(user=None)
    with on(days_before(7)):
        assert tell_of_expiry() == 0


def found(searcher: Clinician) -> set[str]:
    need = Need.model_validate({"specialties": [{"term": "ocd"}]})
    return {one.name for one in match(need, searcher=searcher).results}


def test_a_licence_that_ends_tonight_is_not_found_tomorrow_whatever_runs(
    ana: Clinician, wren: Clinician
) -> None:
    with on(ENDS):
        assert wren.name in found(ana)
    with on(days_before(-1)):
        assert wren.name not in found(ana)


def test_a_hold_is_out_of_the_search_that_moment(ana: Clinician, staff: User) -> None:
    person = a_colleague("Lark Test")
    assert person.name in found(ana)
    decided(again(person).licences.get(), HOLD, staff)
    assert person.name not in found(ana)
