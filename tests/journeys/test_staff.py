"""The staff's pages, and those of reports and invitations: no barrier in any light."""

import pytest
from playwright.sync_api import Page, expect

from messaging.actions.holds import hold_person
from network.accounts.models import User
from network.clinicians.actions.invitations import invite
from network.clinicians.actions.oversight import open_profile_as_staff
from network.clinicians.actions.reports import report_profile, suspend_at_once
from network.clinicians.invitation_token import token
from network.clinicians.models import Clinician
from tests.factories import a_staff_member
from tests.journeys.conftest import TabOf, follow
from tests.journeys.test_accessibility import axe, barriers


@pytest.fixture
def staffs_pages(staff: User, ana: Clinician, ben: Clinician) -> tuple[str, ...]:
    """With somebody reported, somebody invited, and a page that has been opened."""
    assert ana.user is not None
    assert ben.user is not None
    said = {"ground": "conduct", "words": "Promises a cure."}
    inquiry = report_profile(ben, reporter=ana, by=ana.user, **said).inquiry
    invite("nora@consilium.example", by=staff)
    open_profile_as_staff(ben, by=staff, why="report")
    held = {"ground": "court", "matter": "Docket 26-1187"}
    hold = f"/staff/holds/{hold_person(ana, **held, by=a_staff_member()).public_id}/"
    person = f"/staff/people/{ben.user.public_id}/"
    reported = f"/staff/reports/{inquiry.public_id}/"
    return (
        "/staff/",
        "/staff/audit/",
        "/staff/audit/?since=yesterday",
        "/staff/holds/",
        "/staff/holds/new/",
        hold,
        "/staff/invitations/",
        "/staff/people/",
        f"/staff/people/{ana.user.public_id}/",
        person,
        *(f"{person}{act}/" for act in ("suspension", "hold", "roles", "deactivation")),
        "/staff/reports/",
        reported,
        f"{reported}triage/",
    )


def test_staff_find_no_barrier(
    tab_of: TabOf, staff: User, staffs_pages: tuple[str, ...]
) -> None:
    assert barriers(tab_of(staff), staffs_pages) == []


def test_a_list_of_addresses_has_no_barrier_before_it_goes_out(
    tab_of: TabOf, staff: User
) -> None:
    page = tab_of(staff)
    page.goto("/staff/invitations/")
    page.get_by_label("Whom do you invite?").fill("nora@consilium.example\nnonsense")
    follow(page.get_by_role("button", name="See the mail first"))

    expect(page.get_by_role("button", name="Invite 1")).to_be_visible()
    assert axe(page) == []


@pytest.fixture
def letters(ben: Clinician, cleo: Clinician, staff: User) -> dict[str, tuple[str, ...]]:
    """What the reporter, the suspended and the invited open."""
    suspend_at_once(ben, by=staff, ground="licence", words="None is on record.")
    link = f"/invitation/{token(invite('nora@consilium.example', by=staff))}/"
    return {
        "ana": (f"/clinicians/{cleo.public_id}/report/", "/standing/"),
        "ben": ("/standing/",),
        "stranger": (link, "/invitation/used/"),
    }


@pytest.mark.parametrize("who", ["ana", "ben", "stranger"])
def test_the_reporter_the_suspended_and_the_invited_find_no_barrier(
    page: Page,
    tab_of: TabOf,
    who: str,
    letters: dict[str, tuple[str, ...]],
    request: pytest.FixtureRequest,
) -> None:
    hers = page if who == "stranger" else tab_of(request.getfixturevalue(who))

    assert barriers(hers, letters[who]) == []
