"""What a link of a chain is made of, and how it is fastened to the one before."""

import hashlib
import json
from datetime import UTC, datetime
from uuid import UUID

FIELDS = (
    "public_id",
    "subject_type",
    "subject_id",
    "seq",
    "verb",
    "actor_kind",
    "actor_id",
    "at",
    "where",
    "request_id",
    "why",
    "why_hash",
    "audience",
    "detail",
    "prev_hash",
)


def link_hash(values: dict[str, object]) -> str:
    """Of everything an event says, its place and the link before it included."""
    content = {name: _plain(values[name]) for name in FIELDS}
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def canonical(content: object) -> str:
    """The one way to write it down: sorted keys, no spaces."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"))


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value
