"""What staff open of somebody leaves its line."""

from django.urls import reverse

from network.accounts.models import User
from network.activity.models import Event
from network.clinicians.events import ClinicianEvent
from network.clinicians.models import Clinician
from tests.conftest import signed_in


def openings(of: Clinician) -> list[tuple[str, str]]:
    found = Event.objects.about(of).filter(verb=ClinicianEvent.OPENED_BY_STAFF)
    return [(event.actor_kind, event.actor_id) for event in found]


def test_staff_who_open_a_profile_are_recorded(finn: Clinician, staff: User) -> None:
    page = reverse("clinicians:colleague", args=[finn.public_id])

    assert signed_in(staff).get(page).status_code == 200

    assert openings(finn) == [("staff", str(staff.public_id))]


def test_colleagues_who_open_a_profile_are_not(ana: Clinician, ben: Clinician) -> None:
    page = reverse("clinicians:colleague", args=[ben.public_id])

    assert signed_in(ana).get(page).status_code == 200

    assert openings(ben) == []
