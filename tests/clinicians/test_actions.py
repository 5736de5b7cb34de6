"""What people do to their profiles: rows, event and listing, all or nothing."""

from dataclasses import fields, replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from network.accounts.models import User
from network.activity.models import Event, Notification
from network.clinicians.actions import openings, profile, skills
from network.clinicians.actions.licences import (
    LicenceClaim,
    PrivilegeClaim,
    claim_licences,
    claim_privileges,
    verify_licence,
)
from network.clinicians.actions.membership import (
    admit_member,
    reinstate_member,
    suspend_member,
    verify_member,
)
from network.clinicians.actions.places import Address, work_at
from network.clinicians.models import Clinician, Listing, Practice
from tests.factories import a_colleague, a_member, a_user

pytestmark = pytest.mark.django_db


def verbs(clinician: Clinician) -> list[str]:
    return [event.verb for event in Event.objects.about(clinician)]


def user_of(clinician: Clinician) -> User:
    assert clinician.user is not None
    return clinician.user


def test_admission_is_recorded_and_verified_by_staff_alone(staff: User) -> None:
    person = admit_member(a_user(), name="Ivy", profession="counselor")
    assert verbs(person) == ["clinician.admitted"]
    with pytest.raises(PermissionDenied):
        verify_member(person, by=a_user())

    verify_member(person, by=staff)
    assert verbs(person)[-1] == "clinician.verified"
    assert Notification.objects.filter(person=person.user).count() == 1


def test_admission_twice_is_one_profile() -> None:
    user = a_user()
    first = admit_member(user, name="Ivy", profession="counselor")
    assert admit_member(user, name="Other", profession="psychologist") == first


def test_verification_binds_the_npi_and_the_licences(staff: User) -> None:
    person = a_member(verified_by=staff)
    Clinician.objects.filter(pk=person.pk).update(npi="1234567893")
    claim_licences(person, [LicenceClaim("NY", "PhD", "1")], by=user_of(person))
    person.refresh_from_db()
    verify_member(person, by=staff)
    person.refresh_from_db()
    assert person.npi_bound_at is not None
    assert person.licences.get().verified_by == staff


def test_an_npi_that_is_bound_is_not_bound_again(staff: User) -> None:
    first, second = a_member(verified_by=staff), a_member(verified_by=staff)
    for person in (first, second):
        person.npi = "1234567893"
        person.save()
        verify_member(person, by=staff)
    second.refresh_from_db()
    assert second.npi_bound_at is None


def test_suspension_takes_out_of_the_search_and_back(staff: User) -> None:
    person = a_colleague()
    assert Listing.objects.get(pk=person.pk).visible
    suspend_member(person, by=staff, why="licence")
    assert not Listing.objects.get(pk=person.pk).visible
    reinstate_member(person, by=staff, why="licence")
    assert Listing.objects.get(pk=person.pk).visible
    assert verbs(person)[-2:] == ["clinician.suspended", "clinician.reinstated"]


def test_only_its_owner_changes_a_profile(staff: User) -> None:
    person = a_colleague()
    for other in (user_of(a_member()), staff):
        with pytest.raises(PermissionDenied):
            profile.change_section(person, profile.Acceptance(False), by=other)
    person.refresh_from_db()
    assert person.accepting


def test_a_changed_section_is_searched_at_once() -> None:
    person = a_colleague()
    profile.change_section(person, profile.Acceptance(False), by=user_of(person))
    assert not Listing.objects.get(pk=person.pk).visible
    event = Event.objects.about(person).last()
    assert event is not None
    assert event.detail == {"section": "acceptance"}


def test_skills_are_replaced_as_a_whole() -> None:
    person = a_colleague()
    claims = [skills.SpecialtyClaim("adhd", "teaches", evidence="A book")]
    skills.list_specialties(person, claims, by=user_of(person))
    assert [(s.term, s.evidence) for s in person.specialty_skills.all()] == [
        ("adhd", "A book")
    ]


def test_a_changed_licence_waits_for_staff_and_an_unchanged_one_does_not(
    staff: User,
) -> None:
    person = a_colleague(expires_on=date(2031, 1, 1))
    same = LicenceClaim("NY", "PhD", "1", date(2031, 1, 1))
    other = LicenceClaim("NJ", "PhD", "2", date(2031, 1, 1))
    claim_licences(person, [same, other], by=user_of(person))
    verified = {one.state: one.verified_at for one in person.licences.all()}
    assert verified["NY"] is not None
    assert verified["NJ"] is None

    verify_licence(person.licences.get(state="NJ"), by=staff)
    assert person.licences.get(state="NJ").verified_at is not None
    assert verbs(person)[-1] == "clinician.licence_verified"


