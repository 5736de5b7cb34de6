"""Who asks, and what of hers she asks about."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja.errors import HttpError

from messaging.api.pace import PACE
from messaging.models import Conversation
from network.clinicians.api import ApiRequest, clinician_of
from network.clinicians.models import Clinician
from network.clinicians.requests import is_uuid

READING = frozenset({"GET", "HEAD"})


def member_of(request: ApiRequest) -> Clinician:
    """A verified member. What she changes counts against what she may in a moment."""
    member = clinician_of(request)
    if member is None or not member.is_verified:
        raise HttpError(403, "Only verified members have conversations.")
    if request.method not in READING:
        PACE.spend(request.auth.pk)
    return member
