"""Guests as the tests tell them: asked by mail, coming by the link from it."""

import re

from django.core import mail
from django.test import Client as Browser

from network.accounts.roles import Role
from network.clinicians.actions.membership import admit_member, verify_member
from network.clinicians.models import Clinician
from referrals.acting import By
from referrals.actions import answering
from referrals.actions.drafting import Guest
from referrals.models import Offer, Referral
from referrals.tasks import mail_guests
from tests import factories
from tests.referrals.story import NO_FEE, click, sent

ADDRESS = "june@elsewhere.example"
JUNE = Guest("June Marten", ADDRESS)
LINK = re.compile(r"https?://\S+(/guest/by/\S+)")


def asked(sender: Clinician, **more: object) -> Offer:
    """By a link; the mail is out."""
    one = sent(sender, JUNE, **more)
    mail_guests()
    return its(one)


def its(one: Referral) -> Offer:
    """As it stands now."""
    return one.offers.select_related("referral", "receiver").latest("pk")


def link_in_mail(number: int = -1) -> str:
    found = LINK.search(str(mail.outbox[number].body))
    assert found
    return found[1]


def come_in(address: str = "") -> Browser:
    browser = Browser()
    browser.post(address or link_in_mail())
    return browser


def accepted_by(guest: Offer) -> Offer:
    for take, said in ((answering.open_offer, ()), (answering.accept_offer, (NO_FEE,))):
        take(guest, *said, by=By.guest(guest), click=click(guest))
    return its(guest.referral)


def a_newcomer(email: str = ADDRESS, name: str = "June Marten") -> Clinician:
    """With a confirmed address, whom staff have not verified."""
    user = factories.a_user(email)
    return admit_member(user, name=name, profession="psychologist")


def a_member(email: str = ADDRESS) -> Clinician:
    newcomer = a_newcomer(email)
    staff = factories.a_user(is_staff=True)
    assert Role.ADMINISTRATOR in staff.roles
    verify_member(newcomer, by=staff)
    return Clinician.objects.get(pk=newcomer.pk)
