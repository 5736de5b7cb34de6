"""Staff who press at the same moment: one decides, the others are told."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.utils import timezone

from network.accounts.models import User
from network.activity.models import Event
from network.clinicians.actions.decisions import NpiTakenError, decide
from network.clinicians.actions.evidence import discard_old_evidence
from network.clinicians.actions.expiry import tell_of_expiry
from network.clinicians.actions.membership import verify_member
from network.clinicians.actions.reviews import take_file
from network.clinicians.models import Clinician
from network.clinicians.verification.permissions import OvertakenError
from tests.factories import a_colleague, a_staff_member
from tests.verification.people import REJECT, VERIFY, again, somebody_waiting

pytestmark = pytest.mark.django_db(transaction=True)
NPI = "1234567893"


def outcomes(presses: Sequence[Callable[[], object]]) -> Counter[str]:
    """What became of each, in a connection of its own."""

    def press(one: Callable[[], object]) -> str:
        try:
            one()
        except (OvertakenError, NpiTakenError) as refusal:
            return type(refusal).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(presses)) as pool:
        return Counter(pool.map(press, presses))


def take(person: Clinician, by: User) -> None:
    take_file(again(person), by=by)


def verify(person: Clinician, by: User) -> None:
    decide(again(person), ["person"], VERIFY, by=by)


def verify_all(person: Clinician, by: User) -> None:
    verify_member(again(person), by=by)


def test_of_two_who_decide_at_once_one_wins_and_the_other_is_told() -> None:
    person = somebody_waiting()
    staff = [a_staff_member(), a_staff_member()]

    def reject(by: User) -> None:
        decide(again(person), ["person"], REJECT, by=by)

    presses = [partial(verify, person, staff[0]), partial(reject, staff[1])]
    found = outcomes(presses)

    assert found == {"done": 1, "OvertakenError": 1}
    decisions = Event.objects.about(person).filter(
        verb__in=["clinician.verified", "claim.rejected"]
    )
    assert decisions.count() == 1


def test_of_five_who_take_a_file_at_once_one_has_it() -> None:
    person = somebody_waiting()
    staff = [a_staff_member() for _ in range(5)]
    found = outcomes([partial(take, person, by) for by in staff])
    assert found == {"done": 1, "OvertakenError": 4}


def test_an_npi_is_bound_once_by_ten_at_once(staff: User) -> None:
    people = [somebody_waiting(f"Ivy {number}", npi=NPI) for number in range(10)]
    found = outcomes([partial(verify, one, staff) for one in people])
    assert found == {"done": 1, "NpiTakenError": 9}
    bound = Clinician.objects.filter(npi=NPI, npi_bound_at__isnull=False)
    assert bound.get().is_verified


def test_an_npi_is_bound_once_however_they_are_verified(staff: User) -> None:
    people = [somebody_waiting(f"Ivy {number}", npi=NPI) for number in range(10)]
    found = outcomes([partial(verify_all, one, staff) for one in people])
    assert found == {"done": 10}
    assert Clinician.objects.filter(npi_bound_at__isnull=False).count() == 1


def test_notices_by_two_workers_at_once_are_given_once() -> None:
    soon = timezone.localdate() + timedelta(days=5)
    people = [a_colleague(f"Wren {number}", expires_on=soon) for number in range(3)]

    outcomes([tell_of_expiry, tell_of_expiry, discard_old_evidence])

    for person in people:
        told = Event.objects.about(person).filter(verb="claim.expiring")
        assert told.count() == 1
