"""The staff's pages, and those of reports and invitations: no barrier in any light."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from network.accounts.models import User
from network.clinicians.actions.invitations import invite
from network.clinicians.actions.oversight import open_profile_as_staff
from network.clinicians.actions.reports import report_profile, suspend_at_once
from network.clinicians.invitation_token import token
from network.clinicians.models import Clinician
from tests.conftest import signed_in
from tests.journeys.conftest import _session
from tests.journeys.test_accessibility import axe, barriers

PageIn = Callable[[Clinician | User | None], Page]


@pytest.fixture
def staffs_pages(staff: User, ana: Clinician, ben: Clinician) -> tuple[str, ...]:
    """With somebody reported, somebody invited, and a page that has been opened."""
    assert ana.user is not None
    assert ben.user is not None
    said = {"ground": "conduct", "words": "Promises a cure."}
    inquiry = report_profile(ben, reporter=ana, by=ana.user, **said).inquiry
    invite("nora@consilium.example", by=staff)
    open_profile_as_staff(ben, by=staff, why="report")
    person = f"/staff/people/{ben.user.public_id}/"
    reported = f"/staff/reports/{inquiry.public_id}/"
    return (
        "/staff/",
        "/staff/audit/",
        "/staff/audit/?since=yesterday",
        "/staff/invitations/",
        "/staff/people/",
        f"/staff/people/{ana.user.public_id}/",
        person,
        *(f"{person}{act}/" for act in ("suspension", "roles", "deactivation")),
        "/staff/reports/",
        reported,
        f"{reported}triage/",
    )


@pytest.fixture
def page_in(browser: Browser, base_url: str) -> PageIn:
    """A page of a browser of hers, or of nobody's."""

    def opened(person: Clinician | User | None) -> Page:
        context = browser.new_context(base_url=base_url)
        if person:
            context.add_cookies([_session(signed_in(person), base_url)])
        return context.new_page()

    return opened


def test_staff_find_no_barrier(
    page_in: PageIn, staff: User, staffs_pages: tuple[str, ...]
) -> None:
    assert barriers(page_in(staff), staffs_pages) == []


def test_a_list_of_addresses_has_no_barrier_before_it_goes_out(
    page_in: PageIn, staff: User
) -> None:
    page = page_in(staff)
    page.goto("/staff/invitations/")
    page.get_by_label("Whom do you invite?").fill("nora@consilium.example\nnonsense")
    page.get_by_role("button", name="See the mail first").click()

    assert page.get_by_role("button", name="Invite 1").is_visible()
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
    page_in: PageIn,
    who: str,
    letters: dict[str, tuple[str, ...]],
    request: pytest.FixtureRequest,
) -> None:
    person = None if who == "stranger" else request.getfixturevalue(who)

    assert barriers(page_in(person), letters[who]) == []
