"""Where a page of hits ended, as it goes out and comes back."""

from datetime import UTC

from django.utils.dateparse import parse_datetime

from messaging.limits import LAST_SEQ
from messaging.search.candidates import Place


def written(place: Place | None) -> str:
    if place is None or place.at is None:
        return ""
    at = place.at.astimezone(UTC).replace(tzinfo=None)
    return f"{at.isoformat()}Z_{place.conversation}_{place.seq}"


def read(cursor: str) -> Place | None:
    """Nothing when it is none of ours."""
    at, *numbers = cursor.split("_")
    try:
        moment = parse_datetime(at)
        conversation, seq = (int(number) for number in numbers)
    except ValueError:
        return None
    if moment is None or moment.tzinfo is None:
        return None
    is_one = all(0 <= number <= LAST_SEQ for number in (conversation, seq))
    return Place(moment, conversation, seq) if is_one else None
