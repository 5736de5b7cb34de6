"""What an operator does from the command line."""

import io
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from network.accounts.models import User
from network.accounts.tokens import authenticate
from network.clinicians.models import Clinician

pytestmark = pytest.mark.django_db


def said(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_the_first_staff_member_gets_a_password_that_works() -> None:
    words = said("create_staff", "Root@consilium.example")

    [password] = re.findall(r"shown this once: (\S+)", words)
    user = User.objects.get(email="root@consilium.example")
    assert user.is_staff
    assert user.check_password(password)


def test_staff_may_be_given_a_password_on_standard_input(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("a quiet room with two chairs\n"))

    words = said("create_staff", "root@consilium.example", "--password-stdin")

    assert "shown this once" not in words
    assert User.objects.get().check_password("a quiet room with two chairs")


def test_a_weak_password_is_refused() -> None:
    with pytest.raises(CommandError, match="too short"):
        said("create_member", "ana@consilium.example", "--password", "short")

    assert not User.objects.filter(email="ana@consilium.example").exists()


def test_making_staff_twice_changes_nothing() -> None:
    said("create_staff", "root@consilium.example")

    assert "already" in said("create_staff", "root@consilium.example")


def test_a_verified_member_can_be_made_on_an_empty_installation() -> None:
    words = said("create_member", "ana.heron@consilium.example", "--verified")

    clinician = Clinician.objects.get()
    assert clinician.is_verified
    assert (clinician.name, clinician.profession) == ("Ana Heron", "psychologist")
    assert "Ana Heron (ana.heron@consilium.example) is a member, verified." in words


def test_making_a_member_again_changes_nothing_but_may_verify() -> None:
    said("create_member", "ana@consilium.example", "--name", "Ana Heron")
    assert not Clinician.objects.get().is_verified

    words = said("create_member", "ana@consilium.example", "--verified")

    assert Clinician.objects.get().is_verified
    assert "shown this once" not in words
    assert Clinician.objects.get().name == "Ana Heron"


def test_an_unknown_profession_is_named_with_the_known_ones() -> None:
    with pytest.raises(CommandError, match="psychologist"):
        said("create_member", "ana@consilium.example", "--profession", "wizard")


def test_nobody_signs_in_as_the_operator() -> None:
    said("create_member", "ana@consilium.example", "--verified")

    operator = User.objects.get(is_staff=True)
    assert not operator.has_usable_password()


def test_a_token_is_printed_and_nothing_else() -> None:
    said("create_member", "ana@consilium.example", "--verified")

    token = said("create_token", "ana@consilium.example").strip()

    assert authenticate(token) == User.objects.get(email="ana@consilium.example")


def test_a_token_for_nobody_is_refused() -> None:
    with pytest.raises(CommandError, match="Nobody"):
        said("create_token", "nobody@consilium.example")
