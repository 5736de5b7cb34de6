"""Staff invite, the invited come once, and only by the newest link."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from network.accounts.actions.agreements import accept_agreements
from network.accounts.models import User
from network.accounts.roles import Role
from network.activity.models import Event
from network.clinicians.actions.invitations import (
    AlreadyHereError,
    invite,
    renew_invitation,
    revoke_invitation,
    send_invitations,
)
from network.clinicians.events import InvitationEvent
from network.clinicians.invitation_token import token
from network.clinicians.models import Clinician, Invitation
from tests.clinicians.test_at_once import at_once
from tests.conftest import signed_in
from tests.factories import PASSWORD, a_user

pytestmark = pytest.mark.django_db
NEW = "nora@consilium.example"


def link(invitation: Invitation) -> str:
    return f"/invitation/{token(invitation)}/"


def join(address: str) -> int:
    return Client().post(address, {"password": PASSWORD}).status_code


def test_the_mail_says_nothing_but_the_link(staff: User) -> None:
    invite(NEW, by=staff)
    assert send_invitations() == 1
    assert send_invitations() == 0

    [sent] = mail.outbox
    [address] = re.findall(r"https?://[^/]+(/invitation/\S+)", str(sent.body))
    assert sent.to == [NEW]
    assert Client().get(address).status_code == 200
    assert staff.email not in str(sent.body)


def test_with_the_mail_server_away_nobody_else_is_tried(
    staff: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[object] = []

    def is_away(message: object) -> None:
        tried.append(message)
        raise ConnectionRefusedError

    for email in (NEW, "other@consilium.example"):
        invite(email, by=staff)
    with monkeypatch.context() as broken:
        broken.setattr(mail.EmailMessage, "send", is_away)
        with pytest.raises(ConnectionRefusedError):
            send_invitations()

    assert len(tried) == 1
    assert send_invitations() == 2


def test_the_link_makes_an_account_with_a_confirmed_address(staff: User) -> None:
    invitation = invite(NEW, by=staff)
    browser = Client()

    assert browser.post(link(invitation), {"password": PASSWORD}).status_code == 302

    user = User.objects.get(email=NEW)
    assert EmailAddress.objects.get(user=user).verified
    assert browser.session["_auth_user_id"] == str(user.pk)
    [event] = Event.objects.about(invitation).filter(verb=InvitationEvent.ACCEPTED)
    assert event.actor_id == str(user.public_id)


def test_opening_the_link_changes_nothing(staff: User) -> None:
    invitation = invite(NEW, by=staff)

    assert Client().get(link(invitation)).status_code == 200

    assert not User.objects.filter(email=NEW).exists()
    assert Invitation.objects.get().accepted_at is None


def test_a_link_is_good_once(staff: User) -> None:
    invitation = invite(NEW, by=staff)
    assert join(link(invitation)) == 302

    assert join(link(invitation)) == 404
    assert Client().get(link(invitation)).status_code == 404


def test_a_link_ends_after_two_weeks(staff: User) -> None:
    invitation = invite(NEW, by=staff)
    past = timezone.now() - timedelta(seconds=1)
    assert invitation.expires_at is not None
    assert invitation.expires_at - past > timedelta(days=13)
    Invitation.objects.update(expires_at=past)

    assert join(link(invitation)) == 404


def test_the_link_of_an_older_mail_opens_nothing(staff: User) -> None:
    invitation = invite(NEW, by=staff)
    old = link(invitation)
    renew_invitation(invitation, by=staff)

    assert join(old) == 404
    assert join(link(invitation)) == 302


def test_a_revoked_link_opens_nothing(staff: User) -> None:
    invitation = invite(NEW, by=staff)
    revoke_invitation(invitation, by=staff)

    assert join(link(invitation)) == 404
    assert send_invitations() == 0


@pytest.mark.parametrize("change", ["x", "swap", "cut"])
def test_a_forged_link_opens_nothing(change: str, staff: User) -> None:
    mine, other = invite(NEW, by=staff), invite("other@consilium.example", by=staff)
    head, _, seal = token(mine).rpartition(".")
    forged = {
        "x": f"{head}.{seal[:-2]}xx",
        "swap": f"{token(other).rpartition('.')[0]}.{seal}",
        "cut": head,
    }[change]

    assert join(f"/invitation/{forged}/") == 404
    assert not User.objects.filter(email=NEW).exists()


def test_the_account_is_of_the_invited_address_and_no_other(staff: User) -> None:
    invitation = invite(NEW, by=staff)
    said = {"password": PASSWORD, "email": "mallory@consilium.example"}

    Client().post(link(invitation), said)

    assert User.objects.filter(email=NEW).exists()
    assert not User.objects.filter(email=said["email"]).exists()


def test_a_weak_password_is_refused_beside_its_field(staff: User) -> None:
    page = Client().post(link(invite(NEW, by=staff)), {"password": "short"})

    assert b"Error: You are invited" in page.content
    assert not User.objects.filter(email=NEW).exists()


def test_nothing_of_a_stranger_who_took_the_address_remains(staff: User) -> None:
    stranger = User.objects.create_user(NEW, "of somebody else, and long")
    accept_agreements(stranger)
    EmailAddress.objects.create(user=stranger, email=NEW, verified=False)

    assert join(link(invite(NEW, by=staff))) == 302

    user = User.objects.get(email=NEW)
    assert user.check_password(PASSWORD)
    assert EmailAddress.objects.get(user=user).verified


def test_whoever_is_here_is_not_invited(staff: User, ana: Clinician) -> None:
    with pytest.raises(AlreadyHereError):
        invite("ANA@consilium.example", by=staff)


def test_an_imported_entry_is_invited_by_the_same_invitation(staff: User) -> None:
    entry = Clinician.objects.create(name="Nora Test", profession="counselor")
    listed = Invitation.objects.create(clinician=entry, email=NEW)

    assert invite(NEW, by=staff) == listed
    assert join(link(Invitation.objects.get())) == 302


def test_who_may_not_invite(ana: Clinician) -> None:
    moderator = a_user(is_staff=True)
    moderator.roles = [Role.MODERATOR]
    for somebody in (moderator, ana.user):
        assert somebody is not None
        with pytest.raises(PermissionDenied):
            invite(NEW, by=somebody)


@pytest.mark.django_db(transaction=True)
def test_an_address_invited_twice_at_once_is_invited_once() -> None:
    staff = a_user(is_staff=True)

    at_once(*[lambda: invite(NEW, by=staff)] * 3)

    assert Invitation.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_link_used_twice_at_once_makes_one_account() -> None:
    invitation = invite(NEW, by=a_user(is_staff=True))
    said: list[int] = []

    at_once(*[lambda: said.append(join(link(invitation)))] * 3)

    assert sorted(said) == [302, 404, 404]
    assert User.objects.filter(email=NEW).count() == 1


# -- The pages -----------------------------------------------------------------------


def test_a_pasted_list_is_shown_line_by_line_before_it_goes_out(
    staff: User, ana: Clinician
) -> None:
    pasted = f"{NEW}\nNora Test <{NEW}>\nnonsense\nana@consilium.example\nb@c.example"
    browser = signed_in(staff)

    page = browser.post("/staff/invitations/preview/", {"addresses": pasted})

    said = page.content.decode()
    assert "Line 2: This address stands above already." in said
    assert "Line 3: This is no e-mail address." in said
    assert "Line 4: Somebody signs in with this address already." in said
    assert "Invite 2" in said
    assert "You are invited to Consilium" in said
    assert not Invitation.objects.exists()


def test_staff_send_them_again_and_take_them_back(staff: User) -> None:
    browser = signed_in(staff)
    browser.post("/staff/invitations/sending/", {"addresses": NEW})
    one = Invitation.objects.get()
    for verb in ("renewal", "revocation"):
        browser.post(f"/staff/invitations/{one.public_id}/{verb}/")

    assert Invitation.objects.get().standing == "revoked"
    done = [event.verb for event in Event.objects.about(one)]
    assert done == ["invitation.made", "invitation.renewed", "invitation.revoked"]
    assert b"Revoked" in browser.get("/staff/invitations/").content


def test_by_invitation_only_means_that_nobody_signs_up_but_the_invited(
    staff: User, settings: Settings
) -> None:
    settings.SIGN_UP_OPEN = False
    said = {"email": NEW, "password1": PASSWORD}

    assert b"by invitation" in Client().get("/account/signup/").content
    Client().post("/account/signup/", said)
    assert not User.objects.filter(email=NEW).exists()

    assert join(link(invite(NEW, by=staff))) == 302
