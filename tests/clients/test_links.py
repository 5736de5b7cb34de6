"""A client's own way in: by a link, and a code that somebody has told her."""

from datetime import timedelta

import pytest
from django.utils import timezone

from network.activity.models import Notification
from network.clients.actions.links import make_link, open_link, unlock
from network.clients.models import AccessLink, Client
from network.clients.models.link import VALID_FOR
from network.clinicians.models import Clinician
from tests.clients.people import a_client, a_link, her

pytestmark = pytest.mark.django_db


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_neither_link_nor_code_is_kept(ana: Clinician) -> None:
    made = a_link(a_client(ana).parties.get())

    said = str(AccessLink.objects.values().get()) + repr(made)

    assert made.token not in said
    assert made.code not in said
    assert len(made.code) == 6


def test_five_wrong_codes_end_it_and_its_owner_is_told(ana: Clinician) -> None:
    made = a_link(a_client(ana).parties.get())
    for left in (4, 3, 2, 1, 0):
        assert not unlock(made.link, wrong(made.code))
        made.link.refresh_from_db()
        assert made.link.tries_left == left

    assert not unlock(made.link, made.code)
    assert open_link(made.token) is None
    told = Notification.objects.get(event__verb="client.link_ended")
    assert told.person == her(ana)


def test_the_code_of_one_link_opens_no_other(ana: Clinician) -> None:
    one, two = a_client(ana, Client.Unit.COUPLE).parties.in_order()
    first, second = a_link(one), a_link(two)

    assert unlock(first.link, first.code)
    assert unlock(second.link, second.code)
    assert first.code == second.code or not unlock(second.link, first.code)


def test_a_newer_link_ends_the_one_before(ana: Clinician) -> None:
    party = a_client(ana).parties.get()
    first = make_link(party, by=her(ana))

    second = make_link(party, by=her(ana))

    assert open_link(first.token) is None
    assert open_link(second.token) == second.link


def test_it_is_over_after_fourteen_days(ana: Clinician) -> None:
    made = a_link(a_client(ana).parties.get())
    assert made.link.expires_at - timezone.now() <= VALID_FOR == timedelta(days=14)

    AccessLink.objects.update(expires_at=timezone.now())

    assert open_link(made.token) is None
    assert not unlock(made.link, made.code)


def test_it_is_over_when_its_therapist_is_held_back(ana: Clinician) -> None:
    made = a_link(a_client(ana).parties.get())
    ana.suspended_at = timezone.now()
    ana.save(update_fields=["suspended_at"])

    assert open_link(made.token) is None


@pytest.mark.parametrize("token", ["", "x", "\u0661" * 43, "a" * 5000])
def test_what_was_never_a_link_opens_nothing(token: str, db: None) -> None:
    assert open_link(token) is None
