"""Somebody of the staff is reported: her roles show her nothing of it."""

from uuid import uuid4

import pytest

from network.accounts.models import User
from network.accounts.roles import Role
from network.clinicians.actions.reports import open_inquiry, report_profile
from network.clinicians.models import Clinician, Inquiry
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db
AUDIT = "/staff/audit/"


@pytest.fixture
def reported(ana: Clinician, ben: Clinician, staff: User) -> Inquiry:
    """Ben is an administrator, and Ana has reported him."""
    assert ana.user is not None
    assert ben.user is not None
    said = {"ground": "conduct", "words": "canary"}
    inquiry = report_profile(ben, reporter=ana, by=ana.user, **said).inquiry
    open_inquiry(inquiry, by=staff)
    ben.user.is_staff, ben.user.roles = True, [Role.ADMINISTRATOR]
    ben.user.save()
    return inquiry


def test_the_trail_does_not_tell_him_who_reported_him(
    reported: Inquiry, ben: Clinician, staff: User
) -> None:
    his, hers = signed_in(ben), signed_in(staff)

    assert "reported a profile" not in said(his.get(f"{AUDIT}?family=held").content)
    assert "read what" not in said(his.get(f"{AUDIT}?family=opened").content)
    file = his.post(f"{AUDIT}export/", {"family": "held"})
    assert "reported a profile" not in said(file.content)
    assert "reported a profile" in said(hers.get(f"{AUDIT}?family=held").content)


def test_no_count_tells_him_that_he_is_reported(
    reported: Inquiry, ben: Clinician, staff: User
) -> None:
    assert ben.user is not None
    his, hers = signed_in(ben), signed_in(staff)
    page = f"/staff/people/{ben.user.public_id}/"

    assert "1 waiting" in said(hers.get("/staff/").content)
    assert "1 waiting" not in said(his.get("/staff/").content)
    assert "Open inquiries" not in said(his.get(page).content)


def test_of_somebody_who_is_not_there_the_trail_says_nothing_of_others(
    ana: Clinician, staff: User
) -> None:
    page = signed_in(staff).get(f"{AUDIT}?person={uuid4()}&side=subject")

    assert "Ana Heron" not in said(page.content)


def said(content: bytes) -> str:
    return " ".join(content.decode().split())
