"""The staff's pages exist for staff alone."""

import pytest
from django.test import Client

from network.accounts.models import User
from network.clinicians.models import Clinician
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


def test_staff_see_what_waits(staff: User) -> None:
    page = signed_in(staff).get("/staff/")

    assert page.status_code == 200
    assert b"<h1>Staff</h1>" in page.content


def test_to_a_member_the_staffs_pages_do_not_exist(ana: Clinician) -> None:
    assert signed_in(ana).get("/staff/").status_code == 404


def test_a_visitor_is_asked_to_sign_in() -> None:
    assert Client().get("/staff/").status_code == 302


def test_only_staff_find_the_way_there(staff: User, ana: Clinician) -> None:
    way = 'href="/staff/"'

    assert way in signed_in(staff).get("/").content.decode()
    assert way not in signed_in(ana).get("/").content.decode()
