"""Who asks, and what of hers she asks about. What is not hers is not there: 404."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.dateparse import parse_datetime
from ninja.errors import HttpError, Throttled

from network.accounts.pace import PACE, TooFastError
from network.clinicians.api import ApiRequest, clinician_of
from network.clinicians.models import Clinician
from network.clinicians.requests import is_uuid
from referrals.models import Offer, Referral

Thing = TypeVar("Thing", Referral, Offer)


class StaleCursorError(Exception):
    """It is not one of ours."""


def member_of(request: ApiRequest) -> Clinician:
    """A verified member. What she changes counts against what she may in a moment."""
    member = clinician_of(request)
    if member is None or not member.is_verified:
        raise HttpError(403, "Only verified members have referrals.")
    if request.method != "GET":
        spend(request)
    return member


def spend(request: ApiRequest) -> None:
    """Also for what is read by the megabyte."""
    try:
        PACE.spend(request.auth.pk)
    except TooFastError as too_fast:
        raise Throttled(too_fast.wait) from None


def found(rows: QuerySet[Thing], pk: str) -> Thing:
    one = rows.filter(public_id=pk).first() if is_uuid(pk) else None
    if one is None:
        raise Http404
    return one


def page_of(
    rows: QuerySet[Thing], moment: str, *, cursor: str, limit: int
) -> tuple[Sequence[Thing], str | None]:
    """The last first, by a moment of theirs, and where the next page begins."""
    rows = rows.order_by(f"-{moment}", "-public_id")
    if cursor:
        at, pk = _read(cursor)
        before = {f"{moment}__lt": at}
        rows = rows.filter(Q(**before) | Q(**{moment: at}, public_id__lt=pk))
    page = list(rows[: limit + 1])
    more = len(page) > limit
    return page[:limit], _written(page[limit - 1], moment) if more else None


def _written(last: Referral | Offer, moment: str) -> str:
    at: datetime = getattr(last, moment)
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat()}Z_{last.public_id}"


def _read(cursor: str) -> tuple[datetime, UUID]:
    at, _, pk = cursor.partition("_")
    try:
        when = parse_datetime(at)
    except ValueError:
        when = None
    if when is None or when.tzinfo is None or not is_uuid(pk):
        raise StaleCursorError
    return when, UUID(pk)
