"""The invented people: enough of them, believable, and never twice."""

from collections import Counter
from datetime import date

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils.timezone import localdate

from network.accounts.models import User
from network.activity.models import Event
from network.clinicians.actions.claims import claim_entry, look_up_entry
from network.clinicians.demo.cast import CAST
from network.clinicians.demo.loading import join
from network.clinicians.demo.people import COUNT, people
from network.clinicians.demo.registry import LISTED
from network.clinicians.events import ClinicianEvent
from network.clinicians.models import Clinician, SpecialtySkill
from network.clinicians.npi import is_npi
from tests.factories import a_staff_member, a_user

pytestmark = pytest.mark.django_db


def test_the_same_day_invents_the_same_people() -> None:
    today = date(2026, 6, 1)
    assert list(people(today)) == list(people(today))


def test_no_two_have_one_name() -> None:
    names = Counter(line["name"] for line in people(date(2026, 6, 1)))
    assert names.most_common(1)[0][1] == 1


def test_the_demonstration_loads_whole_and_once() -> None:
    call_command("load_demo", force=True)
    before = list(Clinician.objects.order_by("pk").values())
    call_command("load_demo", force=True)

    assert list(Clinician.objects.order_by("pk").values()) == before
    assert len(before) == COUNT + len(CAST)
    verified = Clinician.objects.verified()
    assert verified.count() == len(before) - 1
    listed = Counter(SpecialtySkill.objects.values_list("term", flat=True))
    assert 0.5 < listed["anxiety-general"] / COUNT < 0.8
    assert listed["ocd"] < listed["depression"]


def test_the_cast_can_sign_in_to_their_own_profiles() -> None:
    call_command("load_demo", force=True)
    for role in CAST:
        user = User.objects.get(email=role.email)
        assert Clinician.objects.get(user=user).name == role.name
        assert user.check_password("a quiet room with two chairs")
    assert not Clinician.objects.get(name="Finn Crane").is_verified


def test_somebody_more_joins_a_demonstration_that_stands() -> None:
    staff = a_staff_member()
    fay = next(role for role in CAST if role.name == "Fay Linnet")
    join([role for role in CAST if role is not fay], localdate(), staff)

    call_command("load_demo", force=True)

    assert Clinician.objects.get(user__email=fay.email).is_associate
    assert Clinician.objects.filter(user__email__isnull=False).count() == len(CAST)


def test_somebody_new_finds_herself_in_the_registry(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call_command("load_demo", force=True)
    imports = Event.objects.filter(verb=ClinicianEvent.REGISTRY_IMPORTED)
    assert imports.count() == 1
    call_command("load_demo", force=True)
    gail, newcomer = LISTED[0], a_user()

    assert f"NPI {gail.npi} with the last name Plover" in capsys.readouterr().out
    assert imports.count() == 1
    assert all(is_npi(one.npi) and one.npi[0] == "2" for one in LISTED)
    entry = look_up_entry(gail.npi, gail.last_name, by=newcomer)
    assert entry is not None
    clinician = claim_entry(entry, by=newcomer)
    assert clinician.licences.get().number == "088001"
    assert clinician.places.count() == 1


def test_stale_openings_are_said_again() -> None:
    with time_machine.travel(date(2026, 6, 1), tick=False):
        call_command("load_demo", force=True)
    with time_machine.travel(date(2026, 7, 1), tick=False):
        call_command("load_demo", force=True)
    fresh = Clinician.objects.filter(openings__confirmed_on__gt=date(2026, 6, 10))
    assert fresh.count() > 100


def test_public_passwords_need_debug_or_force() -> None:
    with pytest.raises(CommandError, match="public passwords"):
        call_command("load_demo")
