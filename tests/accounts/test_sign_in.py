"""Every way in and out leaves its line in the trail."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from network.accounts.actions.tokens import make_token
from network.accounts.events import AccountEvent
from network.accounts.models import User
from network.accounts.tokens import authenticate
from network.activity.models import Event
from network.privacy.keys import ring
from tests import factories

PASSWORD = factories.PASSWORD


@pytest.fixture
def kim(db: None) -> User:
    return factories.a_user("kim@consilium.example")


def sign_in(client: Client, email: str, password: str = PASSWORD) -> int:
    form = {"login": email, "password": password}
    return client.post(reverse("account_login"), form).status_code


def verbs(user: User) -> list[str]:
    return [event.verb for event in Event.objects.about(user)]


def test_signing_in_is_recorded_with_its_neighbourhood(
    client: Client, kim: User
) -> None:
    client.defaults["REMOTE_ADDR"] = "203.0.113.77"

    assert sign_in(client, kim.email) == 302

    event = Event.objects.about(kim).get(verb=AccountEvent.SIGNED_IN)
    assert event.where == "203.0.113.0/24"
    assert event.actor_id == str(kim.public_id)
    assert event.request_id


def test_a_wrong_password_is_recorded_without_the_address(
    client: Client, kim: User
) -> None:
    assert sign_in(client, "Kim@Consilium.example", "wrong") == 200

    event = Event.objects.about(kim).get(verb=AccountEvent.SIGN_IN_FAILED)
    assert ring().matches(kim.email, "sign-in address", event.detail["address"])
    assert "consilium.example" not in str(vars(event))


def test_a_stranger_at_the_door_is_recorded_too(client: Client, kim: User) -> None:
    sign_in(client, "nobody@consilium.example", "wrong")

    event = Event.objects.get(verb=AccountEvent.SIGN_IN_FAILED)
    assert event.subject == "accounts.user:"
    assert "nobody" not in str(vars(event))


def test_signing_out_is_recorded(client: Client, kim: User) -> None:
    client.force_login(kim)

    client.post(reverse("account_logout"))

    assert verbs(kim)[-1] == AccountEvent.SIGNED_OUT
    assert "_auth_user_id" not in client.session


def test_signing_up_confirming_and_coming_in(client: Client, db: None) -> None:
    form = {"email": "new@consilium.example", "password1": PASSWORD}
    client.post(reverse("account_signup"), form)
    user = User.objects.get(email="new@consilium.example")
    assert verbs(user) == [AccountEvent.SIGNED_UP]

    [link] = re.findall(r"http://testserver(/account/\S+)", str(mail.outbox[0].body))
    client.post(link)

    assert AccountEvent.EMAIL_VERIFIED in verbs(user)
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_link_alone_lets_nobody_in(client: Client, db: None) -> None:
    form = {"email": "new@consilium.example", "password1": PASSWORD}
    client.post(reverse("account_signup"), form)
    [link] = re.findall(r"http://testserver(/account/\S+)", str(mail.outbox[0].body))
    elsewhere = Client()

    elsewhere.post(link)

    assert "_auth_user_id" not in elsewhere.session


def test_changing_the_password_is_recorded_and_mailed(
    client: Client, kim: User
) -> None:
    sign_in(client, kim.email)
    new = "another quiet room with chairs"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}

    client.post(reverse("account_change_password"), form)

    assert AccountEvent.PASSWORD_CHANGED in verbs(kim)
    assert User.objects.get(pk=kim.pk).check_password(new)
    assert [message.to for message in mail.outbox] == [[kim.email]]


def test_ten_wrong_passwords_close_the_door_for_a_while(
    client: Client, kim: User
) -> None:
    for _ in range(11):
        sign_in(client, kim.email, "wrong")

    assert sign_in(client, kim.email) != 302
    held_back = Event.objects.get(verb=AccountEvent.SIGN_IN_HELD_BACK)
    assert held_back.subject == f"accounts.user:{kim.pk}"
    assert ring().matches(kim.email, "sign-in address", held_back.detail["address"])


def test_a_new_password_ends_the_tokens_but_not_the_way_in(
    client: Client, kim: User
) -> None:
    token = make_token(kim, name="calendar", days=30)
    sign_in(client, kim.email)
    new = "another quiet room with chairs"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}

    client.post(reverse("account_change_password"), form)

    assert authenticate(token) is None
    event = Event.objects.get(verb=AccountEvent.TOKEN_REVOKED)
    assert (event.actor_id, event.why) == (str(kim.public_id), "password changed")
    assert sign_in(client, kim.email, new) == 302


def test_a_forgotten_password_ends_the_tokens_too(client: Client, kim: User) -> None:
    token = make_token(kim, name="calendar", days=30)
    client.post(reverse("account_reset_password"), {"email": kim.email})
    [link] = re.findall(r"http://testserver(/account/\S+)", str(mail.outbox[0].body))
    page = client.get(link)["Location"]

    new = "another quiet room with chairs"
    client.post(page, {"password1": new, "password2": new})

    assert authenticate(token) is None


def test_a_known_and_an_unknown_address_look_the_same(
    client: Client, kim: User
) -> None:
    known, unknown = (
        refusal(client, email) for email in (kim.email, "sue@consilium.example")
    )

    assert known == unknown


def refusal(client: Client, email: str) -> str:
    """What the page says, without the address and what differs on every load."""
    form = {"login": email, "password": "wrong"}
    page = client.post(reverse("account_login"), form).text.replace(email, "")
    token = r'"X-CSRFToken": "\w+"|name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"'
    return re.sub(token, "", page)


DOORS = {
    "account_signup": {"password1": "a garden behind the house 3"},
    "account_reset_password": {},
}


@pytest.mark.parametrize("door", DOORS)
def test_nobody_learns_at_a_door_who_has_an_account(kim: User, door: str) -> None:
    told = []
    for email in (kim.email, "sue@consilium.example"):
        form = {**DOORS[door], "email": email}
        answer = Client().post(reverse(door), form)
        page = Client().get(answer["Location"])
        told.append((answer.status_code, answer["Location"], _main(page.text)))

    assert told[0] == told[1]
    assert len(mail.outbox) == 2


def _main(page: str) -> str:
    return page.partition("<main")[2].partition("</main>")[0]


def test_an_address_is_changed_only_by_whoever_shows_again_who_she_is(
    client: Client, kim: User
) -> None:
    sign_in(client, kim.email)
    form = {"email": "kim@home.example", "action_add": "1"}

    asked = client.post(reverse("account_email"), form)
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    client.post(asked["Location"], {"password": PASSWORD})

    assert "address.added" in verbs(kim)


def test_the_old_address_hears_of_a_new_one(client: Client, kim: User) -> None:
    sign_in(client, kim.email)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    form = {"email": "kim@home.example", "action_add": "1"}
    client.post(reverse("account_email"), form)
    [link] = re.findall(r"http://testserver(/account/\S+)", str(mail.outbox[0].body))
    client.post(link)
    told = {message.to[0]: message.subject for message in mail.outbox[1:]}
    assert told == {kim.email: "An address was confirmed"}
    mail.outbox.clear()

    main = {"email": "kim@home.example", "action_primary": "1"}
    client.post(reverse("account_email"), main)

    assert sorted(message.to[0] for message in mail.outbox) == [
        kim.email,
        "kim@home.example",
    ]
    assert "address.made_main" in verbs(kim)
