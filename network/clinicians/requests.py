"""What a request carries once the middleware has seen it."""

from uuid import UUID

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from network.accounts.models import User
from network.clinicians.models import Clinician


class VisitorRequest(HttpRequest):
    """Anybody's: a visitor, somebody without a profession, or a clinician."""

    htmx: HtmxDetails
    clinician: Clinician | None


class NewcomerRequest(VisitorRequest):
    """Of somebody who is signed in, with or without a profile."""

    user: User


class ClinicianRequest(VisitorRequest):
    """A clinician's own."""

    user: User
    clinician: Clinician


def is_uuid(text: str) -> bool:
    """As a public id is written, in no other of its spellings."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
