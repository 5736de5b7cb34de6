"""Sentences of our own: with identifiers, and clean ones."""

import json
from pathlib import Path
from typing import Any

from network.privacy.guard import guard

HERE = Path(__file__).parent


def sentences(name: str) -> list[dict[str, Any]]:
    lines = (HERE / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def found(text: str, **known: str) -> list[tuple[str, str]]:
    """Label and words of what the guard points out."""
    return [(one.label, text[one.start : one.end]) for one in guard(text, **known)]


def rewritten(text: str) -> str:
    for one in reversed(guard(text)):
        text = text[: one.start] + one.rewrite + text[one.end :]
    return text
