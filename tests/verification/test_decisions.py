"""What staff decide: rows, event, who is told, and the search at once."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from network.accounts.models import User
from network.activity.models import Event, Notification
from network.clinicians.actions.decisions import (
    Finding,
    NpiTakenError,
    decide,
    reopen,
    reply,
)
from network.clinicians.actions.licences import LicenceClaim, claim_licences
from network.clinicians.actions.membership import verify_member
from network.clinicians.actions.profile import Acceptance, change_section
from network.clinicians.actions.reviews import release_file, take_file
from network.clinicians.models import Clinician, Listing, Review
from network.clinicians.verification import queue
from network.clinicians.verification.history import history
from network.clinicians.verification.life_cycle import Standing
from network.clinicians.verification.permissions import OvertakenError
from network.privacy.models import ReasonWords
from tests.factories import a_colleague, a_staff_member
from tests.verification.people import (
    ASK,
    HOLD,
    REJECT,
    VERIFY,
    again,
    decided,
    say_licence,
    say_privilege,
    somebody_waiting,
    user_of,
    verbs,
)

pytestmark = pytest.mark.django_db
NPI = "1234567893"
LATER = date(2090, 1, 1)


def told(person: Clinician) -> int:
    return Notification.objects.filter(person=person.user).count()


def test_a_person_and_her_licence_are_verified_in_one_decision(staff: User) -> None:
    person = somebody_waiting(npi=NPI)
    licence = person.licences.get()

    decide(person, ["person", f"licence:{licence.pk}"], VERIFY, by=staff)

    person = again(person)
    licence.refresh_from_db()
    assert (person.verified_by, licence.verified_by) == (staff, staff)
    assert person.npi_bound_at is not None
    assert told(person) == 1
    event = Event.objects.about(person).last()
    assert event is not None
    assert event.verb == "clinician.verified"
    assert event.detail["checked"] == "number end"
    assert event.actor_id == str(staff.public_id)
    assert Listing.objects.get(pk=person.pk).visible


@pytest.mark.parametrize(
    ("finding", "pending", "verb"),
    [
        (REJECT, "rejected", "claim.rejected"),
        (HOLD, "held", "claim.held"),
        (ASK, "asked", "claim.questioned"),
    ],
)
def test_what_is_not_verified_says_why(
    finding: Finding, pending: str, verb: str, staff: User
) -> None:
    person = somebody_waiting()
    licence = person.licences.get()

    decided(licence, finding, staff)

    assert (licence.pending, licence.verified_at) == (pending, None)
    assert verbs(person)[-1] == verb
    assert told(person) == 1
    last = Event.objects.about(person).last()
    assert last is not None
    assert last.why == finding.ground


def test_words_to_the_person_are_in_no_event(staff: User) -> None:
    person = somebody_waiting()
    words = "The board lists another name."
    key = f"licence:{person.licences.get().pk}"

    decide(person, [key], Finding("reject", "not-found", words=words), by=staff)

    [entry, *_] = history(person)
    assert entry.words == words
    assert words not in str(Event.objects.about(person).values())
    assert ReasonWords.objects.count() == 1


def test_a_hold_takes_out_of_reach_at_once(staff: User) -> None:
    person = a_colleague()
    other = say_licence(person, "NJ", "2", LATER)
    decided(other, VERIFY, staff)
    assert Listing.objects.get(pk=person.pk).visible

    decided(person.licences.get(state="NY"), HOLD, staff)
    assert Listing.objects.get(pk=person.pk).visible, "New Jersey still counts"
    decided(other, HOLD, staff)
    assert not Listing.objects.get(pk=person.pk).visible


def test_a_hold_is_not_shaken_off_by_claiming_anew(staff: User) -> None:
    person = a_colleague()
    decided(person.licences.get(), HOLD, staff)

    claim = LicenceClaim("NY", "PhD", "1", LATER)
    claim_licences(person, [claim], by=user_of(person))
    claim_licences(person, [], by=user_of(person))

    assert [one.pending for one in person.licences.all()] == ["held"]


def test_what_is_held_is_not_verified_with_the_person(staff: User) -> None:
    person = a_colleague()
    decided(person.licences.get(), HOLD, staff)

    verify_member(person, by=staff)

    assert person.licences.get().verified_at is None


def test_an_appeal_goes_back_to_the_staff(staff: User) -> None:
    person = somebody_waiting()
    licence = person.licences.get()
    decided(licence, REJECT, staff)

    reply(person, f"licence:{licence.pk}", "It was renamed.", by=user_of(person))

    licence.refresh_from_db()
    assert licence.pending == "submitted"
    assert verbs(person)[-1] == "claim.appealed"
    assert person.pk in queue.people(Standing.SUBMITTED, "licence")
    assert history(person)[0].words == "It was renamed."


def test_an_answer_to_a_question_goes_back_to_the_staff(staff: User) -> None:
    person = somebody_waiting()
    key = f"licence:{person.licences.get().pk}"
    decide(person, ["person", key], ASK, by=staff)

    for each in ("person", key):
        reply(again(person), each, "", by=user_of(person))

    assert verbs(person)[-2:] == ["claim.answered", "claim.answered"]
    assert Review.of(again(person)).pending == "submitted"


def test_only_she_replies_and_only_staff_reopen(staff: User, cleo: Clinician) -> None:
    person = somebody_waiting()
    licence = person.licences.get()
    decided(licence, REJECT, staff)
    key = f"licence:{licence.pk}"
    with pytest.raises(PermissionDenied):
        reply(person, key, "x", by=user_of(cleo))
    for nobody in (user_of(cleo), user_of(person)):
        with pytest.raises(PermissionDenied):
            reopen(person, key, by=nobody)

    reopen(person, key, by=staff)

    assert verbs(person)[-1] == "claim.reopened"


@pytest.mark.parametrize("who", ["owner", "cleo"])
def test_only_staff_decide(who: str, cleo: Clinician) -> None:
    person = somebody_waiting()
    actor = {"owner": user_of(person), "cleo": user_of(cleo)}[who]
    with pytest.raises(PermissionDenied):
        decide(person, ["person"], VERIFY, by=actor)
    assert not again(person).is_verified


def test_the_second_of_two_who_decide_is_told(staff: User) -> None:
    person = somebody_waiting()
    key = f"licence:{person.licences.get().pk}"
    decide(person, [key], VERIFY, by=staff)
    with pytest.raises(OvertakenError):
        decide(again(person), [key], REJECT, by=a_staff_member())
    assert person.licences.get().verified_by == staff


def test_what_was_taken_away_meanwhile_is_told(staff: User) -> None:
    person = somebody_waiting()
    key = f"licence:{person.licences.get().pk}"
    claim_licences(person, [], by=user_of(person))
    with pytest.raises(OvertakenError):
        decide(person, [key], VERIFY, by=staff)


def test_whoever_takes_a_file_decides_alone_for_a_day(staff: User) -> None:
    person, other = somebody_waiting(), a_staff_member()
    take_file(person, by=staff)
    for act in (take_file, release_file):
        with pytest.raises(OvertakenError):
            act(again(person), by=other)
    with pytest.raises(OvertakenError):
        decide(again(person), ["person"], VERIFY, by=other)

    yesterday = timezone.now() - timedelta(days=1)
    Review.objects.update(taken_at=yesterday)

    decide(again(person), ["person"], VERIFY, by=other)
    assert again(person).verified_by == other


def test_a_file_that_is_given_back_is_anybodys(staff: User) -> None:
    person = somebody_waiting()
    take_file(person, by=staff)
    assert queue.people(Standing.IN_REVIEW) == [person.pk]
    release_file(again(person), by=staff)
    assert queue.people(Standing.SUBMITTED) == [person.pk]
    assert verbs(person)[-2:] == ["file.taken", "file.released"]


def test_an_npi_of_another_member_is_said_and_nothing_is_verified(staff: User) -> None:
    first, second = somebody_waiting(npi=NPI), somebody_waiting(npi=NPI)
    decide(first, ["person"], VERIFY, by=staff)
    with pytest.raises(NpiTakenError):
        decide(second, ["person"], VERIFY, by=staff)
    second = again(second)
    assert (second.verified_at, second.npi_bound_at) == (None, None)


def test_a_renewal_counts_after_staff_have_looked_and_the_old_one_until_then(
    staff: User,
) -> None:
    soon = timezone.localdate() + timedelta(days=20)
    person = a_colleague(expires_on=soon)

    claim_licences(person, [LicenceClaim("NY", "PhD", "1", LATER)], by=user_of(person))
    assert Listing.objects.get(pk=person.pk).visible
    new = person.licences.get(expires_on=LATER)
    assert new.verified_at is None

    decided(new, VERIFY, staff)
    assert [one.expires_on for one in person.licences.all()] == [LATER]


def test_a_rejected_renewal_leaves_the_present_licence(staff: User) -> None:
    soon = timezone.localdate() + timedelta(days=20)
    person = a_colleague(expires_on=soon)
    claim_licences(person, [LicenceClaim("NY", "PhD", "1", LATER)], by=user_of(person))

    decided(person.licences.get(expires_on=LATER), REJECT, staff)

    assert Listing.objects.get(pk=person.pk).visible


def test_a_privilege_is_verified_by_staff_too(staff: User) -> None:
    person = a_colleague(state="PA")
    privilege = say_privilege(person, timezone.localdate() + timedelta(days=300))
    decided(privilege, VERIFY, staff)
    assert privilege.verified_at is not None
    assert verbs(person)[-1] == "claim.privilege_verified"
    decided(privilege, HOLD, staff)
    assert privilege.verified_at is None


def test_who_becomes_another_waits_with_what_changed(staff: User) -> None:
    person = a_colleague()
    assert person.pk not in queue.people(Standing.SUBMITTED)
    change_name(person, "Wren Other")
    assert queue.people(Standing.SUBMITTED, "person") == [person.pk]
    assert Review.of(again(person)).changed == ["name"]

    change_section(again(person), Acceptance(True), by=user_of(person))
    decide(again(person), ["person"], VERIFY, by=staff)

    assert queue.people(Standing.SUBMITTED) == []
    assert Review.of(again(person)).changed == []


def change_name(person: Clinician, name: str) -> None:
    from dataclasses import fields, replace

    from network.clinicians.actions.profile import Person

    said = Person(**{one.name: getattr(person, one.name) for one in fields(Person)})
    change_section(again(person), replace(said, name=name), by=user_of(person))


def test_the_queue_has_the_longest_waiting_first_and_no_empty_profiles(
    finn: Clinician,
) -> None:
    late, early = somebody_waiting("Late"), somebody_waiting("Early")
    Clinician.objects.filter(pk=early.pk).update(
        created_at=timezone.now() - timedelta(days=3)
    )
    assert queue.people(Standing.SUBMITTED) == [early.pk, late.pk]
    assert finn.pk not in queue.people(Standing.SUBMITTED)
