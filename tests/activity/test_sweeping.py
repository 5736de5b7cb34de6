"""What one row cannot bear stops none of the others; what ends it for all, does."""

import pytest

from network.accounts.models import User
from network.activity.sweeping import one_by_one
from network.clinicians.actions.invitations import invite, send_invitations
from network.clinicians.models import Invitation


class ServerAwayError(Exception):
    pass


def halve(number: int) -> int:
    if number % 2:
        raise ValueError(number)
    if number > 10:
        raise ServerAwayError
    return 1


def test_what_fails_is_passed_by(caplog: pytest.LogCaptureFixture) -> None:
    assert one_by_one([1, 2, 3, 4], halve) == 2
    assert caplog.text.count("passed_by") == 2
    assert one_by_one([12, 2], halve) == 1


def test_what_the_others_would_meet_too_ends_it() -> None:
    with pytest.raises(ServerAwayError):
        one_by_one([1, 2, 12, 4], halve, ended_by=(ServerAwayError,))


@pytest.mark.django_db
def test_an_address_that_no_mail_can_bear_stops_no_other(staff: User) -> None:
    odd = invite("odd@consilium.example", by=staff)
    sound = invite("sound@consilium.example", by=staff)
    Invitation.objects.filter(pk=odd.pk).update(email="odd@consilium.example\nBcc: x")

    assert send_invitations() == 1

    sound.refresh_from_db()
    odd.refresh_from_db()
    assert (sound.mailed_at is None, odd.mailed_at) == (False, None)