def test_a_changed_privilege_waits_for_staff(staff: User) -> None:
    person = a_colleague(state="PA")
    claim = PrivilegeClaim("psypact-apit", "PA", ("*",), date(2024, 7, 1))
    claim_privileges(person, [claim], by=user_of(person))
    verify_member(person, by=staff)
    claim_privileges(person, [claim], by=user_of(person))
    assert person.privileges.get().verified_at is not None

    longer = PrivilegeClaim(
        "psypact-apit", "PA", ("*",), date(2024, 7, 1), date(2099, 1, 1)
    )
    claim_privileges(person, [longer], by=user_of(person))
    assert person.privileges.get().verified_at is None


def test_an_unnamed_practice_keeps_its_address_and_is_nobody_elses() -> None:
    one, other = a_member(), a_member()
    address = Address("", "1 Elm", "10583")
    for person in (one, other):
        work_at(person, [address], by=user_of(person))
    before = one.places.get().practice.public_id
    work_at(one, [address, Address("", "2 Elm", "10583")], by=user_of(one))
    assert one.places.first().practice.public_id == before  # type: ignore[union-attr]
    assert Practice.objects.count() == 3


def test_openings_are_confirmed_and_closed() -> None:
    person = a_colleague()
    person.openings.update(confirmed_on=timezone.localdate() - timedelta(days=40))
    openings.confirm_openings(person, by=user_of(person))
    assert person.openings.get().is_known(timezone.localdate())
    openings.count_openings(person, 0, by=user_of(person))
    assert person.openings.get().count == 0
    assert verbs(person)[-1] == "clinician.openings_confirmed"


def test_whoever_never_said_openings_can_say_none() -> None:
    person = a_member()
    openings.count_openings(person, 0, by=user_of(person))
    assert person.openings.get().count == 0


def test_nothing_is_kept_when_the_event_cannot_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """All of an action or nothing: the words of its detail are too long here."""
    person = a_member()
    too_long = str(uuid4()) * 100
    monkeypatch.setattr(profile.Acceptance, "section", too_long)
    with pytest.raises(ValueError, match="not a text"):
        profile.change_section(person, profile.Acceptance(False), by=user_of(person))
    person.refresh_from_db()
    assert person.accepting


@pytest.mark.parametrize("column", ["name", "credentials", "profession", "stage"])
def test_whoever_becomes_another_waits_for_staff_anew(column: str) -> None:
    person = a_colleague()
    said = profile.Person(
        **{one.name: getattr(person, one.name) for one in fields(profile.Person)}
    )
    other = {"profession": "psychiatrist", "stage": "associate"}.get(column, "Other")

    profile.change_section(person, replace(said, **{column: other}), by=user_of(person))

    person.refresh_from_db()
    assert person.verified_at is None
    assert not Listing.objects.get(pk=person.pk).visible


def test_a_word_about_the_work_leaves_the_vouching_as_it_is() -> None:
    person = a_colleague()
    said = profile.Person(
        **{one.name: getattr(person, one.name) for one in fields(profile.Person)}
    )
    profile.change_section(person, replace(said, bio="Slowly."), by=user_of(person))
    person.refresh_from_db()
    assert person.is_verified


def test_a_telephone_is_hers_who_gave_it_and_can_be_changed(staff: User) -> None:
    ours = {"name": "Harbor Group", "street": "1 Main St", "zip": "10583"}
    first, second = a_member(verified_by=staff), a_member(verified_by=staff)
    work_at(first, [Address(**ours, phone="666")], by=user_of(first))
    work_at(second, [Address(**ours)], by=user_of(second))
    work_at(first, [Address(**ours, phone="777")], by=user_of(first))

    assert Practice.objects.count() == 1
    assert first.places.get().phone == "777"
    assert second.places.get().phone == ""


def test_the_same_licence_twice_in_one_form_is_one() -> None:
    person = a_member()
    twice = [
        LicenceClaim("NY", "PhD", "1", date(2030, 1, 1)),
        LicenceClaim("NY", "PhD", "1", date(2031, 1, 1)),
    ]
    claim_licences(person, twice, by=user_of(person))
    assert person.licences.get().expires_on == date(2031, 1, 1)


def test_what_says_nothing_new_leaves_no_line(ana: Clinician) -> None:
    changed = Event.objects.about(ana).filter(verb="clinician.profile_changed")
    care = profile.Care(acuity_min=0, acuity_max=3, risks=[], levels_of_care=[])

    for _ in range(3):
        profile.change_section(ana, care, by=user_of(ana))

    assert changed.count() == 1
