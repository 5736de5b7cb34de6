"""Who may do what to a profile: the table of docs/permissions.md, executable."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from network.accounts.models import User
from network.clinicians.actions.blocks import block_colleague
from network.clinicians.models import Clinician
from network.clinicians.permissions import allowed, require
from tests.factories import a_user

pytestmark = pytest.mark.django_db
OWN = {"see", "edit", "confirm openings", "go away"}
TABLE = [
    ("ana", "ana", OWN | {"search"}),
    ("finn", "finn", OWN),
    ("ana", "ben", {"see", "block", "report"}),
    ("ana", "finn", set()),
    ("finn", "ana", set()),
    ("stranger", "ana", set()),
    ("staff", "ana", {"see", "verify", "suspend"}),
    ("staff", "finn", {"see", "verify", "suspend"}),
    ("staff", "suspended", {"see", "reinstate"}),
    ("ana", "suspended", set()),
    ("suspended", "ana", set()),
    ("suspended", "suspended", OWN),
    ("ana", "blocked", {"unblock"}),
    ("blocked", "ana", set()),
    ("gone", "gone", set()),
]


@pytest.fixture
def everybody(
    request: pytest.FixtureRequest, ana: Clinician, finn: Clinician, staff: User
) -> dict[str, Clinician | User]:
    blocked, suspended, gone = map(request.getfixturevalue, ("cleo", "eli", "dana"))
    assert ana.user is not None
    block_colleague(ana, blocked, by=ana.user)
    Clinician.objects.filter(pk=suspended.pk).update(suspended_at=timezone.now())
    User.objects.filter(pk=gone.user_id).update(is_active=False)
    people = {"ana": ana, "blocked": blocked, "suspended": suspended, "gone": gone}
    people |= {"ben": request.getfixturevalue("ben"), "finn": finn}
    fresh = {who: Clinician.objects.get(pk=one.pk) for who, one in people.items()}
    return {**fresh, "staff": staff, "stranger": a_user()}


@pytest.mark.parametrize(("who", "whose", "may"), TABLE)
def test_who_may_do_what(
    who: str, whose: str, may: set[str], everybody: dict[str, Clinician | User]
) -> None:
    person, clinician = everybody[who], everybody[whose]
    user = person if isinstance(person, User) else person.user
    assert isinstance(clinician, Clinician)
    assert user is not None
    assert allowed(user, clinician) == may


def test_what_is_not_allowed_is_refused(ana: Clinician, cleo: Clinician) -> None:
    assert cleo.user is not None
    with pytest.raises(PermissionDenied):
        require("edit", cleo.user, ana)
