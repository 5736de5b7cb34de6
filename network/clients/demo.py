"""A few clients of the demonstration's people: handles of nobody who exists."""

from datetime import timedelta

from django.utils import timezone

from network.accounts.models import User
from network.clients.actions.clients import Draft, add_client
from network.clients.actions.consents import Terms, record_consent, sign
from network.clients.actions.disclosures import note
from network.clients.consents import missing
from network.clients.models import Client, Signature
from network.clients.wording import DataClass, Purpose
from network.clinicians.demo.cast import CAST
from network.clinicians.models import Clinician

YEAR = timedelta(days=365)
TOLD = (DataClass.SUMMARY, DataClass.HISTORY, DataClass.ATTENDANCE)
Unit = Client.Unit


def consult() -> None:
    """Once: whoever has clients already keeps them as they are."""
    ana, ben = (_one(who) for who in ("ana", "ben"))
    if ana is None or ben is None or Client.objects.filter(owner=ana).exists():
        return
    year = timezone.localdate().year
    young = _add(ana, Draft(Unit.INDIVIDUAL, "young-adult", "NY", "105", year))
    _add(ana, Draft(Unit.COUPLE, "adult", "NY", "100", year - 1))
    minor = _add(ana, Draft(Unit.MINOR, "teen", "CT", "", year))
    agreed = record_consent(young, _terms(ben), by=_user(ana))
    for party in missing(agreed):
        agreed = sign(agreed, party, Signature.How.PAPER, by=_user(ana))
    note(ana, ben, young, TOLD[:1], agreed, purpose=Purpose.REFERRAL)
    record_consent(minor, _terms(ben), by=_user(ana))


def _terms(to: Clinician) -> Terms:
    return Terms(to, Purpose.REFERRAL, TOLD, timezone.localdate() + YEAR)


def _add(owner: Clinician, draft: Draft) -> Client:
    return add_client(owner, draft, by=_user(owner))


def _one(who: str) -> Clinician | None:
    email = next(role.email for role in CAST if role.email.startswith(f"{who}@"))
    found = Clinician.objects.verified().filter(user__email=email)
    return found.select_related("user").first()


def _user(clinician: Clinician) -> User:
    assert clinician.user is not None  # noqa: S101 the cast signs in
    return clinician.user
