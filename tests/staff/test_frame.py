"""The staff's pages exist for staff alone."""

import pytest
from django.test import Client

from network.accounts.models import User
from network.accounts.roles import Role
from network.clinicians.actions.invitations import invite
from network.clinicians.models import Clinician
from tests.conftest import signed_in
from tests.factories import a_user

pytestmark = pytest.mark.django_db


def test_staff_see_what_waits(staff: User) -> None:
    page = signed_in(staff).get("/staff/")

    assert page.status_code == 200
    assert b"<h1>Staff</h1>" in page.content
    assert page.content.count(b'href="/staff/reports/"') == 2


def test_to_a_member_the_staffs_pages_do_not_exist(ana: Clinician) -> None:
    assert signed_in(ana).get("/staff/").status_code == 404


def test_a_visitor_is_asked_to_sign_in() -> None:
    assert Client().get("/staff/").status_code == 302


def test_only_staff_find_the_way_there(staff: User, ana: Clinician) -> None:
    way = 'href="/staff/"'

    assert way in signed_in(staff).get("/").content.decode()
    assert way not in signed_in(ana).get("/").content.decode()


DOORS = {
    Role.VERIFIER: {"/staff/verification/", "/staff/invitations/", "/staff/people/"},
    Role.MODERATOR: {"/staff/reports/", "/staff/people/"},
    Role.ADMINISTRATOR: {
        "/staff/audit/",
        "/staff/holds/",
        "/staff/invitations/",
        "/staff/people/",
        "/staff/reports/",
        "/staff/verification/",
    },
}
ALL = set().union(*DOORS.values())


@pytest.mark.parametrize("role", Role)
def test_each_role_finds_its_pages_and_no_other(role: Role) -> None:
    user = a_user(is_staff=True)
    user.roles = [role]
    user.save()
    browser = signed_in(user)
    overview = browser.get("/staff/").content.decode()

    for address in ALL:
        status = 200 if address in DOORS[role] else 404
        assert browser.get(address).status_code == status, address
        assert (f'href="{address}"' in overview) == (status == 200)


def test_the_overview_counts_what_waits(ana: Clinician, staff: User) -> None:
    invite("nora@consilium.example", by=staff)

    said = signed_in(staff).get("/staff/").content.decode()

    assert "1 unanswered" in said
    assert "none waiting" in said
