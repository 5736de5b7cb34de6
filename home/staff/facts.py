"""What staff read of a person: facts, never what she or anybody wrote of clients."""

from collections.abc import Iterator
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.utils import timezone
from django.utils.formats import date_format

from home.staff.people import Person
from network.accounts.models import ApiToken, User
from network.accounts.permissions import powers
from network.accounts.roles import Role
from network.accounts.second_factor import has_factor
from network.clinicians.models import Clinician

Fact = tuple[str, str]


def facts(person: Person, staff: User) -> list[Fact]:
    found: list[Fact] = []
    if person.clinician:
        found += _of_profile(person.clinician)
        if "moderate" in powers(staff) and person.clinician.user_id != staff.pk:
            waiting = person.clinician.inquiries.open().count()
            found.append(("Open inquiries", str(waiting)))
    found += _of_sign_in(person.user) if person.user else [("Sign-in", "none yet")]
    return found


def _of_profile(clinician: Clinician) -> Iterator[Fact]:
    yield "Profile", _standing(clinician)
    yield "NPI", _npi(clinician)
    licences = [
        f"{licence}{' (verified)' if licence.verified_at else ''}"
        for licence in clinician.licences.all()
    ]
    yield "Licences", ", ".join(licences) or "none"


def _of_sign_in(user: User) -> Iterator[Fact]:
    own = EmailAddress.objects.filter(user=user, email__iexact=user.email)
    confirmed = "confirmed" if own.filter(verified=True).exists() else "not confirmed"
    yield "E-mail address", f"{user.email}, {confirmed}"
    yield "Sign-in", "open" if user.is_active else "deactivated"
    yield "Last signed in", _day(user.last_login) if user.last_login else "never"
    yield "Second factor", "yes" if has_factor(user) else "no"
    yield "Browsers signed in", str(UserSession.objects.filter(user=user).count())
    valid = ApiToken.objects.visible_to(user).valid(timezone.now())
    yield "Valid tokens", str(valid.count())
    if user.is_staff:
        yield "Roles", ", ".join(Role(role).label for role in user.roles) or "none"


def _standing(clinician: Clinician) -> str:
    if clinician.suspended_at:
        return f"suspended since {_day(clinician.suspended_at)}"
    if clinician.verified_at:
        return f"verified {_day(clinician.verified_at)}"
    return "not verified yet"


def _npi(clinician: Clinician) -> str:
    if not clinician.npi:
        return "none given"
    return f"{clinician.npi}, {'bound' if clinician.npi_bound_at else 'not verified'}"


def _day(moment: datetime) -> str:
    return date_format(moment, "j F Y")
