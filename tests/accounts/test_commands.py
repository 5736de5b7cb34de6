"""What an operator does from the command line."""

import io
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from network.accounts.actions.staff import has_confirmed_address
from network.accounts.actions.tokens import make_token
from network.accounts.models import ApiToken, User
from network.accounts.tokens import authenticate
from network.activity.models import Event
from network.clinicians.models import Clinician
from tests import factories

pytestmark = pytest.mark.django_db
MALLORYS = "what only mallory knows of"


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


@pytest.fixture
def mallory(client: Client) -> Client:
    """She has signed up with an address that is not hers, and made a token of it."""
    form = {"email": "boss@consilium.example", "password1": MALLORYS}
    client.post(reverse("account_signup"), form)
    client.force_login(User.objects.get(email="boss@consilium.example"))
    return client


COMMANDS = ["create_staff", "create_member"]


@pytest.mark.parametrize("command", COMMANDS)
def test_whoever_signed_up_with_anothers_address_keeps_nothing_of_it(
    mallory: Client, command: str
) -> None:
    boss = User.objects.get(email="boss@consilium.example")
    token = make_token(boss, name="mine", days=30)

    words = said(command, "Boss@consilium.example")

    [password] = re.findall(r"shown this once: (\S+)", words)
    assert "never confirmed it" in words
    boss.refresh_from_db()
    assert boss.check_password(password)
    assert not boss.check_password(MALLORYS)
    assert authenticate(token) is None
    assert "login" in mallory.get(reverse("accounts:tokens"))["Location"]
    assert has_confirmed_address(boss)


@pytest.mark.parametrize("command", COMMANDS)
def test_an_account_taken_over_may_be_given_its_password(
    mallory: Client, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("a quiet room with two chairs\n"))

    words = said(command, "boss@consilium.example", "--password-stdin")

    assert "shown this once" not in words
    boss = User.objects.get(email="boss@consilium.example")
    assert boss.check_password("a quiet room with two chairs")


def test_an_account_taken_over_leaves_its_events(mallory: Client) -> None:
    said("create_staff", "boss@consilium.example")

    boss = User.objects.get(email="boss@consilium.example")
    events = Event.objects.about(boss).filter(why="operator")
    assert [(event.verb, event.actor_kind) for event in events] == [
        ("account.password_changed", "system"),
        ("account.email_verified", "system"),
        ("account.staff_appointed", "system"),
    ]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_confirmed_account_keeps_its_password(
    command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kim = factories.a_user("kim@consilium.example")
    monkeypatch.setattr("sys.stdin", io.StringIO("another quiet room somewhere\n"))

    words = said(command, kim.email, "--password-stdin")

    kim.refresh_from_db()
    assert kim.check_password(factories.PASSWORD)
    assert "its password stays" in words


def test_an_empty_password_on_standard_input_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))

    with pytest.raises(CommandError, match="too short"):
        said("create_staff", "root@consilium.example", "--password-stdin")


def test_an_unconfirmed_address_gets_no_token(mallory: Client) -> None:
    with pytest.raises(CommandError, match="confirmed"):
        said("create_token", "boss@consilium.example")


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


@pytest.mark.parametrize(
    ("more", "scope"), [((), "read"), (("--scope", "write"), "write")]
)
def test_a_token_reads_unless_it_is_to_write(more: tuple[str, ...], scope: str) -> None:
    said("create_member", "ana@consilium.example", "--verified")
    said("create_token", "ana@consilium.example", *more)

    assert ApiToken.objects.get().scope == scope


def test_a_token_for_nobody_is_refused() -> None:
    with pytest.raises(CommandError, match="Nobody"):
        said("create_token", "nobody@consilium.example")
