"""Who asks, and what of hers she asks about. What is not hers is not there: 404."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404
from ninja.errors import HttpError

from messaging.limits import seq_in
from messaging.models import Conversation, Membership
from network.accounts.models import User
from network.accounts.pace import PACE
from network.clinicians.api import ApiRequest, clinician_of
from network.clinicians.models import Clinician
from network.clinicians.requests import is_uuid

READING = frozenset({"GET", "HEAD"})


@dataclass(frozen=True)
class Place:
    """Somebody in one of her conversations."""

    user: User
    member: Clinician
    membership: Membership

    @property
    def conversation(self) -> Conversation:
        return self.membership.conversation


def member_of(request: ApiRequest) -> Clinician:
    """A verified member. What she changes counts against what she may in a moment."""
    member = clinician_of(request)
    if member is None or not member.is_verified:
        raise HttpError(403, "Only verified members have conversations.")
    if request.method not in READING:
        PACE.spend(request.auth.pk)
    return member


def place_of(request: ApiRequest, pk: str) -> Place:
    """Hers, now: what she may do there is decided by whoever does it."""
    member = member_of(request)
    mine = Membership.objects.of(member).select_related("conversation")
    found = mine.filter(conversation__public_id=uuid_of(pk)).first()
    if found is None:
        raise Http404
    return Place(request.auth, member, found)


def place_in(conversation: Conversation, member: Clinician) -> Membership:
    mine = Membership.objects.of(member).select_related("conversation")
    return mine.get(conversation=conversation)


def uuid_of(text: str) -> UUID:
    """As it stands in an address."""
    if not is_uuid(text):
        raise Http404
    return UUID(text)


def seq_of(text: str) -> int:
    """As it stands in an address."""
    if (seq := seq_in(text)) is None:
        raise Http404
    return seq


def colleagues(
    member: Clinician, ids: Sequence[UUID]
) -> tuple[list[Clinician], list[int]]:
    """Those she may see, and at which places of the list nobody stands."""
    seen = Clinician.objects.visible_to(member).verified().exclude(pk=member.pk)
    known = {one.public_id: one for one in seen.filter(public_id__in=ids)}
    lacking = [place for place, pk in enumerate(ids) if pk not in known]
    return list(known.values()), lacking
