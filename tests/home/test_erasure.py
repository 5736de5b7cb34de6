"""What an erased account leaves nowhere: staff's words, and where she was invited."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from home import tasks
from home.actions.closing import close_account
from network.accounts.models import User
from network.clinicians.actions.invitations import accept_invitation, invite
from network.clinicians.actions.reports import suspend_at_once
from network.clinicians.models import Clinician, Invitation
from network.privacy.models import ReasonWords

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7, minutes=1)


def user_of(clinician: Clinician) -> User:
    assert clinician.user is not None
    return User.objects.get(pk=clinician.user.pk)


def test_what_staff_wrote_and_where_they_invited_her_goes_too(
    ana: Clinician, staff: User
) -> None:
    suspend_at_once(ana, by=staff, ground="conduct", words="canary")
    kim = accept_invitation(invite("kim@consilium.example", by=staff), "four-odd-words")
    assert kim is not None
    close_account(kim)
    close_account(user_of(ana))

    with time_machine.travel(timezone.now() + WEEK):
        assert tasks.erase_closed_accounts() == 2

    assert not ReasonWords.objects.exists()
    assert not Invitation.objects.exists()
