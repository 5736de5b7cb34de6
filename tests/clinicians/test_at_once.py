"""Two presses at once: the second waits, and sees what the first has done."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from network.accounts.models import User
from network.clinicians.actions.blocks import block_colleague
from network.clinicians.actions.membership import admit_member
from network.clinicians.actions.openings import (
    OpeningClaim,
    confirm_openings,
    say_openings,
)
from network.clinicians.actions.profile import Acceptance, change_section
from network.clinicians.actions.skills import SpecialtyClaim, list_specialties
from network.clinicians.models import Block, Clinician
from tests.factories import a_colleague, a_member, a_user

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*presses: Callable[[], object]) -> None:
    """Each in a connection of its own; the first failure is raised here."""

    def press(one: Callable[[], object]) -> None:
        try:
            one()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(presses)) as pool:
        list(pool.map(press, presses))


def again(person: Clinician) -> tuple[Clinician, User]:
    fresh = Clinician.objects.select_related("user").get(pk=person.pk)
    assert fresh.user is not None
    return fresh, fresh.user


def test_openings_saved_three_times_at_once_are_there_once() -> None:
    person = a_colleague()

    def save() -> None:
        fresh, her = again(person)
        say_openings(fresh, [OpeningClaim(("tue-evening",))], by=her)

    at_once(save, save, save)
    assert person.openings.count() == 1


def test_specialties_saved_twice_at_once_are_there_once() -> None:
    person = a_colleague()

    def save() -> None:
        fresh, her = again(person)
        list_specialties(fresh, [SpecialtyClaim("panic", "trained")], by=her)

    at_once(save, save, save)
    assert [one.term for one in person.specialty_skills.all()] == ["panic"]


def test_different_changes_of_one_profile_never_block_each_other() -> None:
    person = a_colleague()

    def confirm() -> None:
        for _ in range(8):
            fresh, her = again(person)
            confirm_openings(fresh, by=her)

    def rest() -> None:
        for turn in range(8):
            fresh, her = again(person)
            change_section(fresh, Acceptance(bool(turn % 2)), by=her)

    at_once(confirm, rest, confirm)
    assert Clinician.objects.get(pk=person.pk).accepting


def test_a_profile_begun_twice_at_once_is_one() -> None:
    user = a_user()

    def begin() -> None:
        admit_member(user, name="Ivy", profession="counselor")

    at_once(begin, begin, begin)
    assert Clinician.objects.filter(user=user).count() == 1


def test_a_block_pressed_twice_at_once_is_one() -> None:
    blocker, blocked = a_member(), a_member("Other Test")

    def press() -> None:
        fresh, her = again(blocker)
        block_colleague(fresh, blocked, by=her)

    at_once(press, press)
    assert Block.objects.count() == 1
