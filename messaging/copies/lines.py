"""A copy as a file."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from messaging.attachments import File
from messaging.copies.copy import Copy
from messaging.models import Kind
from messaging.seeing import Reading
from messaging.thread.lines import Line
from messaging.thread.words import why_gone
from messaging.wire import ABOUT_PEOPLE, FORMER
from network.clinicians import pdf
from network.clinicians.models import Clinician

STYLE = Path(settings.BASE_DIR) / "static" / "css" / "copy.css"
CONFIDENTIAL = "Confidential. For whoever took it away, and nobody else."
# Without a sender: nobody tells any more whether she is gone, or nobody did it.
PERHAPS_OURS = ABOUT_PEOPLE | {Kind.CLOSED}


def as_pdf(copy: Copy) -> bytes:
    page = {"copy": copy, "confidential": CONFIDENTIAL}
    return pdf.pdf_of(render_to_string("messaging/copy/print.html", page), STYLE)


def as_json(copy: Copy) -> Iterator[str]:
    """One object; a message a line."""
    head = json.dumps(_head(copy), indent=1)
    yield f'{head[:-2]},\n "messages": ['
    for number, line in enumerate(copy.lines()):
        yield f"{',' if number else ''}\n  {json.dumps(_line(line))}"
    yield "\n ]\n}\n"


def _head(copy: Copy) -> dict[str, Any]:
    conversation = copy.membership.conversation
    return {
        "confidential": CONFIDENTIAL,
        "conversation": str(conversation.public_id),
        "title": copy.title,
        "taken_by": copy.membership.clinician.display_name,
        "taken_at": copy.made_at.isoformat(),
        "part": copy.part.number,
        "parts": copy.part.of,
        "people": [_reading(one) for one in (*copy.now, *copy.before)],
        "trail": [{"at": act.at.isoformat(), "said": act.words} for act in copy.acts],
    }


def _reading(reading: Reading) -> dict[str, Any]:
    stay = reading.membership
    return {
        "name": stay.clinician.display_name,
        "since": stay.joined_at.isoformat(),
        "until": _moment(stay.left_at),
        "with_history": reading.has_history,
        "read_up_to": _moment(reading.up_to),
    }


def _line(line: Line) -> dict[str, Any]:
    """What is empty is left out."""
    row = line.message
    is_known = row.sender is not None or row.kind not in PERHAPS_OURS
    said = {
        "by": _name(row.sender) if is_known else "",
        "about": _name(line.about) if row.kind in ABOUT_PEOPLE else "",
        "topic": line.topic_name,
        "reply_to": line.quote.seq if line.quote else None,
        "edited": line.is_edited,
        "gone": why_gone(row) if line.is_message and line.is_gone else "",
        "text": line.body,
        "files": [_file(file) for file in line.files],
        "confirm_by": line.asking and _moment(line.asking.by),
        "confirmed": [
            {"by": _name(one.person), "at": _moment(one.at)}
            for one in (line.asking.confirmed if line.asking else ())
        ],
        "reactions": {
            one.shown.code: [_name(person) for person in one.people]
            for one in line.reactions
        },
    }
    head = {"seq": row.seq, "at": row.at.isoformat(), "kind": row.kind}
    return head | {key: value for key, value in said.items() if value}


def _file(file: File) -> dict[str, Any]:
    """What it is: it opens where it was sent, and the hash tells it from any other."""
    return {
        "name": file.name,
        "kind": file.kind.media_type,
        "size": file.size,
        "sha256": file.sha256,
    }


def _name(person: Clinician | None) -> str:
    return person.display_name if person else FORMER


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
