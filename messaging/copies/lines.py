"""A copy as a file."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from messaging.copies.copy import Copy, why_gone, words_of
from messaging.seeing import Reading
from messaging.thread import Shown
from network.clinicians import pdf

STYLE = Path(settings.BASE_DIR) / "static" / "css" / "copy.css"
CONFIDENTIAL = "Confidential. For whoever took it away, and nobody else."


def as_pdf(copy: Copy) -> bytes:
    lines = [(line, words_of(line)) for line in copy.lines()]
    page = {"copy": copy, "lines": lines, "confidential": CONFIDENTIAL}
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


def _line(line: Shown) -> dict[str, Any]:
    """What is empty is left out."""
    said = {
        "about": line.about,
        "topic": line.topic.name if line.topic else "",
        "reply_to": line.reply.seq if line.reply else None,
        "edited": line.is_edited,
        "gone": why_gone(line) if line.is_message and line.text is None else "",
        "text": line.text,
        "reactions": {one.code: list(one.names) for one in line.reactions},
    }
    head = {"seq": line.seq, "at": line.at.isoformat(), "kind": line.kind}
    head["by"] = line.sender_name
    return head | {key: value for key, value in said.items() if value}


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
