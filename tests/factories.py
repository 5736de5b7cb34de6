"""Plain functions that make what a test needs, by the actions of the product."""

import time
from collections.abc import Iterable
from datetime import date
from itertools import count

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.http import HttpRequest

from messaging.actions.conversations import start_conversation, start_direct
from messaging.models import Conversation
from network.accounts.agreements import stamp
from network.accounts.idling import BEGAN, LAST_STEP
from network.accounts.mfa import secrets_of
from network.accounts.models import User
from network.accounts.roles import Role
from network.clinicians.actions.licences import LicenceClaim, claim_licences
from network.clinicians.actions.membership import admit_member, verify_member
from network.clinicians.actions.openings import OpeningClaim, say_openings
from network.clinicians.actions.places import Address, work_at
from network.clinicians.actions.profile import Clients, Section, change_section
from network.clinicians.actions.skills import (
    ApproachClaim,
    SpecialtyClaim,
    list_approaches,
    list_languages,
    list_specialties,
)
from network.clinicians.matching.listing import listed_once
from network.clinicians.models import Clinician, ColleagueList

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PASSWORD = "a quiet room with two chairs"
FAR_AWAY = date(2099, 12, 31)
_numbers = count(1)


def a_user(email: str = "", *, is_staff: bool = False) -> User:
    """Somebody with a verified address and the password of the tests, who agreed."""
    email = email or f"person{next(_numbers)}@consilium.example"
    roles = [Role.ADMINISTRATOR] if is_staff else []
    user = User.objects.create_user(
        email, PASSWORD, is_staff=is_staff, roles=roles, agreed_to=stamp()
    )
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def with_an_app(user: User) -> User:
    """She has an app that makes codes, from a secret that the tests know."""
    known = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP)
    if not known.exists():
        with secrets_of(user):
            TOTP.activate(user, SECRET)
    return user


def has_shown_a_factor(request: HttpRequest, user: User) -> None:
    """As if she had just entered a code of her app in this browser."""
    with_an_app(user)
    record_authentication(request, user, method="mfa", type="totp")
    request.session[BEGAN] = request.session[LAST_STEP] = time.time()
    request.session.save()


def a_staff_member() -> User:
    return a_user(is_staff=True)


def a_member(
    name: str = "Rowan Test",
    *,
    email: str = "",
    profession: str = "psychologist",
    verified_by: User | None = None,
) -> Clinician:
    """A verified member who has said nothing of herself yet."""
    vouching = verified_by or a_staff_member()
    return admit_member(
        a_user(email), name=name, profession=profession, verified_by=vouching
    )


@listed_once()
def a_colleague(
    name: str = "Wren Test",
    *,
    zip: str = "10601",
    state: str = "NY",
    expires_on: date = FAR_AWAY,
    specialties: Iterable[tuple[str, str]] = (("ocd", "certified"),),
    approaches: Iterable[tuple[str, str]] = (("erp", "certified"),),
    languages: Iterable[tuple[str, str]] = (("en", "native"),),
    slots: Iterable[str] = ("tue-evening",),
    sections: Iterable[Section] = (),
) -> Clinician:
    """A verified member who can be found: licensed, placed, with an opening."""
    staff = a_staff_member()
    colleague = a_member(name, verified_by=staff)
    her = colleague.user
    assert her is not None
    claim_licences(colleague, [LicenceClaim(state, "PhD", "1", expires_on)], by=her)
    work_at(colleague, [Address(f"{name} Practice", "1 Elm Street", zip)], by=her)
    list_specialties(
        colleague, [SpecialtyClaim(term, depth) for term, depth in specialties], by=her
    )
    list_approaches(
        colleague, [ApproachClaim(term, depth) for term, depth in approaches], by=her
    )
    list_languages(colleague, languages, by=her)
    for section in (EVERYBODY, *sections):
        change_section(colleague, section, by=her)
    say_openings(colleague, [OpeningClaim(tuple(slots))], by=her)
    verify_member(colleague, by=staff)
    return Clinician.objects.get(pk=colleague.pk)


EVERYBODY = Clients(
    age_groups=["teen", "young-adult", "adult"],
    participants=["individual"],
    formats=["in_person", "video"],
    communities=[],
    faiths=[],
    access=[],
)


def shortlist(owner: Clinician) -> ColleagueList:
    """As the pages find it: there may be none yet."""
    kind = ColleagueList.Kind.SHORTLIST
    kept = ColleagueList.objects.filter(owner=owner, kind=kind).first()
    return kept or ColleagueList(owner=owner, kind=kind)


def a_conversation(
    led_by: Clinician, *members: Clinician, title: str = ""
) -> Conversation:
    assert led_by.user is not None
    return start_conversation(led_by, members, title=title, by=led_by.user)


def a_direct(me: Clinician, other: Clinician) -> Conversation:
    assert me.user is not None
    return start_direct(me, other, by=me.user)
