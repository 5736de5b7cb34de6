"""A list that is asked for page by page, by where the last one ended."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Exists, Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from messaging.confirming import unconfirmed
from messaging.counting import hushed
from messaging.models import Membership
from network.clinicians.models import Clinician
from network.clinicians.requests import is_uuid


class StaleCursorError(Exception):
    """It is not one of ours."""


def page_of(
    member: Clinician, *, cursor: str, limit: int
) -> tuple[Sequence[Membership], str | None]:
    """Hers, the last active first, with what waits for her; and where the next page
    begins.
    """
    found = Membership.objects.of(member).last_active_first()
    now = timezone.now()
    found = found.annotate(asks=Exists(unconfirmed(now)), hushed=hushed(now))
    if cursor:
        at, pk = _read(cursor)
        behind = Q(active=at, conversation__public_id__lt=pk)
        found = found.filter(Q(active__lt=at) | behind)
    page = list(found[: limit + 1])
    return page[:limit], _write(page[limit - 1]) if len(page) > limit else None


def _write(last: Membership) -> str:
    conversation = last.conversation
    at = conversation.last_active_at.astimezone(UTC).replace(tzinfo=None)
    return f"{at.isoformat()}Z_{conversation.public_id}"


def _read(cursor: str) -> tuple[datetime, UUID]:
    at, _, pk = cursor.partition("_")
    try:
        when = parse_datetime(at)
    except ValueError:
        when = None
    if when is None or when.tzinfo is None or not is_uuid(pk):
        raise StaleCursorError
    return when, UUID(pk)
