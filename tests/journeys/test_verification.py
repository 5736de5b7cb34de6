"""Verification in every light: nothing that axe can find."""

import re

import pytest
from playwright.sync_api import Page, expect

from network.clinicians.actions.evidence import attach_evidence
from network.clinicians.models import Clinician
from network.clinicians.verification.files import read_file
from tests.factories import a_staff_member
from tests.journeys.conftest import Enter, TabOf, follow
from tests.journeys.test_accessibility import axe, barriers
from tests.verification.people import (
    ASK,
    a_png,
    decided,
    say_licence,
    somebody_waiting,
    user_of,
)


@pytest.fixture
def ivy() -> Clinician:
    """With one licence that shows evidence, and one that staff asked about."""
    person = somebody_waiting("Ivy Waits", npi="1234567893")
    key = f"licence:{person.licences.get().pk}"
    link, file = "https://board.example/1", read_file(a_png())
    attach_evidence(person, key, link, file, by=user_of(person))
    decided(say_licence(person, "NJ", "2"), ASK, a_staff_member())
    return person


def test_staff_find_no_barrier_in_the_queue(tab_of: TabOf, ivy: Clinician) -> None:
    page = tab_of(a_staff_member())

    queue = "/staff/verification/"
    assert barriers(page, (queue, f"{queue}{ivy.public_id}/")) == []

    follow(page.get_by_role("button", name="Decide"))
    expect(page).to_have_title(re.compile("^Error: "))
    assert axe(page) == []

    page.goto(queue)
    page.get_by_label("Choose Ivy Waits").check()
    follow(page.get_by_role("button", name="Preview"))
    assert axe(page) == []


def test_who_waits_finds_no_barrier(page: Page, enter: Enter, ivy: Clinician) -> None:
    enter(page.context, ivy)
    asked = ivy.licences.get(state="NJ").pk
    own = "/profile/verification/"
    pages = (own, f"{own}licence:{asked}/evidence/", f"{own}licence:{asked}/answer/")

    assert barriers(page, pages) == []
