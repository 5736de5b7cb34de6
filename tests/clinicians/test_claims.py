"""Looking oneself up in the national registry, and beginning from what it says."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import DataError
from django.utils import timezone

from network.accounts.models import User
from network.activity.models import Event
from network.clinicians.actions import claims
from network.clinicians.actions.membership import suspend_member, verify_member
from network.clinicians.actions.onboarding import You
from network.clinicians.actions.profile import change_section
from network.clinicians.models import Clinician, Invitation, Listing, RegistryEntry
from network.clinicians.nppes.names import is_last_name
from tests.clinicians.test_at_once import at_once
from tests.factories import a_user

NPI = "1234567893"


@pytest.fixture
def ivy(db: None) -> RegistryEntry:
    """Ivy Larch of the national registry, whom nobody has claimed."""
    return an_entry()


def an_entry(npi: str = NPI, **changes: Any) -> RegistryEntry:
    said: dict[str, Any] = {
        "name": "Ivy Q. McLarch-Ash Jr.",
        "credentials": "Ph.D., LMHC",
        "gender": "woman",
        "profession": "counselor",
        "taxonomies": ["101YM0800X"],
        "licence_states": ["NY"],
        "licence_numbers": ["A-77"],
        "street": "1 Elm Street",
        "city": "Scarsdale",
        "state": "NY",
        "zip": "10583",
        "phone": "9145550100",
        "imported_at": timezone.now(),
    }
    return RegistryEntry.objects.create(npi=npi, **{**said, **changes})


def verbs(subject: User | Clinician) -> list[str]:
    return [event.verb for event in Event.objects.about(subject)]


@pytest.mark.parametrize(
    ("typed", "fits"),
    [
        ("McLarch-Ash", True),
        ("mclarch ash", True),
        ("MCLARCH-ASH JR.", True),
        ("Ash", True),
        ("Ívy", False),
        ("Ivy Q McLarch-Ash", False),
        ("Larch", False),
        ("Jr", False),
        ("", False),
    ],
)
def test_a_last_name_is_the_end_of_a_name(typed: str, fits: bool) -> None:
    assert is_last_name(typed, "Ivy Q. McLarch-Ash Jr.") is fits


def test_a_number_and_a_last_name_together_find_an_entry(ivy: RegistryEntry) -> None:
    user = a_user()

    assert claims.look_up_entry(NPI, "mclarch-ash", by=user) == ivy

    event = Event.objects.about(user).get(verb="entry.looked_up")
    assert event.detail["found"] == 1
    assert NPI not in str(event.detail)


@pytest.mark.parametrize(
    ("npi", "name"),
    [(NPI, "Birch"), (NPI, ""), ("1000000004", "McLarch-Ash"), ("", "McLarch-Ash")],
)
def test_either_alone_finds_nothing(ivy: RegistryEntry, npi: str, name: str) -> None:
    user = a_user()

    assert claims.look_up_entry(npi, name, by=user) is None
    event = Event.objects.about(user).get(verb="entry.looked_up")
    assert event.detail["found"] == 0


def test_who_is_deactivated_or_bound_is_not_found(
    ivy: RegistryEntry, ana: Clinician
) -> None:
    assert claims.look_up_entry(NPI, "Ash", by=a_user()) == ivy
    RegistryEntry.objects.update(deactivated_on=timezone.localdate())
    assert claims.look_up_entry(NPI, "Ash", by=a_user()) is None
    RegistryEntry.objects.update(deactivated_on=None)
    Clinician.objects.filter(pk=ana.pk).update(npi=NPI, npi_bound_at=timezone.now())
    assert claims.look_up_entry(NPI, "Ash", by=a_user()) is None


def test_the_registry_answers_ten_times_a_day(ivy: RegistryEntry) -> None:
    user = a_user()
    for _ in range(claims.LOOK_UPS_A_DAY):
        claims.look_up_entry(NPI, "Guess", by=user)
    with pytest.raises(claims.LookedUpTooOftenError):
        claims.look_up_entry(NPI, "Ash", by=user)
    assert claims.look_up_entry(NPI, "Ash", by=a_user()) == ivy

    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        assert claims.look_up_entry(NPI, "Ash", by=user) == ivy


@pytest.mark.parametrize("who", ["ana", "suspended"])
def test_members_and_the_suspended_claim_nothing(
    ivy: RegistryEntry, ana: Clinician, finn: Clinician, staff: User, who: str
) -> None:
    person = ana if who == "ana" else finn
    if who == "suspended":
        suspend_member(finn, by=staff, why="a complaint")
    assert person.user is not None

    with pytest.raises(PermissionDenied):
        claims.look_up_entry(NPI, "Ash", by=person.user)
    with pytest.raises(PermissionDenied):
        claims.claim_entry(ivy, by=person.user)
    assert "entry.looked_up" not in verbs(person.user)


def test_a_claim_fills_in_a_draft_that_nobody_finds(ivy: RegistryEntry) -> None:
    user = a_user()

    her = claims.claim_entry(ivy, by=user)

    her = Clinician.objects.get(pk=her.pk)
    assert (her.name, her.credentials) == ("Ivy Q. McLarch-Ash Jr.", "Ph.D., LMHC")
    assert (her.profession, her.gender, her.npi) == ("counselor", "woman", NPI)
    assert her.taxonomy == "101YM0800X"
    licence = her.licences.get()
    assert (licence.state, licence.type, licence.number) == ("NY", "LMHC", "A-77")
    place = her.places.get()
    assert (place.practice.street, place.practice.zip) == ("1 Elm Street", "10583")
    assert place.phone == "9145550100"
    assert verbs(her)[0] == "clinician.admitted"
    assert verbs(her)[-1] == "entry.claimed"

    assert not her.is_verified
    assert her.npi_bound_at is None
    assert licence.verified_at is None
    assert not Listing.objects.get(pk=her.pk).visible


def test_what_she_has_said_herself_stays(ivy: RegistryEntry, finn: Clinician) -> None:
    assert finn.user is not None
    his = You("Finn Crane", "LPC", "psychologist", gender="man", npi="")
    change_section(finn, his, by=finn.user)

    claims.claim_entry(ivy, by=finn.user)

    finn.refresh_from_db()
    assert (finn.name, finn.credentials, finn.gender) == ("Finn Crane", "LPC", "man")
    assert (finn.profession, finn.npi) == ("psychologist", NPI)


def test_an_entry_of_an_unknown_field_and_place_can_be_claimed(db: None) -> None:
    entry = an_entry(profession="", zip="", licence_states=[], licence_numbers=[])

    her = claims.claim_entry(entry, by=a_user())

    assert her.profession == "other"
    assert not her.licences.exists()
    assert not her.places.exists()


def test_a_claim_is_whole_or_nothing(db: None) -> None:
    entry = an_entry(name="Ivy McLarch-Ash", licence_states=["NY"])
    entry.licence_numbers = ["\0"]

    with pytest.raises(DataError, match="NUL"):
        claims.claim_entry(entry, by=a_user())
    assert not Clinician.objects.exists()


def test_two_may_claim_a_number_and_one_is_bound(
    ivy: RegistryEntry, staff: User
) -> None:
    first = claims.claim_entry(ivy, by=a_user())
    second = claims.claim_entry(ivy, by=a_user())
    assert first.npi == second.npi == NPI

    verify_member(second, by=staff)
    verify_member(first, by=staff)

    bound = Clinician.objects.filter(npi=NPI, npi_bound_at__isnull=False)
    assert list(bound) == [second]


def test_an_invitation_is_accepted_once_and_keeps_its_entry(db: None) -> None:
    waiting = Clinician.objects.create(name="Ivy Larch", profession="counselor")
    Invitation.objects.create(clinician=waiting, email="ivy@consilium.example")
    user = a_user("ivy@consilium.example")

    assert claims.accept_invitation(by=a_user()) is None
    assert claims.accept_invitation(by=user) == waiting
    assert claims.accept_invitation(by=user) == waiting
    assert verbs(waiting) == ["clinician.claimed"]


def test_whoever_begins_anew_leaves_the_invited_entry_alone(db: None) -> None:
    waiting = Clinician.objects.create(name="Ivy Larch", profession="counselor")
    Invitation.objects.create(clinician=waiting, email="ivy@consilium.example")
    user = a_user("ivy@consilium.example")

    her = claims.begin_profile(name="Ivy", profession="psychologist", by=user)

    assert her != waiting
    assert claims.begin_profile(name="I", profession="other", by=user) == her
    assert Clinician.objects.get(pk=waiting.pk).user is None


@pytest.mark.django_db(transaction=True)
def test_a_claim_pressed_three_times_at_once_is_one_profile() -> None:
    entry, user = an_entry(), a_user()

    def press() -> None:
        claims.claim_entry(entry, by=User.objects.get(pk=user.pk))

    at_once(press, press, press)
    her = Clinician.objects.get(user=user)
    assert (her.licences.count(), her.places.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_of_two_verified_at_once_one_has_the_number() -> None:
    entry, staff = an_entry(), a_user(is_staff=True)
    people = [claims.claim_entry(entry, by=a_user()) for _ in range(2)]

    def vouch(person: Clinician) -> None:
        verify_member(Clinician.objects.get(pk=person.pk), by=staff)

    at_once(lambda: vouch(people[0]), lambda: vouch(people[1]))
    assert Clinician.objects.filter(verified_at__isnull=False).count() == 2
    assert Clinician.objects.filter(npi_bound_at__isnull=False).count() == 1


@pytest.mark.django_db(transaction=True)
def test_looked_up_twenty_times_at_once_ten_are_answered() -> None:
    entry, user = an_entry(), a_user()
    answers: list[bool] = []

    def look() -> None:
        try:
            found = claims.look_up_entry(
                entry.npi, "Ash", by=User.objects.get(pk=user.pk)
            )
        except claims.LookedUpTooOftenError:
            found = None
        answers.append(found is not None)

    at_once(*[look] * 20)
    assert answers.count(True) == claims.LOOK_UPS_A_DAY
